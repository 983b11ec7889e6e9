import assert from 'node:assert/strict';
import { FixedValues } from '../../../../src/pixels/compose/fixedValues';
import { FIXED, FREE, type Membrane } from '../../../../src/pixels/compose/membraneGrid';
import { withoutOutliers } from '../../../../src/pixels/compose/outliers';
import { seeded } from '../../../support/random';

const [WIDTH, HEIGHT, SEAM] = [90, 200, 50];

/** A strip that is free left of a column of `count` fixed pixels, and values for these, three each. */
function seam(count: number, value: (y: number, c: number) => number): { readonly membrane: Membrane; readonly fixed: FixedValues } {
  const state = new Uint8Array(WIDTH * HEIGHT);
  for (let i = 0; i < state.length; i++) {
    if (i % WIDTH < SEAM) state[i] = FREE;
    else if (i % WIDTH === SEAM && i < count * WIDTH) state[i] = FIXED;
  }
  const fixed = new FixedValues(state);
  for (let y = 0; y < count; y++) for (let c = 0; c < 3; c++) fixed.values[fixed.at(y * WIDTH + SEAM) + c] = value(y, c);
  return { membrane: { width: WIDTH, height: HEIGHT, state }, fixed };
}

describe('outliers of a membrane', () => {
  it('are drawn to what is around them, in their channel, and nothing else is', () => {
    const random = seeded(81);
    const usual = Float32Array.from({ length: 3 * HEIGHT }, (_, k) => 6 * Math.sin(k / 200) + 1.5 * random.normal());
    const isEdge = (y: number, c: number): boolean => y >= 70 && y < 90 && c !== 1;
    const { membrane, fixed } = seam(HEIGHT, (y, c) => (usual[3 * y + c] ?? 0) + (isEdge(y, c) ? 90 : 0));
    const before = fixed.values.slice();
    const { values } = withoutOutliers(membrane, fixed);
    for (let y = 0; y < HEIGHT; y++) {
      for (let c = 0; c < 3; c++) {
        const [found, was] = [values[3 * y + c] ?? NaN, before[3 * y + c] ?? NaN];
        if (isEdge(y, c)) assert.ok(found < 20 && found > 0, `${y}: ${was} became ${found}`);
        else assert.ok(Math.abs(found - was) < 1, `${y}: ${was} became ${found}`);
      }
    }
    assert.deepEqual(fixed.values, before);
  });

  it('are none where all differ alike, as in a texture, or where too few are seen', () => {
    const random = seeded(82);
    for (const { membrane, fixed } of [seam(HEIGHT, () => 60 * random.signed()), seam(9, (y) => (y === 4 ? 200 : 0))]) assert.deepEqual(withoutOutliers(membrane, fixed).values, fixed.values);
  });

  it('are told by what is near, and not by what is restless elsewhere', () => {
    const random = seeded(83);
    const { membrane, fixed } = seam(HEIGHT, (y) => (y >= 60 ? 60 * random.signed() : y >= 15 && y < 20 ? 40 : 0));
    const { values } = withoutOutliers(membrane, fixed);
    for (let y = 15; y < 20; y++) assert.ok((values[3 * y] ?? NaN) < 10, `${y}: ${values[3 * y]}`);
  });

  it('are not what differs by a few levels where all else is even', () => {
    const { membrane, fixed } = seam(HEIGHT, (y) => (y === 50 ? 7 : 0));
    assert.deepEqual(withoutOutliers(membrane, fixed).values, fixed.values);
  });
});
