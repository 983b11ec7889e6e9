import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ImageError } from '../../../../src/core/errors';
import type { Answer } from '../../../../src/core/pixels';
import { AnswerReader } from '../../../../src/pixels/answer/answerReader';
import { referenceAnswer, type ReferenceEntry } from './referenceAnswer';

/** Everything that came of a body: what the reader answered, and the pieces of each picture put together. */
interface ReadWhole {
  readonly answers: readonly Answer[];
  readonly pieces: ReadonlyMap<number, Buffer>;
  /** The pictures that came to their end. */
  readonly ended: ReadonlySet<number>;
}

/** Reads a body cut at these places; undefined where it is refused. */
function readCut(body: Uint8Array, cuts: readonly number[], streams = false): ReadWhole | undefined {
  const pieces = new Map<number, Buffer>();
  const ended = new Set<number>();
  const reader = new AnswerReader(streams, {
    piece(part, bytes) {
      assert.ok(!ended.has(part));
      pieces.set(part, Buffer.concat([pieces.get(part) ?? Buffer.alloc(0), bytes]));
    },
    end: (part) => ended.add(part),
  });
  const places = [0, ...cuts.map((cut) => cut % (body.length + 1)).sort((a, b) => a - b), body.length];
  try {
    const answers = places.flatMap((from, index) => reader.push(body.slice(from, places[index + 1])));
    return { answers: [...answers, ...reader.end()], pieces, ended };
  } catch (error) {
    assert.ok(error instanceof ImageError && error.reason === 'bad-answer', String(error));
    return undefined;
  }
}

/** Entries in the reference's terms; each picture that is sound must have come in pieces, too. */
function entriesOf({ answers, pieces, ended }: ReadWhole): ReferenceEntry[] {
  return answers.flatMap(({ entries }) => entries).map((entry) => {
    if ('url' in entry) return entry;
    if ('part' in entry && entry.part !== undefined) {
      assert.ok(ended.has(entry.part));
      assert.deepEqual(pieces.get(entry.part), Buffer.from(entry.bytes));
    }
    return { base64: entry.bytes && Buffer.from(entry.bytes).toString('base64') };
  });
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const cuts = fc.array(fc.nat(), { maxLength: 12 });
const base64 = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const pictureText = fc.oneof(base64, base64.map((text) => text.replace(/=+$/, '')), base64.map((text) => `data:image/png;base64,${text}`), fc.string(), fc.constantFrom('', '=', 'A', 'data:', 'data:,x', 'data:;base64', 'https://a/b?c=d&é', '0', '1'));
const item = fc.record({ b64_json: fc.oneof(pictureText, fc.constant(null), fc.nat()), base64: pictureText, url: pictureText, note: fc.string() }, { requiredKeys: [] });
const answers = fc.record(
  { created: fc.nat(), data: fc.oneof(fc.array(fc.oneof(item, fc.anything({ maxDepth: 1 }))), item), b64_json: pictureText, type: fc.string(), error: fc.oneof(fc.constant(null), fc.record({ message: fc.string(), url: pictureText })), deep: fc.array(fc.record({ b64_json: pictureText })) },
  { requiredKeys: [] },
);

/** JSON as many a server writes it: with white space, escaped slashes, and characters as escapes, in keys too. */
function written(value: unknown, style: number): string {
  const text = JSON.stringify(value, undefined, style % 3) ?? 'null';
  if (style % 2 === 0) return text;
  return text.replace(/\//g, '\\/').replace(/[a-zA-Z]/g, (letter, at: number) => {
    if (text[at - 1] === '\\' || (at * 7 + style) % 11 > 0 || /^(?:true|false|null)/.test(text.slice(at - 3).replace(/^.{0,3}?(?=[tfn])/, ''))) return letter;
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

describe('an answer that is read while it comes', () => {
  it('is what JSON.parse and Buffer read at its end, however it is cut and written', () => {
    let pictures = 0;
    fc.assert(
      fc.property(answers, fc.nat(20), cuts, (value, style, places) => {
        const body = encode(written(value, style));
        const [expected, read] = [referenceAnswer(body), readCut(body, places)];
        assert.deepEqual(read && entriesOf(read), expected);
        pictures += expected?.filter((entry) => 'base64' in entry && entry.base64).length ?? 0;
      }),
      { numRuns: 600 },
    );
    assert.ok(pictures > 100, `${pictures} pictures`);
  });

  it('is what JSON.parse reads where bytes were changed, too', () => {
    let refused = 0;
    fc.assert(
      fc.property(answers, fc.nat(20), fc.nat(), fc.oneof(fc.constantFrom(...encode('"\\:,{}[]/=A\n')), fc.nat(255)), fc.boolean(), cuts, (value, style, where, byte, cutOff, places) => {
        const whole = encode(written(value, style));
        const at = where % whole.length;
        const body = cutOff ? whole.slice(0, at) : whole.with(at, byte);
        const [expected, read] = [referenceAnswer(body), readCut(body, places)];
        assert.deepEqual(read && entriesOf(read), expected, new TextDecoder().decode(body));
        if (!expected) refused += 1;
      }),
      { numRuns: 900 },
    );
    assert.ok(refused > 100, `${refused} refused`);
  });

  it('refuses any other JSON as JSON.parse would', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.anything().map((value) => fc.stringify(value))), cuts, (text, places) => {
        const read = readCut(encode(text), places);
        assert.deepEqual(read && entriesOf(read), referenceAnswer(encode(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('of a stream tells each event once it is whole, and hands on no preview', () => {
    const event = (type: string, name: string | undefined, text: string): string => `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify({ type, b64_json: text })}\r\n\r\n`;
    const body = encode(`: hi\n\n${event('x.partial_image', 'x.partial_image', 'AAAA')}${event('x.completed', undefined, 'BBBBBBBB')}${event('x.completed', 'x.completed', 'CCCC')}data: [DONE]\n\n`);
    fc.assert(
      fc.property(cuts, (places) => {
        const read = readCut(body, places);
        assert.deepEqual(read?.answers.map(({ type, entries }) => [type, entries.length]), [['x.partial_image', 1], ['x.completed', 1], ['x.completed', 1]]);
        assert.deepEqual([...(read?.pieces ?? [])].map(([part, bytes]) => [part, bytes.toString('base64')]), [[1, 'BBBBBBBB'], [2, 'CCCC']]);
      }),
    );
  });

  it('tells what came before a broken event first', () => {
    const reader = new AnswerReader(true);
    const [first] = reader.push(encode('data: {"type":"x","b64_json":"AAAA"}\n\ndata: {"half\n\n'));
    assert.equal(first?.entries.length, 1);
    assert.throws(() => reader.push(encode('data: {"type":"y"}\n\n')), { reason: 'bad-answer' });
    assert.throws(() => reader.end(), { reason: 'bad-answer' });
  });

  it('takes the last event of a stream that ends without an empty line', () => {
    const reader = new AnswerReader(false);
    assert.deepEqual(reader.push(encode('event: a\ndata: {"type":"x.completed","b64_json":"AAAA"}')), []);
    assert.deepEqual(reader.end().map(({ type }) => type), ['x.completed']);
  });

  it('takes time in proportion to its length, whatever it is', () => {
    for (const unit of ['"', '\\', '"\\', '{"url":"data:', '"b64_json":"A', 'data: ', '\\/', '":"', '[']) {
      const body = encode(unit.repeat(Math.floor(120_000 / unit.length)));
      for (const before of ['{"b64_json":"', '{"url":"data:', '{"a":"', '']) readCut(encode(before + new TextDecoder().decode(body)), [40_000, 80_000]);
    }
  });
});
