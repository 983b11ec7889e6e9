import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ImageError } from '../../../../src/core/errors';
import type { Answer } from '../../../../src/core/pixels';
import { Base64Decoder } from '../../../../src/pixels/answer/base64';
import { readAnswer } from '../../../../src/pixels/answer/readAnswer';

/** What a text holds, given in two pieces; undefined where it is no base64. */
function decodeBase64(text: string, cut = 0): Uint8Array | undefined {
  const codes = new TextEncoder().encode(text);
  const decoder = new Base64Decoder();
  decoder.push(codes.subarray(0, cut));
  decoder.push(codes.subarray(cut));
  decoder.end();
  return decoder.sound ? decoder.all() : undefined;
}

const read = (value: unknown): Answer => readAnswer(new TextEncoder().encode(JSON.stringify(value)));

describe('a server\'s answer', () => {
  describe('base64', () => {
    it('reads what Buffer writes, with and without padding', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(120), (bytes, cut) => {
          const text = Buffer.from(bytes).toString('base64');
          assert.deepEqual(decodeBase64(text, cut), bytes);
          assert.deepEqual(decodeBase64(text.replace(/=+$/, ''), cut), bytes);
        }),
      );
    });

    it('refuses what is none', () => {
      for (const text of ['A', 'AAAAA', 'A=', 'AA=', 'AAA==', 'AA A', 'AA-_', 'AAé=', 'AAA*', 'A===', '=', '====', 'AA==AAAA', 'AAAA=', 'AAAA====']) {
        for (let cut = 0; cut <= text.length; cut += 1) assert.equal(decodeBase64(text, cut), undefined, text);
      }
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

  it('answers every body with pictures, a refusal or bad-answer', () => {
    const good = { data: [{ b64_json: 'AAAA' }], usage: { input_tokens_details: { text_tokens: 1, image_tokens: 2 }, output_tokens: 3 } };
    assert.deepEqual(read(good).usage, { textInput: 1, imageInput: 2, imageOutput: 3 });
    const check = (body: string): void => {
      try {
        const { entries, error, type } = readAnswer(new TextEncoder().encode(body));
        assert.ok(entries.length > 0 || error !== undefined || type !== undefined);
      } catch (error) {
        assert.ok(error instanceof ImageError && error.reason === 'bad-answer', String(error));
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
      assert.equal(read({ data: [{ url: 'x' }], usage }).entries.length, 1);
    }
  });

  it('keeps an SVG as plain text, however it begins', () => {
    for (const head of ['', '\uFEFF', '<?xml version="1.0"?>\n', '<!-- a --><!DOCTYPE svg>']) {
      const [entry] = read({ data: [{ b64_json: Buffer.from(`${head}<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`).toString('base64') }] }).entries;
      assert.ok(entry && 'extension' in entry);
      assert.equal(entry.extension, 'svg.txt');
    }
  });

  it('keeps what else came, and leaves out what is none', () => {
    const [bin, damaged, gone, ...none] = read({ data: [{ b64_json: 'AAAA' }, { b64_json: 'A*' }, { url: 'https://example.org/x.png' }, {}, 7, { b64_json: '' }] }).entries;
    assert.deepEqual(bin && 'extension' in bin && [bin.extension, [...(bin.bytes ?? [])]], ['bin', [0, 0, 0]]);
    assert.ok(damaged && 'damage' in damaged && damaged.bytes === undefined);
    assert.deepEqual(gone, { url: 'https://example.org/x.png' });
    assert.deepEqual(none, []);
  });

  it('reads a whole stream without its previews', () => {
    const event = (type: string, b64_json: string): string => `event: ${type}\ndata: ${JSON.stringify({ type, b64_json })}\n\n`;
    const { entries } = readAnswer(new TextEncoder().encode(event('image_edit.partial_image', 'AAAA') + event('image_edit.completed', 'BBBB')));
    assert.deepEqual(entries.map((entry) => 'bytes' in entry && [...(entry.bytes ?? [])]), [[4, 16, 65]]);
  });

  it('reads an event of a stream', () => {
    const { type, entries, usage } = read({ type: 'image_generation.completed', b64_json: 'AAAA', usage: { output_tokens: 3 } });
    assert.deepEqual([type, entries.length, usage?.imageOutput], ['image_generation.completed', 1, 3]);
    assert.match(read({ type: 'error', error: { message: 'No.' } }).error ?? '', /No\./);
    assert.deepEqual(read({ type: 'image_generation.queued' }).entries, []);
  });
});
