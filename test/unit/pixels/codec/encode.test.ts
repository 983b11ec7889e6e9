import assert from 'node:assert/strict';
import sharp from 'sharp';
import { WRITE_FORMATS } from '../../../../src/core/image';
import type { PixelImage, WriteFormat } from '../../../../src/core/image';
import { decodeImage } from '../../../../src/pixels/codec/decode';
import { encodeImage } from '../../../../src/pixels/codec/encode';
import { inspectImage } from '../../../../src/pixels/codec/inspect';
import { carriedProfile, NOTHING_CARRIED, profileChunk } from '../../../../src/pixels/png/carried';
import { plain } from '../../../support/scene';
import { difference, sample, services } from './sampleFiles';

function encode(image: PixelImage, format: WriteFormat, quality?: number): Promise<Uint8Array> {
  return encodeImage(image, { format, ...(quality === undefined ? {} : { quality }) }, NOTHING_CARRIED, services);
}

async function bySharp(file: Uint8Array): Promise<PixelImage> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** A picture with every alpha from 0 to 255 across it. */
function fading(): PixelImage {
  const image = sample(64, 20);
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = Math.round((((i >> 2) % 64) * 255) / 63);
  return image;
}

describe('encodeImage', () => {
  for (const format of WRITE_FORMATS) {
    it(`writes a ${format} that others read as we do, near to what it was`, async () => {
      const image = sample(90, 50);
      // Below, AVIF's chroma is halved, and smoothed by libavif but not by libheif.
      const file = await encode(image, format, format === 'avif' ? 95 : undefined);
      assert.deepEqual(inspectImage(file).format, format);
      const { image: ours } = await decodeImage(file, services);
      assert.ok(difference(ours, await bySharp(file)).max <= (format === 'avif' ? 1 : 0));
      assert.ok(difference(ours, image).mean < 2, `mean difference ${difference(ours, image).mean}`);
    });
  }

  it('makes smaller files of lower quality', async () => {
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      const sizes = await Promise.all([10, 50, 95].map(async (quality) => (await encode(sample(200, 160), format, quality)).length));
      assert.deepEqual(sizes.toSorted((a, b) => a - b), sizes, format);
    }
  });

  it('keeps alpha in WebP and AVIF, and lays JPEG on white', async () => {
    const image = fading();
    const alphaOf = ({ data }: PixelImage): number[] => [...data].filter((_, i) => i % 4 === 3);
    assert.deepEqual(alphaOf((await decodeImage(await encode(image, 'webp', 50), services)).image), alphaOf(image));
    const avif = alphaOf((await decodeImage(await encode(image, 'avif', 95), services)).image);
    assert.ok(avif.every((alpha, i) => Math.abs(alpha - (alphaOf(image)[i] ?? -99)) <= 6));

    const onWhite = { ...image, data: image.data.map((value, i) => (i % 4 === 3 ? 255 : value * ((image.data[i | 3] ?? 0) / 255) + 255 - (image.data[i | 3] ?? 0))) };
    const { image: jpeg } = await decodeImage(await encode(image, 'jpeg', 98), services);
    assert.ok(difference(jpeg, onWhite).mean < 2);
  });

  it('loses nothing in a WebP of quality 100, the colour under alpha 0 included', async () => {
    const image = fading();
    const { image: back } = await decodeImage(await encode(image, 'webp', 100), services);
    assert.deepEqual(back.data, image.data);
  });

  it('carries the colour profile into every format', async () => {
    const image = fading();
    const profile = (await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }).withIccProfile('p3').png().toBuffer().then((file) => sharp(file).metadata())).icc;
    assert.ok(profile);
    const carried = { chunks: await profileChunk(profile, services.zlib) };
    for (const format of WRITE_FORMATS) {
      const file = await encodeImage(image, { format }, carried, services);
      assert.deepEqual((await sharp(file).metadata()).icc, profile, format);
      const { image: read, carried: again } = await decodeImage(file, services);
      assert.deepEqual(Buffer.from((await carriedProfile(again, services.zlib)) ?? []), profile, format);
      assert.deepEqual(read, (await decodeImage(await encode(image, format), services)).image);
    }
  });

  it('cuts a profile that is longer than a segment of a JPEG', async () => {
    const profile = Uint8Array.from({ length: 150_001 }, (_, i) => (i * 31) & 255);
    profile.set(Buffer.from('RGB '), 16);
    const file = await encodeImage(sample(), { format: 'jpeg' }, { chunks: await profileChunk(profile, services.zlib) }, services);
    assert.deepEqual((await carriedProfile((await decodeImage(file, services)).carried, services.zlib)) ?? [], Buffer.from(profile));
  });

  it('refuses a quality out of range, and a picture that the format has no numbers for', async () => {
    for (const quality of [0, 101, -5, Number.NaN]) await assert.rejects(encode(sample(), 'jpeg', quality), { reason: 'bad-argument' });
    await assert.rejects(encode(plain(16_384, 1, [1, 2, 3, 255]), 'webp'), { reason: 'too-large' });
    await assert.rejects(encode(plain(1, 65_536, [1, 2, 3, 255]), 'jpeg'), { reason: 'too-large' });
  });
});
