import assert from 'node:assert/strict';
import decodeIco from 'decode-ico';
import { parse } from 'icns-lib';
import sharp from 'sharp';
import { nodeZlib } from '../../../../src/node/zlib';
import { drawIconSet } from '../../../../src/pixels/icons/iconSet';

const EDGE = 600;
const BLUE = [30, 60, 200, 255];

/** A blue square on nothing. */
function square(): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> } {
  const data = new Uint8ClampedArray(EDGE * EDGE * 4);
  for (let y = 150; y < 450; y += 1) for (let x = 150; x < 450; x += 1) data.set(BLUE, (y * EDGE + x) * 4);
  return { width: EDGE, height: EDGE, data };
}

// By programs that share no line with Easel.
describe('an icon set', () => {
  let files: ReadonlyMap<string, Uint8Array>;
  before(async () => {
    files = new Map((await drawIconSet(square(), nodeZlib, async () => {})).map(({ name, bytes }) => [name, bytes]));
  });

  it('is read by decode-ico: three bitmaps, the subject in the middle of each', () => {
    const pictures = decodeIco(files.get('favicon.ico') ?? new Uint8Array());
    assert.deepEqual(pictures.map(({ width, height, bpp }) => [width, height, bpp]), [[16, 16, 32], [32, 32, 32], [48, 48, 32]]);
    for (const { width, data } of pictures) {
      const middle = (width * (width / 2) + width / 2) * 4;
      assert.deepEqual([...data.subarray(middle, middle + 4)], BLUE, `${width}`);
    }
  });

  it('is read by icns-lib, and each of its PNGs by sharp', async () => {
    const entries = parse(files.get('icon.icns') ?? new Uint8Array());
    const sizes: [string, number | undefined][] = [];
    for (const [type, bytes] of Object.entries(entries)) {
      if (type.startsWith('ic')) sizes.push([type, (await sharp(bytes).metadata()).width]);
    }
    assert.deepEqual(Object.fromEntries(sizes), { ic07: 128, ic08: 256, ic09: 512, ic11: 32, ic12: 64, ic13: 256, ic14: 512 });
  });
});
