import assert from 'node:assert/strict';
import { ImageError } from '../../../src/core/errors';
import { parseServer } from '../../../src/host/server';

describe('parseServer', () => {
  it('tells origin and path apart', () => {
    assert.deepEqual(parseServer(' https://api.openai.com/v1/ '), { baseUrl: 'https://api.openai.com/v1', origin: 'https://api.openai.com', loopback: false, plain: false });
    assert.equal(parseServer('HTTPS://API.OpenAI.com:443/v1').origin, 'https://api.openai.com');
  });

  it('tells plain http to another machine apart', () => {
    for (const url of ['http://127.0.0.1:8080/v1', 'http://localhost:1234', 'http://[::1]:1/v1']) assert.deepEqual([parseServer(url).loopback, parseServer(url).plain], [true, false], url);
    for (const url of ['http://api.openai.com/v1', 'http://192.168.1.5/v1', 'http://localhost.example.com', 'http://127.0.0.1.example.com']) {
      assert.deepEqual([parseServer(url).loopback, parseServer(url).plain], [false, true], url);
    }
  });

  it('refuses what is no address, or holds a password', () => {
    for (const url of ['', 'api.openai.com/v1', 'file:///etc/passwd', 'https://me:secret@example.com/v1']) {
      assert.throws(() => parseServer(url), (error) => error instanceof ImageError && error.reason === 'bad-argument' && !error.message.includes('secret'), url);
    }
  });
});
