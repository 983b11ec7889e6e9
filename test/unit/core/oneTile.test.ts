import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { drawnFor } from '../../../src/core/drawable';
import { area, type Extent } from '../../../src/core/geometry';
import { findModel, type SizeRule } from '../../../src/core/models';
import { planOutpaint } from '../../../src/core/outpaint';

/** Differences in what is known below this are not worth a pixel. */
const STEP = 1 / 20;

/** The best single window for a picture that grows to the right or downwards, tried eight pixels apart: as much known as counts (half), then the fewest pixels. */
function bruteForce(added: number, canvas: Extent, across: boolean, rule: SizeRule): { readonly known: number; readonly pixels: number } | undefined {
  let best: { known: number; pixels: number } | undefined;
  for (let length = added; length <= (across ? canvas.width : canvas.height); length += 8) {
    const window = across ? { width: length, height: canvas.height } : { width: canvas.width, height: length };
    const drawn = drawnFor(window, rule);
    const known = Math.min(1 / 2, 1 - added / length);
    if (!drawn || drawn.width < window.width || drawn.height < window.height || known < 1 / 4) continue;
    if (!best || known > best.known + STEP || (known > best.known - STEP && area(drawn) < best.pixels)) best = { known, pixels: area(drawn) };
  }
  return best;
}

describe('a widening by one tile', () => {
  for (const name of ['gpt-image-2.6-sunburst', 'gpt-image-1.5', 'dall-e-3']) {
    it(`of ${name} sees half of what it draws where it can, and pays for little more than it must`, () => {
      const model = findModel(name);
      const side = fc.integer({ min: 400, max: 1500 });
      let counted = 0;
      fc.assert(
        fc.property(fc.record({ width: side, height: side }), fc.integer({ min: 5, max: 100 }), fc.boolean(), (source, percent, across) => {
          const grown = (length: number): number => Math.round(length * (1 + percent / 100));
          const canvas = across ? { ...source, width: grown(source.width) } : { ...source, height: grown(source.height) };
          const { tiles } = planOutpaint(source, { kind: 'extent', extent: canvas }, { x: 0, y: 0 }, model);
          const tile = tiles[0];
          const added = canvas.width - source.width + canvas.height - source.height;
          const best = bruteForce(added, canvas, across, model.sizes);
          if (tiles.length !== 1 || !tile || !best) return;
          counted += 1;
          const known = 1 - added / (across ? tile.window.width : tile.window.height);
          assert.ok(known > best.known - 2 * STEP, `${known} is known, and ${best.known} could be`);
          // More pixels than these are paid for where more of the picture is seen by them.
          if (known < best.known + STEP) assert.ok(area(tile.asked) <= 1.2 * best.pixels, `${area(tile.asked)} pixels, and ${best.pixels} would do`);
        }),
        { numRuns: 300 },
      );
      assert.ok(counted > 60, `${counted} of one tile`);
    });
  }
});
