import assert from 'node:assert/strict';
import sharp from 'sharp';
import { compositeRow } from '../../../../src/pixels/compose/compositeRow';
import { FIXED, FREE } from '../../../../src/pixels/compose/membraneGrid';
import { seeded } from '../../../support/random';

const COUNT = 400;

describe('compositeRow', () => {
  for (const [name, opaqueEach] of [['opaque', 1], ['partly clear', 2]] as const) it(`lays a picture by a soft mask over ${name} ground as libvips does`, async () => {
    const random = seeded(5);
    const bytes = (): Uint8ClampedArray => Uint8ClampedArray.from({ length: 4 * COUNT }, () => 256 * random.uniform());
    const [above, ground] = [bytes(), bytes()];
    for (let i = 3; i < ground.length; i += 4 * opaqueEach) ground[i] = 255;
    const raw = { width: COUNT, height: 1, channels: 4 } as const;
    const theirs = await sharp(Buffer.from(ground), { raw }).composite([{ input: Buffer.from(above), raw }]).raw().toBuffer();
    const colours = Float32Array.from({ length: 3 * COUNT }, (_, i) => above[4 * Math.floor(i / 3) + (i % 3)] ?? 0);
    const opacity = Float32Array.from({ length: COUNT }, (_, i) => (above[4 * i + 3] ?? 0) / 255);
    compositeRow(new Uint32Array(ground.buffer), 0, { opacity, state: new Uint8Array(COUNT).fill(FREE) }, 0, colours, 0, new Float32Array(3 * COUNT), undefined, 0, COUNT);
    // Where almost nothing is seen, colours are rounded from almost nothing.
    ground.forEach((value, i) => assert.ok((ground[i | 3] ?? 0) < 32 || Math.abs(value - (theirs[i] ?? NaN)) <= 2, `byte ${i}: ${value} and not ${theirs[i]}`));
  });

  it('writes only what is free, and adds what the membrane says', () => {
    const canvas = new Uint8ClampedArray(8).fill(9);
    compositeRow(new Uint32Array(canvas.buffer), 0, { opacity: Float32Array.of(1, 1), state: Uint8Array.of(FIXED, FREE) }, 0, new Float32Array(6).fill(100), 0, Float32Array.of(1, 1, 1, 1, 2, 3), undefined, 0, 2);
    assert.deepEqual([...canvas], [9, 9, 9, 9, 101, 102, 103, 255]);
  });
});
