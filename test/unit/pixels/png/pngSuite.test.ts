import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { Extent } from '../../../../src/core/geometry';
import { nodeZlib } from '../../../../src/node/zlib';
import { decodeImage } from '../../../../src/pixels/codec/decode';
import { openPng } from '../../../../src/pixels/png/rows';
import { ROOT } from '../../../support/vscode/root';
import { services } from '../codec/sampleFiles';

/** Willem van Schaik's test pictures, complete (2017), as the source of Debian's libspng has them. */
const FOLDER = path.join(ROOT, 'test/fixtures/pngsuite');

const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.png'));

/** A name tells what is tested (three letters), i for interlaced, the colour type, its letter, and the bits of a sample. */
const NAME = /^(?<feature>.{3})(?<interlacing>.)(?<colorType>\d).(?<bitDepth>\d\d)\.png$/;

/** Those that are damaged: what is wrong is in the second and third letter. */
const DAMAGED: Record<string, RegExp> = {
  xs1n0g01: /first bytes were changed/,
  xs2n0g01: /first bytes were changed/,
  xs4n0g01: /first bytes were changed/,
  xs7n0g01: /first bytes were changed/,
  xcrn0g04: /first bytes were changed/,
  xlfn0g04: /first bytes were changed/,
  xhdn0g08: /checksum of IHDR/,
  xcsn0g01: /checksum of IDAT/,
  xc1n0g08: /colour type is 1/,
  xc9n2c08: /colour type is 9/,
  xd0n2c08: /bit depth is 0/,
  xd3n2c08: /bit depth is 3/,
  xd9n2c08: /bit depth is 99/,
  xdtn0g01: /no picture data/,
};

/** All are 32 pixels a side, but those of a family of sizes and three with pixels that are not square. */
function extentOf(feature: string): Extent {
  const side = /^s\d\d$/.test(feature) ? Number(feature.slice(1)) : 32;
  return { cdf: { width: 8, height: 32 }, cdh: { width: 32, height: 8 }, cds: { width: 8, height: 8 } }[feature] ?? { width: side, height: side };
}

/** RGBA by libspng through libvips; 16-bit samples at their full depth, and rounded as exactly as can be. */
async function bySharp(png: Uint8Array, deep: boolean): Promise<Uint8Array> {
  if (!deep) return sharp(png).toColourspace('srgb').ensureAlpha().raw().toBuffer();
  const samples = await sharp(png).toColourspace('rgb16').ensureAlpha().raw({ depth: 'ushort' }).toBuffer();
  return Uint8Array.from(new Uint16Array(samples.buffer, samples.byteOffset, samples.length / 2), (sample) => Math.round(sample / 257));
}

describe('PngSuite', () => {
  it('is complete', () => {
    assert.equal(FILES.length, 175);
    assert.deepEqual(FILES.filter((file) => file.startsWith('x')), Object.keys(DAMAGED).map((name) => `${name}.png`).toSorted());
  });

  for (const file of FILES.filter((name) => !name.startsWith('x'))) {
    it(`reads ${file}`, async () => {
      const { feature = '', interlacing, colorType, bitDepth } = NAME.exec(file)?.groups ?? {};
      const png = await readFile(path.join(FOLDER, file));
      const { image, info } = await decodeImage(png, services);
      assert.deepEqual(openPng(png, nodeZlib).header, {
        ...extentOf(feature),
        colorType: Number(colorType),
        bitDepth: Number(bitDepth),
        interlaced: interlacing === 'i',
      });
      assert.deepEqual(info, { format: 'png', extent: extentOf(feature), orientation: 1, bitDepth: Number(bitDepth) });
      assert.deepEqual(Buffer.from(image.data), Buffer.from(await bySharp(png, info.bitDepth === 16)));
    });
  }

  for (const [name, message] of Object.entries(DAMAGED)) {
    it(`refuses ${name}.png`, async () => {
      const png = await readFile(path.join(FOLDER, `${name}.png`));
      await assert.rejects(decodeImage(png, services), { name: 'ImageError', reason: 'broken-image', message });
    });
  }
});
