import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import sharp from 'sharp';
import { ImageError } from '../../../../src/core/errors';
import { READ_FORMATS } from '../../../../src/core/image';
import type { PixelImage, ReadFormat } from '../../../../src/core/image';
import { addProperty, writeBox } from '../../../../src/pixels/codec/avifProperty';
import { decodeImage } from '../../../../src/pixels/codec/decode';
import { encodePng } from '../../../../src/pixels/png/encode';
import { orient } from '../../../../src/pixels/transform/orient';
import { buildPng, chunk } from '../png/buildPng';
import { difference, fileOf, sample, services } from './sampleFiles';

const LOSSLESS: readonly ReadFormat[] = ['png', 'webp', 'tiff', 'bmp'];
/** The orientation that undoes another. */
const INVERSE: Record<number, number> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };

async function bySharp(file: Uint8Array): Promise<PixelImage> {
  const { data, info } = await sharp(file).toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

describe('decodeImage', () => {
  for (const format of READ_FORMATS) {
    it(`reads a ${format}`, async () => {
      const image = sample();
      const file = await fileOf(format, image);
      const decoded = await decodeImage(file, services);
      assert.equal(decoded.info.format, format);
      if (LOSSLESS.includes(format)) assert.deepEqual(decoded.image, image);
      else assert.ok(difference(decoded.image, await bySharp(file)).max <= (format === 'jpeg' ? 0 : 3));
    });

    it(`reads a ${format} of one pixel, from the middle of a larger buffer`, async () => {
      const file = await fileOf(format, sample(1, 1));
      const surrounded = new Uint8Array(file.length + 9);
      surrounded.set(file, 5);
      const { image } = await decodeImage(surrounded.subarray(5, 5 + file.length), services);
      assert.ok(difference(image, sample(1, 1)).max <= 3);
      assert.equal(image.data.buffer.byteLength, 4);
    });

    it(`gives a picture or an ImageError for a damaged ${format}`, async () => {
      const file = await fileOf(format, sample());
      const damage = fc.array(fc.record({ at: fc.nat(file.length - 1), value: fc.nat(255) }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(damage, fc.option(fc.nat(file.length)), async (changes, length) => {
          const damaged = file.slice();
          for (const { at, value } of changes) damaged[at] = value;
          try {
            const { image, info } = await decodeImage(damaged.subarray(0, length ?? file.length), services);
            assert.deepEqual({ width: image.width, height: image.height }, info.extent);
          } catch (error) {
            assert.ok(error instanceof ImageError, String(error));
          }
        }),
        { numRuns: 30 },
      );
    });
  }

  for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff', 'bmp'] as const) {
    it(`says of a ${format} that is torn in the middle that it is broken`, async () => {
      const file = await fileOf(format, sample(96, 64));
      assert.deepEqual((await decodeImage(file, services)).info.extent, { width: 96, height: 64 });
      for (const share of [0.3, 0.5, 0.8]) await assert.rejects(decodeImage(file.subarray(0, share * file.length), services), { name: 'ImageError', reason: 'broken-image' }, `${share}`);
    });
  }

  for (const format of ['png', 'jpeg', 'webp', 'tiff'] as const) {
    it(`turns a ${format} upright, once`, async () => {
      for (let turn = 1; turn <= 8; turn++) {
        const stored = orient(sample(), INVERSE[turn] ?? 1);
        const { image } = await decodeImage(await fileOf(format, stored, turn), services);
        assert.ok(difference(image, sample()).max <= (format === 'jpeg' ? 8 : 0), `orientation ${turn}`);
      }
    });
  }

  it('turns and mirrors an AVIF as libheif does', async () => {
    const avif = await fileOf('avif', sample());
    for (const turns of [undefined, 0, 1, 2, 3]) {
      for (const mirror of [undefined, 0, 1]) {
        const turned = turns === undefined ? avif : addProperty(avif, writeBox('irot', [Uint8Array.of(turns)]));
        const file = mirror === undefined ? turned : addProperty(turned, writeBox('imir', [Uint8Array.of(mirror)]));
        const { image } = await decodeImage(file, services);
        assert.ok(difference(image, await bySharp(file)).max <= 1, `${turns} turns, mirror ${mirror}`);
      }
    }
  });

  it('gives an AVIF no more memory than its header asks for, and finds it broken', async () => {
    const large = Buffer.from(await sharp({ create: { width: 3000, height: 3000, channels: 3, background: 'teal' } }).avif({ effort: 0 }).toBuffer());
    const size = large.indexOf('ispe') + 8;
    large.writeUInt32BE(16, size);
    large.writeUInt32BE(16, size + 4);
    await assert.rejects(decodeImage(large, services), { reason: 'broken-image' });
  });

  it('reads AVIFs of 10 and 12 bits, with alpha', async () => {
    const image = sample(40, 30);
    for (let i = 3; i < image.data.length; i += 4) image.data[i] = (i * 7) & 255;
    for (const bitdepth of [10, 12] as const) {
      const file = await sharp(Buffer.from(image.data), { raw: { width: 40, height: 30, channels: 4 } }).avif({ bitdepth, quality: 95, effort: 0, chromaSubsampling: '4:4:4' }).toBuffer();
      const { image: read, info } = await decodeImage(file, services);
      assert.equal(info.bitDepth, bitdepth);
      assert.ok(difference(read, await bySharp(file)).max <= 2);
    }
  });

  it('reads JPEGs in CMYK, in grey, progressive, and with RGB components', async () => {
    const image = sample(64, 48);
    const raw = sharp(Buffer.from(image.data), { raw: { width: 64, height: 48, channels: 4 } }).removeAlpha();
    // Ink by ink as libvips reads them; without a profile a pixel is what the inks leave of white.
    const cmyk = await raw.clone().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    const inks = await sharp(cmyk).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer();
    const left = inks.map((ink, i) => (i % 4 === 3 ? 255 : ((255 - ink) * (255 - (inks[i | 3] ?? 0))) / 255));
    assert.ok(difference((await decodeImage(cmyk, services)).image, { width: 64, height: 48, data: new Uint8ClampedArray(left) }).max <= 2);
    const grey = await raw.clone().greyscale().jpeg().toBuffer();
    assert.ok(difference((await decodeImage(grey, services)).image, await bySharp(grey)).max === 0);
    const progressive = await raw.clone().jpeg({ progressive: true }).toBuffer();
    assert.ok(difference((await decodeImage(progressive, services)).image, await bySharp(progressive)).max === 0);
    // The same file, which has no JFIF segment, with its components named R, G and B: what was luma is red.
    const renamed = Buffer.from(await fileOf('jpeg', image));
    const frame = renamed.indexOf(Buffer.of(0xff, 0xc0));
    const scan = renamed.indexOf(Buffer.of(0xff, 0xda));
    for (let i = 0; i < 3; i++) {
      renamed[frame + 10 + i * 3] = 'RGB'.charCodeAt(i);
      renamed[scan + 5 + i * 2] = 'RGB'.charCodeAt(i);
    }
    assert.ok(!renamed.includes('JFIF'));
    assert.ok(difference((await decodeImage(renamed, services)).image, await bySharp(renamed)).max === 0);
  });

  it('reads the first frame of an animated WebP and GIF, transparency included', async () => {
    const frames = Buffer.concat([0, 1, 2].map((frame) => Buffer.from(sample(21, 10).data.map((value, i) => (i % 4 === 3 && i % 5 === frame ? 0 : value)))));
    const animation = sharp(frames, { raw: { width: 21, height: 30, channels: 4, pageHeight: 10 } });
    for (const file of [await animation.clone().webp({ lossless: true, exact: true }).toBuffer(), await animation.clone().gif().toBuffer()]) {
      const theirs = await bySharp(file);
      assert.equal(theirs.height, 10);
      assert.deepEqual((await decodeImage(file, services)).image, theirs);
    }
  });

  it('carries the RGB profile of other formats as a PNG chunk, and no grey one', async () => {
    const image = sample();
    const raw = sharp(Buffer.from(image.data), { raw: { width: image.width, height: image.height, channels: 4 } });
    const carriedBy = async (file: Uint8Array): Promise<string[]> => (await decodeImage(file, services)).carried.chunks.map((found) => found.type);
    assert.deepEqual(await carriedBy(await raw.clone().withIccProfile('p3').jpeg().toBuffer()), ['iCCP']);
    assert.deepEqual(await carriedBy(await raw.clone().withIccProfile('p3').webp().toBuffer()), ['iCCP']);
    assert.deepEqual(await carriedBy(await raw.clone().withIccProfile('p3').avif({ effort: 0 }).toBuffer()), ['iCCP']);
    assert.deepEqual(await carriedBy(await raw.clone().withIccProfile('p3').tiff().toBuffer()), ['iCCP', 'pHYs']);
    assert.deepEqual(await carriedBy(await raw.clone().greyscale().jpeg().toBuffer()), []);
  });

  it('carries the very profile of a TIFF', async () => {
    const file = await sharp(Buffer.from(sample().data), { raw: { width: 24, height: 16, channels: 4 } }).withIccProfile('p3').tiff().toBuffer();
    const decoded = await decodeImage(file, services);
    const png = await encodePng(decoded.image, services.zlib, { carried: decoded.carried });
    assert.deepEqual((await sharp(png).metadata()).icc, (await sharp(file).metadata()).icc);
  });

  it('carries the density of JPEGs and TIFFs, turned with the picture', async () => {
    const raw = sharp(Buffer.from(sample().data), { raw: { width: 24, height: 16, channels: 4 } });
    const densityOf = async (file: Uint8Array): Promise<number | undefined> => {
      const { image, carried } = await decodeImage(file, services);
      return (await sharp(await encodePng(image, services.zlib, { carried })).metadata()).density;
    };
    assert.equal(await densityOf(await raw.clone().jpeg().withMetadata({ density: 300 }).toBuffer()), 300);
    assert.equal(await densityOf(await raw.clone().tiff({ xres: 6, yres: 6 }).toBuffer()), 152);
    // A JFIF segment of 100 pixels an inch across and 50 down, in a picture that stands on its side by what EXIF says.
    const lying = Buffer.from(await raw.clone().withMetadata({ orientation: 6, density: 100 }).jpeg().toBuffer());
    const bare = Buffer.concat([lying.subarray(0, 2), Buffer.from('ffe00010', 'hex'), Buffer.from('JFIF\0'), Buffer.from('010101006400320000', 'hex'), lying.subarray(2)]);
    const found = (await decodeImage(bare, services)).carried.chunks.find(({ type }) => type === 'pHYs');
    assert.equal(Buffer.from(found?.data ?? []).toString('hex'), '000007b100000f6101');
  });

  it('trusts the bytes and not a name, and finds a header broken that lies about the size', async () => {
    const png = buildPng({ width: 4, height: 4, colorType: 0, bitDepth: 8, sample: () => 1, after: [chunk('tEXt', 'a\0b')] });
    assert.equal((await decodeImage(png, services)).carried.chunks.length, 1);
    const webp = (await fileOf('webp', sample(9, 9))).slice();
    const canvas = Buffer.from(webp).indexOf('VP8L');
    webp[canvas + 9] = 200;
    await assert.rejects(decodeImage(webp, services), { reason: 'broken-image' });
  });
});
