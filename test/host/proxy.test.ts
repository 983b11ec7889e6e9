import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
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
});
