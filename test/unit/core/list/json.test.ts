import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JsonSyntaxError, locateJson, nodeAt, positionAt, type JsonNode } from '../../../../src/core/list/json';

/** What a node's own text says. */
function slice(text: string, { start, end }: JsonNode): unknown {
  return JSON.parse(text.slice(start, end));
}

/** All paths into a value. */
function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...entries.flatMap(([key, item]) => pathsOf(item).map((path) => [key, ...path]))];
}

describe('locateJson', () => {
  it('finds the place of every value of every JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const root = locateJson(text);
        const plain: unknown = JSON.parse(text);
        for (const path of pathsOf(plain)) {
          const expected = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], plain);
          assert.deepEqual(slice(text, nodeAt(root, path)), expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes what JSON.parse takes, and refuses what it refuses', () => {
    const base = '{"a": [1, -2.5e+3, "x\\u00e9\\n", true, null, {}], "b": {"c": []}}';
    fc.assert(
      fc.property(fc.nat(base.length), fc.constantFrom('', ',', '"', '}', ']', '0', '\\', 'x', ' '), fc.nat(2), (at, inserted, dropped) => {
        const text = base.slice(0, at) + inserted + base.slice(at + dropped);
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        if (parses) locateJson(text);
        else assert.throws(() => locateJson(text), JsonSyntaxError);
      }),
      { numRuns: 500 },
    );
  });

  it('names the character that is wrong, passes over a byte order mark, and ends on endless nesting', () => {
    assert.throws(() => locateJson('{"a": tru}'), (error) => error instanceof JsonSyntaxError && error.offset === 6);
    assert.throws(() => locateJson('[1,]'), (error) => error instanceof JsonSyntaxError && error.offset === 3);
    assert.equal(locateJson('\uFEFF {}').start, 2);
    assert.throws(() => locateJson('['.repeat(100_000)), JsonSyntaxError);
  });

  it('answers the deepest place on the way to what is missing', () => {
    const text = '{"a": {"b": 1}}';
    assert.deepEqual(slice(text, nodeAt(locateJson(text), ['a', 'x', 'y'])), { b: 1 });
  });

  it('counts lines and columns from one', () => {
    assert.deepEqual(positionAt('ab\ncd', 0), { line: 1, column: 1 });
    assert.deepEqual(positionAt('ab\r\ncd', 5), { line: 2, column: 2 });
  });
});
