import assert from 'node:assert/strict';
import sharp from 'sharp';
import { compositeRow } from '../../../../src/pixels/compose/compositeRow';
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
    compositeRow(new Uint32Array(ground.buffer), 0, opacity, 0, colours, 0, undefined, 0, COUNT);
    // Where almost nothing is seen, colours are rounded from almost nothing.
    ground.forEach((value, i) => assert.ok((ground[i | 3] ?? 0) < 32 || Math.abs(value - (theirs[i] ?? NaN)) <= 2, `byte ${i}: ${value} and not ${theirs[i]}`));
  });

  it('writes nothing where there is no opacity, rounds, and keeps to black and white', () => {
    for (const alpha of [9, 255]) {
      const canvas = Uint8ClampedArray.of(9, 9, 9, alpha, 9, 9, 9, alpha, 9, 9, 9, alpha);
      compositeRow(new Uint32Array(canvas.buffer), 0, Float32Array.of(0, 1, 1), 0, Float32Array.of(1, 1, 1, 101, 102.4, 102.6, -1, 255.4, 256), 0, undefined, 0, 3);
      assert.deepEqual([...canvas], [9, 9, 9, alpha, 101, 102, 103, 255, 0, 255, 255, 255]);
    }
  });
});
