import assert from 'node:assert/strict';
import sharp from 'sharp';
import { READ_FORMATS } from '../../../../src/core/image';
import { inspectImage } from '../../../../src/pixels/codec/inspect';
import { concat } from '../../../../src/core/bytes';
import { PNG_SIGNATURE } from '../../../../src/pixels/png/chunks';
import { buildPng, chunk } from '../png/buildPng';
import { fileOf, sample } from './sampleFiles';

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function pngHeader(width: number, height: number, bitDepth: number): Uint8Array {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr[8] = bitDepth;
  return chunk('IHDR', ihdr);
}

/** An EXIF block that names an orientation, in either byte order. */
function exif(orientation: number, order: 'II' | 'MM'): Uint8Array {
  const big = order === 'MM';
  const short = (value: number): number[] => (big ? [value >> 8, value & 255] : [value & 255, value >> 8]);
  const long = (value: number): number[] => (big ? [0, 0, ...short(value)] : [...short(value), 0, 0]);
  return Uint8Array.from([...Buffer.from(order), ...short(42), ...long(8), ...short(1), ...short(0x112), ...short(3), ...long(1), ...short(orientation), 0, 0, ...long(0)]);
}

/** A little-endian TIFF in which a tag that holds one short says something else. */
function withTiffValue(file: Buffer, tag: number, value: number): Buffer {
  const copy = Buffer.from(file);
  const directory = copy.readUInt32LE(4);
  for (let entry = directory + 2; entry < directory + 2 + 12 * copy.readUInt16LE(directory); entry += 12) {
    if (copy.readUInt16LE(entry) === tag) copy.writeUInt16LE(value, entry + 8);
  }
  return copy;
}

