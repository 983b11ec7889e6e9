import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { MOST_POINTS } from '../../../src/core/strokes';
import { Channel, type Handlers } from '../../../src/protocol/channel';
import { editorHost, editorView, LOOK, MASK_STEP } from '../../../src/protocol/imageEditor';

const accepts = (step: unknown): boolean => v.safeParse(MASK_STEP, step).success;

describe('the image editor’s messages', () => {
  it('take the steps that a page paints', () => {
    assert.ok(accepts({ kind: 'brush', erase: false, size: 40, hardness: 0.8, points: [1, 2, 1, 3.5, 4, 0.5] }));
    assert.ok(accepts({ kind: 'rectangle', erase: true, bounds: { x: -3, y: 0, width: 10, height: 10 } }));
    assert.ok(accepts({ kind: 'lasso', erase: false, points: [0, 0, 5, 5, 0, 5] }));
    assert.ok(['invert', 'clear'].every((kind) => accepts({ kind })) && accepts({ kind: 'grow', by: -8 }));
  });

  it('refuse what would cost the host time or memory, or means nothing', () => {
    const brush = { kind: 'brush', erase: false, size: 40, hardness: 0.8, points: [1, 2, 1] };
    for (const wrong of [
      { ...brush, points: [] },
      { ...brush, points: [1, 2] },
      { ...brush, points: [1, 2, 3] },
      { ...brush, points: [Number.NaN, 2, 1] },
      { ...brush, points: [1e9, 2, 1] },
      { ...brush, points: Array.from({ length: 3 * MOST_POINTS + 3 }, () => 1) },
      { ...brush, size: 1e6 },
      { ...brush, hardness: 2 },
      { kind: 'grow', by: 100_000 },
      { kind: 'rectangle', erase: false, bounds: { x: 0, y: 0, width: 0.5, height: 1 } },
      { kind: 'paste' },
      undefined,
    ]) {
      assert.equal(accepts(wrong), false, JSON.stringify(wrong)?.slice(0, 80));
    }
    assert.equal(v.safeParse(LOOK, { overlay: 'red; background: url(x)' }).success, false);
  });

  it('of whatever kind reach a handler only in their form: thousands of broken ones change nothing', () => {
    let calls = 0;
    const called = (): never => {
      calls += 1;
      throw new Error('called');
    };
    const handlers = {
      requests: Object.fromEntries(Object.keys(editorHost.requests).map((name) => [name, called])),
      notices: Object.fromEntries(Object.keys(editorHost.notices).map((name) => [name, called])),
    } as unknown as Handlers<typeof editorHost>;
    const host = new Channel(editorHost, editorView, () => {}, handlers);
    const names = [...Object.keys(editorHost.requests), ...Object.keys(editorHost.notices), '__proto__', 'constructor'].filter((name) => !['ready', 'cancel', 'discard'].includes(name));
    // An object with none of the right keys, or no object at all: nothing that any of these takes.
    const body = fc.anything({ withTypedArray: true, withBigInt: true, key: fc.constantFrom('a', '__proto__', 'length', 'x'), maxKeys: 3 });
    fc.assert(
      fc.property(fc.constantFrom('request', 'notice'), fc.constantFrom(...names), body, (kind, name, value) => {
        assert.equal(host.receive({ kind, id: 1, name, body: value }), false);
      }),
      { numRuns: 3000 },
    );
    assert.equal(calls, 0);
    host.dispose();
  });
});
