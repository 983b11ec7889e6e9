import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { createFetchPublic } from '../../src/node/fetchPublic';
import { easel } from './easel';

const BASE_URL = 'https://images.example.invalid/v1';

describe('a proxy', () => {
  const tunnels: string[] = [];
  let proxy: Server;
  const setting = vscode.workspace.getConfiguration('http');
  before(async () => {
    proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    await setting.update('proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await easel('clearApiKey', { baseUrl: BASE_URL });
    await setting.update('proxy', undefined, vscode.ConfigurationTarget.Global);
    proxy.close();
  });

  it("is the one of VS Code's own settings", async () => {
    await easel('setApiKey', { key: 'sk-proxied', baseUrl: BASE_URL });
    assert.deepEqual([...new Set(tunnels)], ['images.example.invalid:443']);
  });

  it('also fetches the pictures that an answer names, whose names it looks up itself', async () => {
    tunnels.length = 0;
    const { signal } = new AbortController();
    const fetched = createFetchPublic()(new URL('https://pictures.example.invalid/x.png'), { headers: {}, signal, forbids: () => false });
    assert.equal((await fetched).status, 502);
    assert.deepEqual(tunnels, ['pictures.example.invalid:443']);
  });
});

describe('without a proxy', () => {
  it('judges the address that is really connected to, in the modules that VS Code gives an extension', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end('a picture');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = new URL(`http://pictures.example.invalid:${(server.address() as AddressInfo).port}/`);
      const answers = ['192.0.2.1', '127.0.0.1', '192.0.2.1'];
      const rebinding: Parameters<typeof createFetchPublic>[0] = (_name, { all }, done) => {
        const address = answers.shift() ?? '127.0.0.1';
        if (all) done(null, [{ address, family: 4 }]);
        else done(null, address, 4);
      };
      const get = (forbids: (address: string) => boolean): Promise<Response> => createFetchPublic(rebinding)(url, { headers: {}, signal: AbortSignal.timeout(20_000), forbids });
      await assert.rejects(get((address) => address.startsWith('127.')), { reason: 'bad-answer' });
      assert.equal(asked, 0);
      assert.equal(await (await get(() => false)).text(), 'a picture');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
