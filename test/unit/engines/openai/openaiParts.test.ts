import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isPrivateHost, mayFetch } from '../../../../src/engines/openai/addresses';
import { EventReader } from '../../../../src/core/eventStream';
import { readDuration } from '../../../../src/engines/openai/rateLimit';
import { makeRedact } from '../../../../src/engines/openai/redact';
import { DROPPABLE } from '../../../../src/engines/openai/requestBody';
import { readRefusal, refusedParameter } from '../../../../src/engines/openai/refusal';

describe('parts of the OpenAI engine', () => {
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
    const param = (status: number, body: unknown): string | undefined => refusedParameter(readRefusal(status, new Headers(), JSON.stringify(body)), DROPPABLE);
    assert.equal(param(400, { error: { message: 'No.', param: 'style', code: 'unknown_parameter' } }), 'style');
    assert.equal(param(422, { detail: [{ loc: ['body', 'response_format'], msg: 'extra' }] }), 'response_format');
    assert.equal(param(400, { error: 'No.' }), undefined);
    assert.equal(param(400, { error: 'Unrecognized field response_format.' }), 'response_format');
    assert.equal(param(400, { detail: "Unknown parameter: 'stream'" }), 'stream');
    assert.equal(param(400, { error: 'The stream of events was refused: size, n and quality are wrong.' }), undefined);
    assert.equal(param(401, { error: 'response_format' }), undefined);
    assert.equal(param(401, { error: { message: 'No.', param: 'style' } }), undefined);
  });

  it('redacts a key in every form, and no ordinary word', () => {
    const redact = makeRedact('my-secret+key/1');
    for (const text of ['my-secret+key/1', 'my-secret%2Bkey%2F1', Buffer.from('my-secret+key/1').toString('base64')]) assert.equal(redact(`a ${text} b`), 'a [key] b');
    assert.equal(redact('Incorrect key: sk-proj-abc***xyz.'), 'Incorrect key: [key].');
    assert.equal(makeRedact('')('a none b'), 'a none b');
  });

  it('reads events as they come, however they are cut', () => {
    const text = ': hello\r\nevent: a\r\ndata: {"a":1}\r\n\r\ndata:{"b":"é",\ndata: \r"c":2}\r\n\nid: 7\nretry\n\ndata: [DONE]\n\nevent:last\ndata: {"half":';
    const bytes = new TextEncoder().encode(text);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const events: string[] = [];
        let data = Buffer.alloc(0);
        const reader = new EventReader({
          data: (piece, name) => void (data = Buffer.concat([data.length > 0 ? data : Buffer.from(`${name}|`), piece])),
          end: () => {
            events.push(data.toString());
            data = Buffer.alloc(0);
          },
        });
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        places.forEach((from, i) => reader.push(bytes.slice(from, places[i + 1])));
        assert.deepEqual(events, ['a|{"a":1}', '|{"b":"é",\n\r"c":2}', '|[DONE]']);
        reader.end();
        assert.equal(events.at(-1), 'last|{"half":');
      }),
    );
  });

  it('reads durations as servers write them', () => {
    const said = { '12': 12, '1.5': 1.5, '12s': 12, '350ms': 0.35, '6m0s': 360, '1h2m3s': 3723 };
    for (const [text, seconds] of Object.entries(said)) assert.equal(readDuration(text), seconds, text);
    for (const text of ['', 'soon', '-1', '1x', 's']) assert.equal(readDuration(text), undefined, text);
  });
});
