import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isPrivateHost, mayFetch } from '../../../../src/engines/openai/addresses';
import { parseAnswer } from '../../../../src/engines/openai/answer';
import { decodeBase64 } from '../../../../src/engines/openai/base64';
import { makeRedact } from '../../../../src/engines/openai/redact';
import { readRefusal, refusedParameter } from '../../../../src/engines/openai/refusal';
import { ImageError } from '../../../../src/core/errors';
import { Refusal } from '../../../../src/engines/openai/refusal';

describe('parts of the OpenAI engine', () => {
  describe('base64', () => {
    it('reads what Buffer writes, with and without padding', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
          const text = Buffer.from(bytes).toString('base64');
          assert.deepEqual(decodeBase64(text), bytes);
          assert.deepEqual(decodeBase64(text.replace(/=+$/, '')), bytes);
        }),
      );
    });

    it('refuses what is none', () => {
      for (const text of ['A', 'AAAAA', 'A=', 'AA=', 'AAA==', 'AA A', 'AA-_', 'AAé=', 'AAA*', 'A===', '=', '====', 'AA==AAAA']) assert.equal(decodeBase64(text), undefined, text);
    });

    it('refuses a text in which any character was changed to one outside the alphabet', () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 3, maxLength: 60 }), fc.nat(), fc.constantFrom('*', ' ', '\n', '-', 'é', '\u{ff}', '\u{1234}'), (bytes, where, char) => {
          const text = Buffer.from(bytes).toString('base64').replace(/=+$/, '');
          const at = where % text.length;
          assert.equal(decodeBase64(text.slice(0, at) + char + text.slice(at + 1)), undefined);
        }),
      );
    });
  });

  describe('addresses', () => {
    const host = (text: string): string => new URL(`http://${text}/`).hostname;

    it('knows private hosts in every notation', () => {
      const hosts = ['127.0.0.1', '127.1', '0x7f.1', '2130706433', '0.0.0.0', '10.1.2.3', '100.64.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1'];
      const v6 = ['[::]', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:10.0.0.1]', '[::10.0.0.1]', '[64:ff9b::10.0.0.1]', '[fc00::1]', '[fd12:3456::1]', '[fe80::1]', '[ff02::1]'];
      for (const text of [...hosts, ...v6, 'localhost', 'a.localhost', 'printer', 'nas.local', 'vault.internal']) assert.equal(isPrivateHost(host(text)), true, text);
    });

    it('knows public hosts', () => {
      for (const text of ['example.org', 'api.openai.com', '8.8.8.8', '172.32.0.1', '100.128.0.1', '193.168.1.1', '[2606:4700::1111]', '[::ffff:8.8.8.8]', '[64:ff9b::8.8.8.8]']) {
        assert.equal(isPrivateHost(host(text)), false, text);
      }
    });

    it('lets a server send us to itself, and another machine never into the private network', () => {
      const may = (to: string, from: string): boolean => mayFetch(new URL(to), new URL(from));
      assert.equal(may('http://localhost:9000/x', 'http://127.0.0.1:8080/v1'), true);
      assert.equal(may('http://192.168.1.5:9000/x', 'http://192.168.1.5:8080/v1'), true);
      assert.equal(may('http://192.168.1.6/x', 'http://192.168.1.5/v1'), false);
      assert.equal(may('http://127.0.0.1/x', 'https://api.example.org/v1'), false);
      assert.equal(may('http://169.254.169.254/x', 'http://127.0.0.1/v1'), false);
      assert.equal(may('https://me:secret@cdn.example.org/x', 'https://api.example.org/v1'), false);
      assert.equal(may('https://cdn.example.org/x', 'https://api.example.org/v1'), true);
    });
  });

  it('finds the refused parameter in either dialect', () => {
    const param = (status: number, body: unknown): string | undefined => refusedParameter(readRefusal(status, new Headers(), JSON.stringify(body)));
    assert.equal(param(400, { error: { message: 'No.', param: 'style', code: 'unknown_parameter' } }), 'style');
    assert.equal(param(422, { detail: [{ loc: ['body', 'response_format'], msg: 'extra' }] }), 'response_format');
    assert.equal(param(400, { error: 'No.' }), undefined);
    assert.equal(param(401, { error: { message: 'No.', param: 'style' } }), undefined);
  });

  it('redacts a key in every form, and no ordinary word', () => {
    const redact = makeRedact('my-secret+key/1');
    for (const text of ['my-secret+key/1', 'my-secret%2Bkey%2F1', Buffer.from('my-secret+key/1').toString('base64')]) assert.equal(redact(`a ${text} b`), 'a [key] b');
    assert.equal(redact('Incorrect key: sk-proj-abc***xyz.'), 'Incorrect key: [key].');
    assert.equal(makeRedact('')('a none b'), 'a none b');
  });

  it('answers every body with pictures, a refusal or bad-answer', () => {
    const good = { data: [{ b64_json: 'AAAA' }], usage: { input_tokens_details: { text_tokens: 1, image_tokens: 2 }, output_tokens: 3 } };
    assert.deepEqual(parseAnswer(JSON.stringify(good), new Headers()).usage, { textInput: 1, imageInput: 2, imageOutput: 3 });
    const check = (body: string): void => {
      try {
        assert.ok(parseAnswer(body, new Headers()).pictures.length > 0);
      } catch (error) {
        assert.ok(error instanceof Refusal || (error instanceof ImageError && error.reason === 'bad-answer'), String(error));
      }
    };
    fc.assert(fc.property(fc.json(), check));
    fc.assert(
      fc.property(
        fc.record({ data: fc.oneof(fc.anything(), fc.array(fc.record({ b64_json: fc.anything(), url: fc.anything() }, { requiredKeys: [] }))), usage: fc.anything(), error: fc.anything() }, { requiredKeys: [] }),
        (value) => check(fc.stringify(value)),
      ),
    );
  });

  it('loses no picture over a count that is none', () => {
    for (const usage of [null, 'many', { output_tokens: -1 }, { input_tokens_details: [] }, 7]) {
      assert.equal(parseAnswer(JSON.stringify({ data: [{ url: 'x' }], usage }), new Headers()).pictures.length, 1);
    }
  });
});
