import assert from 'node:assert/strict';
import { VOCABULARY } from '../../../../src/engines/offline/vocabulary';
import { GLYPHS, PLAIN_GLYPHS } from '../../../../src/pixels/art/glyphs/glyphs';
import type { Glyph } from '../../../../src/pixels/art/glyphs/figures';

const STEPS = 160;

/** What a glyph says at the points of a grid over the tile. */
function sampled(glyph: Glyph): { readonly x: number; readonly y: number; readonly distance: number }[] {
  return Array.from({ length: STEPS * STEPS }, (_, i) => {
    const x = ((i % STEPS) + 0.5) / (STEPS / 2) - 1;
    const y = (Math.floor(i / STEPS) + 0.5) / (STEPS / 2) - 1;
    return { x, y, distance: glyph(x, y) };
  });
}

describe('glyphs', () => {
  for (const [name, glyph] of Object.entries(GLYPHS)) {
    it(`draws “${name}” in the middle of its tile, neither lost nor filling it`, () => {
      const points = sampled(glyph);
      assert.ok(points.every(({ distance }) => Number.isFinite(distance)));
      const inside = points.filter(({ distance }) => distance < 0);
      assert.ok(inside.every(({ x, y }) => Math.abs(x) <= 0.65 && Math.abs(y) <= 0.65), 'reaches out of its place');
      const share = inside.length / points.length;
      assert.ok(share > 0.04 && share < 0.3, `covers ${share}`);
      const middle = inside.reduce((sum, { x }) => sum + x, 0) / inside.length;
      assert.ok(Math.abs(middle) < 0.13, `lies ${middle} from the middle`);
    });
  }

  it('has every figure that a word of a prompt asks for, and marks for all other prompts', () => {
    const named = new Set([...VOCABULARY.values()].flatMap(({ glyph }) => glyph ?? []));
    for (const name of named) assert.ok(Object.hasOwn(GLYPHS, name), name);
    assert.ok(named.size > 30);
    assert.ok(PLAIN_GLYPHS.length >= 6);
  });
});
