import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import sharp from 'sharp';
import type { PixelImage } from '../../../../src/core/image';
import type { Effort, Zlib } from '../../../../src/core/ports';
import { nodeZlib } from '../../../../src/node/zlib';
import { inspectImage } from '../../../../src/pixels/codec/inspect';
import { carriedChunks } from '../../../../src/pixels/png/carried';
import { chunksOf } from '../../../../src/pixels/png/chunks';
import { decodePng } from '../../../../src/pixels/png/decode';
import { encodePng } from '../../../../src/pixels/png/encode';
import { buildPng, chunk } from './buildPng';

/** Pictures of every kind: smooth, noisy, opaque, with any alpha. */
const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 12 }), seed: fc.nat(), alpha: fc.constantFrom('opaque', 'any', 'hard'), rough: fc.integer({ min: 0, max: 255 }) })
  .map(({ width, height, seed, alpha, rough }): PixelImage => {
    let state = seed;
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
      if (i % 4 < 3) return (((i >> 2) % width) * 9 + (i % 4) * 40 + (random() & rough)) & 255;
      if (alpha === 'opaque') return 255;
      return alpha === 'any' ? random() : (random() & 1) * 255;
    });
    return { width, height, data };
  });

function colorTypeOf(png: Uint8Array): number | undefined {
  return png[25];
}

describe('encodePng', () => {
  it('looks for matches only where the rows have any', async () => {
    const side = 640;
    const effortOn = async (level: (x: number, y: number) => number): Promise<Effort | undefined> => {
      let last: Effort | undefined;
      const watched: Zlib = { ...nodeZlib, deflatePieces: (pieces, effort) => nodeZlib.deflatePieces(pieces, (last = effort)) };
      const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : level((i >> 2) % side, Math.floor((i >> 2) / side))));
      const picture = { width: side, height: side, data };
      assert.deepEqual(await decodePng(await encodePng(picture, watched, {}), nodeZlib), picture);
      return last;
    };
    let state = 1;
    const noise = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
    const motif = Uint8Array.from({ length: 24 * 24 }, noise);
    assert.equal(await effortOn((_x, y) => 60 + (y >> 3) + (noise() & 15)), 'quick');
    assert.equal(await effortOn((x, y) => motif[(y % 2) * 24 + (x % 24)] as number), 'compact');
  });

  it('gives back every byte of any picture, the colour under alpha 0 included', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const back = await decodePng(await encodePng(picture, nodeZlib, {}), nodeZlib);
        assert.deepEqual(back, { width: picture.width, height: picture.height, data: picture.data });
      }),
      { numRuns: 100 },
    );
  });

  it('is read alike by libspng', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const theirs = await sharp(await encodePng(picture, nodeZlib, {})).ensureAlpha().raw().toBuffer();
        assert.deepEqual([...theirs], [...picture.data]);
      }),
      { numRuns: 25 },
    );
  });

  it('drops alpha only where all is opaque', async () => {
    const data = new Uint8ClampedArray(3 * 2 * 4).fill(255);
    assert.equal(colorTypeOf(await encodePng({ width: 3, height: 2, data }, nodeZlib, {})), 2);
    data[23] = 254;
    assert.equal(colorTypeOf(await encodePng({ width: 3, height: 2, data }, nodeZlib, {})), 6);
  });

  it('writes the recipe before the pixels, in any script', async () => {
    const recipe = JSON.stringify({ prompt: 'Nebel über dem See, 霧' });
    const png = await encodePng({ width: 1, height: 1, data: new Uint8ClampedArray(4) }, nodeZlib, { recipe });
    assert.equal(inspectImage(png).recipe, recipe);
    assert.deepEqual([...chunksOf(png)].map((found) => found.type), ['IHDR', 'iTXt', 'IDAT', 'IEND']);
  });

  it('writes profile, pixel size and text of the source again, but not its recipe, EXIF or palette', async () => {
    const source = buildPng({
      width: 2,
      height: 1,
      colorType: 2,
      bitDepth: 8,
      sample: () => 7,
      before: [chunk('pHYs', '\0\0\0\x01\0\0\0\x02\x01'), chunk('iCCP', 'name\0\0xyz'), chunk('iTXt', 'easel\0\0\0\0\0{}'), chunk('eXIf', 'II*\0')],
      after: [chunk('tEXt', 'Author\0me'), chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x/>')],
    });
    const types = async (orientation: number): Promise<string[]> => {
      const png = await encodePng(await decodePng(source, nodeZlib), nodeZlib, { carried: carriedChunks(source, orientation), recipe: '{"a":1}' });
      assert.equal(inspectImage(png).recipe, '{"a":1}');
      return [...chunksOf(png)].map((found) => found.type);
    };
    for (const orientation of [1, 6]) assert.deepEqual(await types(orientation), ['IHDR', 'iCCP', 'pHYs', 'tEXt', 'iTXt', 'IDAT', 'IEND']);
    assert.deepEqual([...(carriedChunks(source, 6).chunks.find((carried) => carried.type === 'pHYs')?.data ?? [])], [0, 0, 0, 2, 0, 0, 0, 1, 1]);
  });

  it('leaves EXIF, XMP and IPTC behind in whichever text they hide, and keeps what an author wrote', () => {
    const texts = [
      chunk('tEXt', 'Raw profile type exif\0\nexif\n 8\n4578696600004d4d'),
      chunk('zTXt', 'Raw profile type APP1\0\0packed'),
      chunk('zTXt', 'raw profile type xmp\0\0packed'),
      chunk('iTXt', 'Raw profile type iptc\0\0\0\0\0x'),
      chunk('iTXt', 'XML:com.adobe.xmp\0\x01\0\0\0packed'),
      chunk('tEXt', 'XML:com.adobe.xmp\0<x exif:GPSLatitude="52,31N"/>'),
      chunk('tEXt', 'exif:GPSLatitude\x0052/1, 31/1'),
      chunk('tEXt', 'tiff:Orientation\x006'),
      chunk('zTXt', 'Raw profile type icc\0\0packed'),
      chunk('tEXt', 'Comment\0XML:com.adobe.xmp is not in here'),
      chunk('iTXt', 'Title\0\0\0de\0Titel\0exif:'),
      chunk('zTXt', 'Exifed by\0\0packed'),
    ];
    const source = buildPng({ width: 1, height: 1, colorType: 2, bitDepth: 8, sample: () => 7, before: texts.slice(0, 6), after: texts.slice(6) });
    const carried = carriedChunks(source, 1).chunks.map(({ type, data }) => Buffer.from(chunk(type, data)));
    assert.deepEqual(carried, [texts[9], texts[8], texts[11], texts[10]].map((kept) => Buffer.from(kept ?? [])));
  });

  it('leaves a grey profile behind, as the new picture is RGB', () => {
    const source = buildPng({ width: 1, height: 1, colorType: 0, bitDepth: 8, sample: () => 7, before: [chunk('iCCP', 'name\0\0xyz'), chunk('gAMA', '\0\0\xb1\x8f')] });
    assert.deepEqual(carriedChunks(source, 1).chunks.map((carried) => carried.type), ['gAMA']);
  });
});
