import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anchorAt, anchored, boundsOf, contains, type Bounds, type Extent } from '../../../src/core/geometry';
import { layoutOutpaint } from '../../../src/core/outpaint';
import { formatRecipe, parseRecipe, type Recipe } from '../../../src/core/recipe';
import { fromRecipeRegion, parseRecipeRegion, toRecipeRegion } from '../../../src/core/recipeRegion';
import type { MaskStep } from '../../../src/core/strokes';

const HASH = 'ab'.repeat(32);
const OLD: Recipe = { version: 1, operation: 'outpaint', prompt: 'a sea', engine: 'openai', model: 'gpt-image-2', width: 300, height: 200, parent: HASH };

const edge = fc.integer({ min: 1, max: 5000 });
/** Objects that compare with what JSON gives. */
const PLAIN = { noNullPrototype: true };
const extents = fc.record({ width: edge, height: edge }, PLAIN);
/** A canvas and a rectangle inside it. */
const insides = extents.chain((outer) =>
  fc
    .tuple(fc.integer({ min: 1, max: outer.width }), fc.integer({ min: 1, max: outer.height }))
    .chain(([width, height]) => fc.record({ x: fc.integer({ min: 0, max: outer.width - width }), y: fc.integer({ min: 0, max: outer.height - height }), width: fc.constant(width), height: fc.constant(height) }, PLAIN))
    .map((inner): [Extent, Bounds] => [outer, inner]),
);
const place = fc.double({ min: -500, max: 6000, noNaN: true });
const erase = fc.boolean();
const steps: fc.Arbitrary<MaskStep> = fc.oneof(
  fc.record({ kind: fc.constant('brush' as const), erase, size: fc.integer({ min: 1, max: 4096 }), hardness: fc.constantFrom(0, 0.5, 1), points: fc.array(fc.tuple(place, place, fc.constantFrom(0, 0.25, 1)), { minLength: 1, maxLength: 8 }).map((points) => points.flat()) }),
  fc.record({ kind: fc.constant('rectangle' as const), erase, bounds: insides.map(([, inner]) => inner) }),
  fc.record({ kind: fc.constant('lasso' as const), erase, points: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 8 }).map((points) => points.flat()) }),
  fc.record({ kind: fc.constantFrom('invert' as const, 'clear' as const) }),
  fc.record({ kind: fc.constant('grow' as const), by: fc.integer({ min: -256, max: 256 }) }),
);

describe('recipes', () => {
  it('of an earlier Easel are read as they were written', () => {
    assert.deepEqual(parseRecipe(JSON.stringify(OLD)), OLD);
    assert.equal(formatRecipe(OLD), JSON.stringify(OLD));
  });

  it('hold where a widening’s source lies, and how it meets the rest', () => {
    fc.assert(
      fc.property(insides, fc.constantFrom('exact', 'seamless'), ([extent, placed], mode) => {
        const recipe: Recipe = { ...OLD, ...extent, placed, mode };
        assert.deepEqual(parseRecipe(formatRecipe(recipe)), recipe);
      }),
    );
  });

  it('hold what an edit drew again, rectangle or strokes', () => {
    fc.assert(
      fc.property(insides, fc.array(steps, { minLength: 1, maxLength: 6 }), ([extent, bounds], painted) => {
        for (const region of [{ kind: 'bounds', bounds }, { kind: 'steps', steps: painted }] as const) {
          const held = toRecipeRegion(region);
          assert.ok(held);
          const read = parseRecipe(formatRecipe({ ...OLD, ...extent, operation: 'inpaint', region: held }))?.region;
          assert.ok(read);
          // As JSON, which loses the minus before a zero; it means nothing.
          assert.equal(JSON.stringify(fromRecipeRegion(read)), JSON.stringify(region));
        }
      }),
    );
  });

  it('take no region that is a file, too long, outside of the picture or none at all', () => {
    assert.equal(toRecipeRegion({ kind: 'file', bytes: new Uint8Array(9) }), undefined);
    const lasso = { kind: 'lasso', erase: false, points: Array.from({ length: 3000 }, (_, index) => index) } as const;
    assert.equal(toRecipeRegion({ kind: 'steps', steps: [lasso] }), undefined);
    assert.equal(parseRecipeRegion({ steps: [lasso] }, OLD), undefined);
    const brush = { kind: 'brush', erase: false, size: 10, hardness: 1, points: [1, 2, 1] };
    assert.ok(parseRecipeRegion({ steps: [brush] }, OLD));
    for (const wrong of [{ size: 0 }, { size: 5000 }, { hardness: 2 }, { points: [] }, { points: [1, 2] }, { points: [1, 2, 3] }, { points: [1, Number.NaN, 1] }, { erase: 1 }, { kind: 'spray' }]) {
      assert.equal(parseRecipeRegion({ steps: [brush, { ...brush, ...wrong }] }, OLD), undefined, JSON.stringify(wrong));
    }
    for (const wrong of [{ x: -1 }, { x: 0.5 }, { width: 0 }, { width: 301 }, { height: '9' }, { y: 195 }]) {
      assert.equal(parseRecipeRegion({ x: 0, y: 0, width: 10, height: 10, ...wrong }, OLD), undefined, JSON.stringify(wrong));
      assert.equal(parseRecipe(JSON.stringify({ ...OLD, placed: { x: 0, y: 0, width: 10, height: 10, ...wrong } }))?.placed, undefined);
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseRecipeRegion(value, OLD)));
    fc.assert(fc.property(fc.jsonValue(), (value) => parseRecipeRegion({ steps: [value] }, OLD) === undefined || typeof value === 'object'));
  });
});

describe('anchors', () => {
  it('can be told from a place, and lead to that very place', () => {
    fc.assert(
      fc.property(insides, ([outer, inner]) => {
        const anchor = anchorAt(outer, inner);
        assert.ok(contains(boundsOf(outer), inner) && anchor.x >= 0 && anchor.x <= 1 && anchor.y >= 0 && anchor.y <= 1);
        assert.deepEqual(anchored(outer, inner, anchor), inner);
      }),
    );
  });

  it('lay a widening out once more as its recipe says', () => {
    const anchor = fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) });
    const edges = fc.integer({ min: 100, max: 1000 });
    fc.assert(
      fc.property(fc.record({ width: edges, height: edges }), fc.record({ width: edges, height: edges }), anchor, (source, extent, at) => {
        fc.pre(source.width !== extent.width || source.height !== extent.height);
        const target = { kind: 'extent', extent } as const;
        const first = layoutOutpaint(source, target, at);
        assert.deepEqual(layoutOutpaint(source, target, anchorAt(first.canvas, { ...first.at, ...first.scaled })), first);
      }),
    );
  });
});
