import assert from 'node:assert/strict';
import { roughness } from '../../../../src/pixels/compose/roughness';
import type { Plane } from '../../../../src/pixels/compose/plane';

const WIDTH = 40;
const HEIGHT = 24;

function plane(value: (x: number, y: number) => number): Plane {
  return { width: WIDTH, height: HEIGHT, data: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => value(i % WIDTH, Math.floor(i / WIDTH))) };
}

const light = (x: number, y: number): number => 120 + 2 * x - y + 0.05 * x * x - 0.02 * x * y + 0.04 * y * y;
const pattern = (x: number, y: number): number => ((x + y) % 2 === 0 ? 4 : -4);
const all = new Uint8Array(WIDTH * HEIGHT).fill(1);

describe('roughness', () => {
  it('is what is left of a plane when its light is taken off', () => {
    assert.ok(roughness(plane(light), all) < 0.01);
    assert.ok(Math.abs(roughness(plane((x, y) => light(x, y) + pattern(x, y)), all) - 4) < 0.05);
  });

  it('looks at known pixels only', () => {
    const half = Uint8Array.from(all, (_, i) => (i % WIDTH < 20 ? 1 : 0));
    assert.ok(roughness(plane((x, y) => (x < 20 ? light(x, y) : 255 * (y % 2))), half) < 0.01);
    assert.equal(roughness(plane(light), new Uint8Array(all.length)), 0);
    const column = Uint8Array.from(all, (_, i) => (i % WIDTH === 7 ? 1 : 0));
    assert.ok(roughness(plane(light), column) < 0.2);
  });
});
