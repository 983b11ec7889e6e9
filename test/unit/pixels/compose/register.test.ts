import assert from 'node:assert/strict';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { correlate } from '../../../../src/pixels/compose/correlate';
import { deform } from '../../../../src/pixels/compose/deform';
import { overlapOf } from '../../../../src/pixels/compose/overlap';
import type { Overlap } from '../../../../src/pixels/compose/overlap';
import { register } from '../../../../src/pixels/compose/register';
import { rotationOf, scaleOf, translation } from '../../../../src/pixels/compose/similarity';
import { seeded } from '../../../support/random';
import { plain, render, waves } from '../../../support/scene';
import type { Scene } from '../../../support/scene';

const SIDE = 256;
const scene = waves(21);
const canvas = render(scene, SIDE, SIDE);

function overlap(answer: PixelImage, drawn: (x: number, y: number) => boolean): Overlap {
  const pending: Mask = { width: SIDE, height: SIDE, data: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (drawn(i % SIDE, Math.floor(i / SIDE)) ? 255 : 0)) };
  const found = overlapOf(canvas, pending, { x: 0, y: 0, width: SIDE, height: SIDE }, answer);
  assert.ok(found);
  return found;
}

describe('registration', () => {
  it('finds a whole shift among the peaks of the phase correlation', () => {
    for (const [x, y] of [[0, 0], [6, -10], [-18, 14]] as const) {
      const level = overlap(render(scene, SIDE, SIDE, -x, -y), (column) => column < 100).levels[1];
      assert.ok(level);
      const shifts = correlate(level, 24);
      assert.ok(shifts.some((shift) => Math.hypot(shift.x - x, shift.y - y) < 1), `${JSON.stringify(shifts)} instead of ${x}, ${y}`);
    }
  });

  it('stays where it is where nothing but grain speaks for a shift', () => {
    const grainy = (seed: number): PixelImage => {
      const random = seeded(seed);
      const image = plain(SIDE, SIDE, [120, 120, 120, 255]);
      for (let i = 0; i < image.data.length; i += 4) image.data.fill(120 + 8 * random.normal(), i, i + 3);
      return image;
    };
    for (let k = 0; k < 12; k++) {
      const found = overlapOf(grainy(k), { width: SIDE, height: SIDE, data: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE < 96 ? 0 : 255)) }, { x: 0, y: 0, width: SIDE, height: SIDE }, grainy(100 + k));
      assert.ok(found);
      const { x, y } = register(found);
      assert.ok(Math.hypot(x, y) < 3, `seed ${k}: moved by ${x.toFixed(1)}, ${y.toFixed(1)}`);
    }
  });

  const masks: Record<string, (x: number, y: number) => boolean> = {
    'half a window': (x) => x < 128,
    'a frame around a hole': (x, y) => (x - 128) ** 2 + (y - 128) ** 2 < 90 ** 2,
    'an L': (x, y) => x < 150 && y > 90,
    'a narrow strip': (x) => x < 216,
  };
  for (const [name, drawn] of Object.entries(masks)) {
    it(`recovers a similarity, a gain and a gamma from ${name}`, () => {
      const scale = 1.006;
      const turn = 0.004;
      const moved: Scene = (x, y) => {
        const [u, v] = [x - 7.3 - 128, y + 4.6 - 128];
        const [fromX, fromY] = [(Math.cos(turn) * u + Math.sin(turn) * v) / scale, (Math.cos(turn) * v - Math.sin(turn) * u) / scale];
        const [red, green, blue] = scene(fromX + 128, fromY + 128);
        const tone = (level: number): number => 255 * 0.95 * (Math.max(0, level) / 255) ** 1.05;
        return [tone(red), tone(green), tone(blue)];
      };
      const found = register(overlap(render(moved, SIDE, SIDE), drawn));
      assert.ok(Math.abs(scaleOf(found) - scale) < 0.0015, `scale ${scaleOf(found)}`);
      assert.ok(Math.abs(rotationOf(found) - turn) < 0.0015, `rotation ${rotationOf(found)}`);
      const [u, v] = [found.centreX - 128.5, found.centreY - 128.5];
      const x = scale * (Math.cos(turn) * u - Math.sin(turn) * v) - u + 7.3;
      const y = scale * (Math.cos(turn) * v + Math.sin(turn) * u) - v - 4.6;
      assert.ok(Math.hypot(found.x - x, found.y - y) < 0.08, `shift ${found.x}, ${found.y} instead of ${x}, ${y}`);
    });
  }

  it('follows a slow warp, and carries it on where nothing is known', () => {
    const bent: Scene = (x, y) => scene(x - 0.8 * Math.sin(y / 60), y - 0.6);
    const at = translation(SIDE / 2, SIDE / 2, 0, 0);
    const field = deform(overlap(render(bent, SIDE, SIDE), (x) => x < 64), { width: SIDE, height: SIDE }, at);
    for (const [column, row] of [[2, 1], [3, 2], [1, 1], [0, 1]] as const) {
      const node = row * field.columns + column;
      const expected = 0.8 * Math.sin((row * field.spacing) / 60);
      assert.ok(Math.abs((field.x[node] ?? 9) - expected) < 0.3, `x ${field.x[node]} instead of ${expected}`);
      assert.ok(Math.abs((field.y[node] ?? 9) - 0.6) < 0.2, `y ${field.y[node]}`);
    }
  });
});
