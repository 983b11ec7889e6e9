import assert from 'node:assert/strict';
import { transform } from '../../../../src/pixels/compose/fft';
import { infilling } from '../../../../src/pixels/compose/infill';
import { translation } from '../../../../src/pixels/compose/similarity';
import { UNTONED } from '../../../../src/pixels/compose/toneFit';
import { mirrored, warp } from '../../../../src/pixels/compose/warp';
import { atOnce } from '../../../../src/pixels/steps';
import { seeded } from '../../../support/random';
import { plain, render, waves } from '../../../support/scene';

const { curves } = UNTONED;

describe('warping', () => {
  it('samples an analytic picture through a similarity, a deformation and a light within a level', () => {
    const scene = waves(31, 12);
    const size = 96;
    const answer = render(scene, size, size);
    const at = { centreX: 48, centreY: 48, x: 2.3, y: -1.7, cosine: 1.01 * Math.cos(0.01), sine: 1.01 * Math.sin(0.01) };
    const deformation = { spacing: 64, columns: 3, rows: 3, x: Float32Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0), y: new Float32Array(9).fill(0.5) };
    // Lighter by a tenth at x = 64 than at x = 0 and x = 128.
    const gains = Float32Array.of(1, 1.1, 1, 1, 1.1, 1, 1, 1.1, 1);
    const bounds = { x: 8, y: 16, width: 72, height: 64 };
    const out = warp(answer, bounds, new Uint8Array(72 * 64).fill(1), { at, deformation, curves, gains });
    let worst = 0;
    for (let y = 0; y < bounds.height; y++) {
      for (let x = 0; x < bounds.width; x++) {
        const [u, v] = [bounds.x + x + 0.5 - 48, bounds.y + y + 0.5 - 48];
        const across = (bounds.x + x + 0.5) / 64;
        const fromX = at.cosine * u - at.sine * v + 48 + 2.3 - 0.5 + (across < 1 ? across : 2 - across);
        const fromY = at.sine * u + at.cosine * v + 48 - 1.7 - 0.5 + 0.5;
        scene(fromX, fromY).forEach((level, c) => {
          worst = Math.max(worst, Math.abs((out[3 * (y * bounds.width + x) + c] ?? NaN) - (1 + 0.1 * (across < 1 ? across : 2 - across)) * Math.min(255, Math.max(0, level))));
        });
      }
    }
    assert.ok(worst < 2, `off by ${worst} levels`);
  });

  it('leaves the answer as it is where nothing moved', () => {
    const answer = render(waves(32), 20, 10);
    const still = { spacing: 64, columns: 2, rows: 2, x: new Float32Array(4), y: new Float32Array(4) };
    const out = warp(answer, { x: 0, y: 0, width: 20, height: 10 }, new Uint8Array(200).fill(1), { at: translation(10, 5, 0, 0), deformation: still, curves, gains: Float32Array.of(1, 1, 1, 1) });
    for (let i = 0; i < 200; i++) for (let c = 0; c < 3; c++) assert.equal(out[3 * i + c], answer.data[4 * i + c]);
  });

  it('mirrors any index back inside', () => {
    assert.deepEqual([-3, -2, -1, 0, 3, 4, 5, 8].map((i) => mirrored(i, 4)), [2, 1, 0, 0, 3, 3, 2, 0]);
    assert.equal(mirrored(7, 1), 0);
  });
});

describe('the quick fill', () => {
  it('is opaque, keeps what is known and continues one colour without a trace', () => {
    const image = plain(37, 23, [90, 140, 200, 255]);
    const mask = { width: 37, height: 23, data: Uint8Array.from({ length: 37 * 23 }, (_, i) => (i % 37 < 20 ? 255 : i % 37 < 24 ? 100 : 0)) };
    mask.data.forEach((value, i) => {
      if (value === 255) image.data.fill(0, 4 * i, 4 * i + 4);
    });
    atOnce(infilling(image, mask));
    for (let i = 0; i < mask.data.length; i++) assert.deepEqual([...image.data.subarray(4 * i, 4 * i + 4)], [90, 140, 200, 255]);
  });

  it('stays between the colours around it', () => {
    const left = plain(30, 10, [20, 20, 20, 255]);
    left.data.forEach((_, k) => {
      if ((k >> 2) % 30 >= 20 && k % 4 !== 3) left.data[k] = 220;
    });
    const mask = { width: 30, height: 10, data: Uint8Array.from({ length: 300 }, (_, i) => (i % 30 >= 10 && i % 30 < 20 ? 255 : 0)) };
    atOnce(infilling(left, mask));
    const row = Array.from({ length: 30 }, (_, x) => left.data[4 * (150 + x)] ?? 0);
    assert.ok(row.every((value) => value >= 20 && value <= 220));
    assert.ok((row[10] ?? 0) < (row[15] ?? 0) && (row[15] ?? 0) < (row[19] ?? 0));
  });

  it('gives hardly any weight to a pixel that hardly shows', () => {
    const image = plain(64, 64, [20, 60, 220, 255]);
    const mask = { width: 64, height: 64, data: Uint8Array.from({ length: 64 * 64 }, (_, i) => (Math.hypot((i % 64) - 32, Math.floor(i / 64) - 32) < 12 ? 255 : 0)) };
    image.data.set([255, 0, 0, 1], 4 * (32 * 64 + 32));
    mask.data[32 * 64 + 32] = 0;
    atOnce(infilling(image, mask));
    const [red = 0, , blue = 0] = image.data.subarray(4 * (32 * 64 + 33));
    assert.ok(red < 40 && blue > 200, `${red}, ${blue}`);
  });

  it('shows a soft pixel by as much as the mask keeps of it', () => {
    const image = plain(20, 20, [200, 200, 200, 255]);
    image.data.set([0, 0, 0, 255], 4 * (10 * 20 + 10));
    const mask = { width: 20, height: 20, data: new Uint8Array(400) };
    mask.data[10 * 20 + 10] = 51;
    atOnce(infilling(image, mask));
    assert.ok(Math.abs((image.data[4 * (10 * 20 + 10)] ?? 0) - 40) <= 1, String(image.data[4 * (10 * 20 + 10)]));
  });

  it('is grey where nothing is visible', () => {
    const clear = plain(3, 2, [9, 9, 9, 0]);
    atOnce(infilling(clear, { width: 3, height: 2, data: new Uint8Array(6) }));
    assert.deepEqual([...clear.data.subarray(0, 4)], [128, 128, 128, 255]);
  });
});

describe('the arithmetic below', () => {
  it('transforms to frequencies and back', () => {
    const random = seeded(51);
    const re = Float32Array.from({ length: 128 }, () => random.signed());
    const field = { width: 16, height: 8, re: re.slice(), im: new Float32Array(128) };
    transform(field, -1);
    let power = 0;
    for (let y = 0; y < 8; y++) for (let x = 0; x < 16; x++) power += (re[y * 16 + x] ?? 0) * Math.cos(2 * Math.PI * ((3 * x) / 16 + (2 * y) / 8));
    assert.ok(Math.abs((field.re[2 * 16 + 3] ?? 0) - power) < 1e-4);
    transform(field, 1);
    field.re.forEach((value, i) => assert.ok(Math.abs(value / 128 - (re[i] ?? 0)) < 1e-5));
  });
});