describe('inspectImage', () => {
  for (const format of READ_FORMATS) {
    it(`reads the size of a ${format}`, async () => {
      const { format: told, extent, orientation } = inspectImage(await fileOf(format, sample(37, 21)));
      assert.deepEqual({ told, extent, orientation }, { told: format, extent: { width: 37, height: 21 }, orientation: 1 });
    });

    it(`finds a ${format} that is cut off anywhere to be broken, or no image`, async () => {
      const file = await fileOf(format, sample(37, 21));
      // A GIF is complete once its first frame is, and a BMP's last row may be padding.
      const complete = { gif: file.length - 20, tiff: 8 }[format as string] ?? file.length - 1;
      for (let length = 1; length < complete; length += 7) {
        assert.throws(() => inspectImage(file.subarray(0, length)), { name: 'ImageError', reason: /^(broken-image|not-an-image)$/ }, `${length} bytes`);
      }
    });
  }

  for (const format of ['jpeg', 'webp', 'tiff', 'png'] as const) {
    it(`reads the orientation of a ${format}`, async () => {
      for (let turn = 1; turn <= 8; turn++) {
        const { orientation, extent } = inspectImage(await fileOf(format, sample(24, 16), turn));
        assert.equal(orientation, turn);
        assert.deepEqual(extent, turn >= 5 ? { width: 16, height: 24 } : { width: 24, height: 16 });
      }
    });
  }

  it('reads eXIf in both byte orders, and takes nonsense for upright', () => {
    const withExif = (data: Uint8Array): number =>
      inspectImage(buildPng({ width: 2, height: 1, colorType: 0, bitDepth: 8, sample: () => 0, after: [chunk('eXIf', data)] })).orientation;
    assert.equal(withExif(exif(6, 'II')), 6);
    assert.equal(withExif(exif(8, 'MM')), 8);
    assert.equal(withExif(exif(9, 'II')), 1);
    assert.equal(withExif(exif(6, 'II').subarray(0, 20)), 1);
    assert.equal(withExif(new Uint8Array(0)), 1);
  });

  it('tells the bits of a channel', async () => {
    assert.equal(inspectImage(buildPng({ width: 1, height: 1, colorType: 2, bitDepth: 16, sample: () => 1 })).bitDepth, 16);
    const deep = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer();
    assert.equal(inspectImage(deep).bitDepth, 16);
  });

  it('refuses a bomb from its header alone', () => {
    const bomb = concat([PNG_SIGNATURE, pngHeader(20_000, 20_000, 1), chunk('IDAT', ''), chunk('IEND', '')]);
    assert.throws(() => inspectImage(bomb), { reason: 'too-large' });
    const endless = concat([PNG_SIGNATURE, pngHeader(0xffffffff, 0xffffffff, 8), chunk('IDAT', ''), chunk('IEND', '')]);
    assert.throws(() => inspectImage(endless), { reason: 'too-large' });
    const atTheLimit = concat([PNG_SIGNATURE, pngHeader(8192, 8192, 1), chunk('IDAT', ''), chunk('IEND', '')]);
    assert.deepEqual(inspectImage(atTheLimit).extent, { width: 8192, height: 8192 });
  });

  it('finds a JPEG broken whose header promises far more than its data can hold', async () => {
    const file = Buffer.from(await fileOf('jpeg', sample()));
    const frame = file.indexOf(Buffer.of(0xff, 0xc0));
    file.writeUInt16BE(8000, frame + 5);
    file.writeUInt16BE(8000, frame + 7);
    assert.throws(() => inspectImage(file), { reason: 'broken-image' });
  });

  it('finds a JPEG broken that is cut into thousands of scans', async () => {
    const file = Buffer.from(await fileOf('jpeg', sample()));
    const scan = file.subarray(file.indexOf(Buffer.of(0xff, 0xda)), -2);
    const many = concat([file.subarray(0, -2), ...Array.from({ length: 100 }, () => scan), Uint8Array.of(0xff, 0xd9)]);
    assert.throws(() => inspectImage(many), { reason: 'broken-image' });
  });

  it('finds a TIFF broken whose strips or tiles make no sense', async () => {
    const image = sample(40, 40);
    const pipeline = sharp(Buffer.from(image.data), { raw: { width: 40, height: 40, channels: 4 } }).removeAlpha();
    const tiled = Buffer.from(await pipeline.clone().tiff({ tile: true, tileWidth: 16, tileHeight: 16, compression: 'lzw' }).toBuffer());
    const plain = Buffer.from(await pipeline.clone().tiff({ compression: 'none' }).toBuffer());
    const byJpeg = Buffer.from(await pipeline.clone().tiff({ compression: 'jpeg' }).toBuffer());
    for (const whole of [tiled, plain, byJpeg]) assert.deepEqual(inspectImage(whole).extent, { width: 40, height: 40 });
    for (const [file, tag, value] of [
      [tiled, 322, 0],
      [tiled, 323, 0],
      [tiled, 322, 8],
      [plain, 277, 0],
      [plain, 277, 60_000],
      [plain, 278, 0],
      [plain, 278, 1],
      [plain, 257, 4000],
    ] as const) {
      assert.throws(() => inspectImage(withTiffValue(file, tag, value)), { reason: 'broken-image' }, `${tag} is ${value}`);
    }
    const frame = byJpeg.indexOf(Buffer.of(0xff, 0xc0));
    byJpeg.writeUInt16BE(50_000, frame + 5);
    assert.throws(() => inspectImage(byJpeg), { reason: 'broken-image' });
  });

  it('finds a BMP broken that promises more colours than it holds', async () => {
    const file = Buffer.from(await fileOf('bmp', sample()));
    file.writeUInt32LE(30_000_000, 46);
    assert.throws(() => inspectImage(file), { reason: 'broken-image' });
  });

  it('says what a file is that is no picture', () => {
    for (const [text, words] of [
      ['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
      ['<!DOCTYPE html><title>404</title>', /HTML/],
      ['\0\0\0\x20ftypheic\0\0\0\0mif1', /HEIC/],
      ['# A heading\n', /no picture/],
      ['version https://git-lfs.github.com/spec/v1\n', /Git LFS/],
      ['RIFF\0\0\0\0WAVE', /no picture/],
    ] as const) {
      assert.throws(() => inspectImage(bytesOf(text)), (error: Error) => 'reason' in error && error.reason === 'not-an-image' && words.test(error.message), text);
    }
    assert.throws(() => inspectImage(new Uint8Array(0)), { reason: 'broken-image' });
  });

  it('finds headers broken that make no sense', () => {
    const bad = (...parts: Uint8Array[]): Uint8Array => concat([PNG_SIGNATURE, ...parts, chunk('IDAT', 'x'), chunk('IEND', '')]);
    for (const file of [bad(pngHeader(0, 5, 8)), bad(pngHeader(5, 5, 3)), bad(), bytesOf('GIF89a'), bytesOf('BM'), bytesOf('II*\0\x08\0\0\0\0\0'), bytesOf('\xff\xd8\xff\xd9')]) {
      assert.throws(() => inspectImage(file), { reason: 'broken-image' });
    }
  });
});
