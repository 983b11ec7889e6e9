import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ImageError } from '../../../src/core/errors';
import { createFetchPublic } from '../../../src/node/fetchPublic';

describe('fetching from where a stranger says', () => {
  let server: Server;
  let seen: string[];
  let url: URL;
  const signal = new AbortController().signal;
  const asLoopback = (address: string): boolean => address.startsWith('127.');
  /** A name service: answers with the first address at first, with the last one from then on. */
  const named = (...addresses: string[]): NonNullable<Parameters<typeof createFetchPublic>[0]> => {
    return (_name, { all }, done) => {
      const address = (addresses.length > 1 ? addresses.shift() : addresses[0]) ?? '';
      if (all) done(null, [{ address, family: 4 }]);
      else done(null, address, 4);
    };
  };

  before(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.url} ${request.headers['host']} ${request.headers['accept-encoding']}`);
      if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
      else if (request.url === '/nothing') response.writeHead(204).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end('a picture');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://pictures.example:${(server.address() as AddressInfo).port}/x.png`);
  });
  beforeEach(() => {
    seen = [];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('brings what is there, under the name that was said', async () => {
    const response = await createFetchPublic(named('127.0.0.1'))(url, { headers: {}, signal, forbids: () => false });
    assert.deepEqual([response.status, response.headers.get('content-type'), await response.text()], [200, 'image/png', 'a picture']);
    assert.deepEqual(seen, [`/x.png ${url.host} identity`]);
  });

  it('follows no redirect, and bears an answer without a body', async () => {
    const get = createFetchPublic(named('127.0.0.1'));
    assert.equal((await get(new URL('/moved', url), { headers: {}, signal, forbids: () => false })).headers.get('location'), '/elsewhere');
    assert.equal((await get(new URL('/nothing', url), { headers: {}, signal, forbids: () => false })).body, null);
    assert.equal(seen.length, 2);
  });

  it('does not connect to a forbidden address, nor where the name leads there only once it has been judged', async () => {
    for (const addresses of [['127.0.0.1'], ['192.0.2.1', '127.0.0.1']]) {
      const failed = createFetchPublic(named(...addresses))(url, { headers: {}, signal, forbids: asLoopback });
      await assert.rejects(failed, (error) => error instanceof ImageError && error.reason === 'bad-answer');
    }
    assert.deepEqual(seen, []);
  });

  it('ends when it is cancelled', async () => {
    await assert.rejects(createFetchPublic(named('127.0.0.1'))(url, { headers: {}, signal: AbortSignal.abort(), forbids: () => false }), { name: 'AbortError' });
  });
});
