import assert from 'node:assert/strict';
import sharp from 'sharp';
import { ImageError } from '../../../../src/core/errors';
import { nodeZlib } from '../../../../src/node/zlib';
import { concat } from '../../../../src/core/bytes';
import { chunksOf } from '../../../../src/pixels/png/chunks';
import { decodePng } from '../../../../src/pixels/png/decode';
import { buildPng, chunk, CHANNELS } from './buildPng';
import type { PngSpec } from './buildPng';

const LAYOUTS: readonly (readonly [PngSpec['colorType'], readonly number[]])[] = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
];
const PALETTE = Uint8Array.from({ length: 256 * 3 }, (_, i) => (i * 151 + (i >> 3)) & 255);

/** A sample that looks random and is the same each time. */
function noise(x: number, y: number, channel: number, bitDepth: number): number {
  return (Math.imul(x * 7919 + y * 104_729 + channel * 1299 + 17, 0x9e3779b1) >>> 7) % 2 ** bitDepth;
}

function spec(colorType: PngSpec['colorType'], bitDepth: number, width: number, height: number): PngSpec {
  const palette = colorType === 3 ? { palette: PALETTE.subarray(0, 3 * 2 ** bitDepth) } : {};
  return { width, height, colorType, bitDepth, sample: (x, y, channel) => noise(x, y, channel, bitDepth), ...palette };
}

/** What the pixels should be, by the plainest arithmetic. */
function expected({ width, height, colorType, bitDepth, sample, palette }: PngSpec): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const samples = Array.from({ length: CHANNELS[colorType] }, (_, channel) => sample(x, y, channel));
      const levels = samples.map((value) => Math.round((value * 255) / (2 ** bitDepth - 1)));
      const [a = 0, b = 0, c = 0, d = 0] = levels;
      if (colorType === 3) pixels.push(...(palette?.subarray((samples[0] ?? 0) * 3, (samples[0] ?? 0) * 3 + 3) ?? []), 255);
      else pixels.push(...(colorType === 0 ? [a, a, a, 255] : colorType === 4 ? [a, a, a, b] : [a, b, c, colorType === 2 ? 255 : d]));
    }
  }
  return pixels;
}

async function rejectsAsBroken(png: Uint8Array): Promise<void> {
  await assert.rejects(decodePng(png, nodeZlib), (error) => error instanceof ImageError && error.reason === 'broken-image');
}

describe('decodePng', () => {
  for (const [colorType, depths] of LAYOUTS) {
    for (const bitDepth of depths) {
      for (const interlaced of [false, true]) {
        it(`reads colour type ${colorType} with ${bitDepth} bits${interlaced ? ', interlaced' : ''}`, async () => {
          for (const [width, height] of [[1, 1], [3, 13], [8, 8], [33, 6]] as const) {
            const picture = spec(colorType, bitDepth, width, height);
            const png = buildPng({ ...picture, interlaced });
            const decoded = await decodePng(png, nodeZlib);
            assert.deepEqual([decoded.width, decoded.height], [width, height]);
            assert.deepEqual([...decoded.data], expected(picture));
          }
        });
      }
    }
  }

  it('agrees with libspng on every layout', async () => {
    for (const [colorType, depths] of LAYOUTS) {
      for (const bitDepth of depths) {
        const png = buildPng({ ...spec(colorType, bitDepth, 19, 23), interlaced: bitDepth === 4 });
        const ours = (await decodePng(png, nodeZlib)).data;
        const theirs = await sharp(png).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
        // libvips takes the upper byte of 16 bits, we round.
        const tolerance = bitDepth === 16 ? 1 : 0;
        assert.ok(ours.every((value, i) => Math.abs(value - (theirs[i] ?? -9)) <= tolerance), `type ${colorType}, ${bitDepth} bits`);
      }
    }
  });

  it('makes the colour transparent that tRNS names, at the stored depth', async () => {
    const grey = buildPng({ ...spec(0, 16, 2, 1), sample: (x) => 0x1200 + x, transparency: Uint8Array.of(0x12, 0x00) });
    assert.deepEqual([...(await decodePng(grey, nodeZlib)).data], [18, 18, 18, 0, 18, 18, 18, 255]);
    const shallow = buildPng({ ...spec(0, 2, 2, 1), sample: (x) => x, transparency: Uint8Array.of(0, 1) });
    assert.deepEqual([...(await decodePng(shallow, nodeZlib)).data], [0, 0, 0, 255, 85, 85, 85, 0]);
    const rgb = buildPng({ ...spec(2, 8, 2, 1), sample: (x, _, channel) => x * 100 + channel, transparency: Uint8Array.of(0, 100, 0, 101, 0, 102) });
    assert.deepEqual([...(await decodePng(rgb, nodeZlib)).data], [0, 1, 2, 255, 100, 101, 102, 0]);
    const deep = buildPng({ ...spec(2, 16, 2, 1), sample: (x, _, channel) => 257 * channel + x, transparency: Uint8Array.of(0, 0, 1, 1, 2, 2) });
    assert.deepEqual([...(await decodePng(deep, nodeZlib)).data], [0, 1, 2, 0, 0, 1, 2, 255]);
  });

  it('takes alpha for the first palette entries only, and black for those that are missing', async () => {
    const png = buildPng({ ...spec(3, 2, 4, 1), sample: (x) => x, palette: Uint8Array.of(9, 8, 7, 6, 5, 4), transparency: Uint8Array.of(77) });
    assert.deepEqual([...(await decodePng(png, nodeZlib)).data], [9, 8, 7, 77, 6, 5, 4, 255, 0, 0, 0, 255, 0, 0, 0, 255]);
  });

  it('reads every small size, interlaced or not', async () => {
    for (let side = 1; side <= 40; side++) {
      for (const interlaced of [false, true]) {
        const picture = { ...spec(3, side % 2 === 0 ? 1 : 4, side, 41 - side), interlaced };
        assert.deepEqual([...(await decodePng(buildPng(picture), nodeZlib)).data], expected(picture), `${side} px`);
      }
    }
  });

  it('reads a picture in pieces of a byte, with empty ones between', async () => {
    const picture = spec(2, 8, 3, 2);
    const whole = buildPng({ ...picture, pieces: 1000, before: [chunk('IDAT', '')] });
    assert.deepEqual([...(await decodePng(whole, nodeZlib)).data], expected(picture));
  });

  it('takes no notice of what does not change a pixel', async () => {
    const picture = spec(3, 2, 5, 3);
    const numbers = (...values: number[]): Uint8Array => Uint8Array.from(values.flatMap((value) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]));
    const before = [
      chunk('gAMA', numbers(35_000)),
      chunk('cHRM', numbers(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6000)),
      chunk('sBIT', Uint8Array.of(4, 4, 4)),
      chunk('sRGB', Uint8Array.of(0)),
      chunk('bKGD', Uint8Array.of(1)),
      chunk('hIST', Uint8Array.of(0, 1, 0, 2, 0, 3, 0, 4)),
      chunk('pHYs', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 4, 0)),
      chunk('sPLT', 'name\0\x08'),
      chunk('oFFs', new Uint8Array(9)),
      chunk('prVt', 'what only one program knows'),
    ];
    const after = [chunk('tIME', Uint8Array.of(7, 232, 2, 30, 23, 59, 60)), chunk('tEXt', 'Title\0x'), chunk('zTXt', 'Title\0\0broken'), chunk('iTXt', 'Title\0\0\0de\0Titel\0x')];
    assert.deepEqual([...(await decodePng(buildPng({ ...picture, before, after }), nodeZlib)).data], expected(picture));
  });

  it('reads pictures in many pieces, with bytes behind the end', async () => {
    const picture = spec(6, 8, 5, 4);
    const inPieces = concat([buildPng({ ...picture, pieces: 7 }), Uint8Array.of(1, 2, 3)]);
    assert.deepEqual([...(await decodePng(inPieces, nodeZlib)).data], expected(picture));
  });

  describe('of an animation', () => {
    const picture = spec(6, 8, 7, 6);
    const frame = { ...spec(6, 8, 3, 4), sample: (x: number, y: number, channel: number) => noise(x + 50, y, channel, 8) };
    const animation = chunk('acTL', '\0\0\0\x02\0\0\0\0');
    const control = (...numbers: number[]): Uint8Array => {
      const data = Buffer.alloc(26);
      numbers.forEach((value, i) => data.writeUInt32BE(value, i * 4));
      return chunk('fcTL', data);
    };
    const whole = control(0, 7, 6, 0, 0);
    const packed = (of: PngSpec): Uint8Array => concat([...chunksOf(buildPng(of))].filter(({ type }) => type === 'IDAT').map(({ data }) => data));
    const data = (of: PngSpec): Uint8Array => chunk('fdAT', concat([Uint8Array.of(0, 0, 0, 1), packed(of)]));
    const next = [control(2, 7, 6, 0, 0), chunk('fdAT', '\0\0\0\x03garbage')];
    const read = async (before: readonly Uint8Array[], after: readonly Uint8Array[], of: Partial<PngSpec> = {}): Promise<number[]> =>
      [...(await decodePng(buildPng({ ...picture, ...of, before, after }), nodeZlib)).data];

    it('reads IDAT where that is the first frame', async () => {
      assert.deepEqual(await read([animation, whole], next), expected(picture));
    });

    it('reads the first frame where IDAT is none, as every browser shows it, in its place on clear ground', async () => {
      const placed = (x: number, y: number): number[] => {
        const pixels = expected(frame);
        return Array.from({ length: 7 * 6 * 4 }, (_, i) => {
          const [left, top] = [((i >> 2) % 7) - x, Math.floor((i >> 2) / 7) - y];
          return left >= 0 && left < 3 && top >= 0 && top < 4 ? (pixels[(top * 3 + left) * 4 + (i % 4)] ?? 0) : 0;
        });
      };
      for (const interlaced of [false, true]) {
        for (const [x, y] of [[0, 0], [4, 2], [1, 2]] as const) {
          assert.deepEqual(await read([animation], [control(0, 3, 4, x, y), data({ ...frame, interlaced }), ...next], { interlaced }), placed(x, y));
        }
      }
      const rows = packed(frame);
      const inTwo = [rows.subarray(0, 9), rows.subarray(9)].map((piece) => chunk('fdAT', concat([new Uint8Array(4), piece])));
      assert.deepEqual(await read([animation], [control(0, 3, 4, 4, 2), chunk('tEXt', 'a\0b'), ...inTwo]), placed(4, 2));
    });

    it('reads IDAT where there is no frame that can be shown', async () => {
      const frames = [control(0, 3, 4, 1, 1), data(frame)];
      assert.deepEqual(await read([], frames), expected(picture));
      assert.deepEqual(await read([animation], []), expected(picture));
      assert.deepEqual(await read([animation], [data(frame)]), expected(picture));
      assert.deepEqual(await read([animation], [whole, ...next]), expected(picture));
      assert.deepEqual(await read([animation], [chunk('fcTL', 'short'), data(frame)]), expected(picture));
      for (const outside of [control(0, 3, 4, 5, 1), control(0, 3, 4, 1, 3), control(0, 0, 4, 1, 1), control(0, 3, 0, 1, 1)]) {
        assert.deepEqual(await read([animation], [outside, data(frame)]), expected(picture));
      }
    });

    it('rejects a first frame that is damaged', async () => {
      const file = buildPng({ ...picture, before: [animation], after: [whole, data(frame)] });
      await rejectsAsBroken(file);
      const sound = buildPng({ ...picture, before: [animation], after: [control(0, 3, 4, 1, 1), data(frame)] });
      sound[sound.length - 13] = (sound[sound.length - 13] as number) ^ 1;
      await rejectsAsBroken(sound);
    });
  });

  it('rejects what is damaged', async () => {
    const picture = spec(2, 8, 4, 4);
    const png = buildPng(picture);
    await rejectsAsBroken(png.subarray(0, png.length - 1));
    await rejectsAsBroken(buildPng({ ...picture, damage: (rows) => rows.subarray(0, rows.length - 1) }));
    await rejectsAsBroken(buildPng({ ...picture, filter: () => 5 }));
    await rejectsAsBroken(buildPng({ ...picture, colorType: 3, sample: () => 0 }));
    await rejectsAsBroken(buildPng({ ...picture, damage: () => new Uint8Array(1_000_000) }));
    const wrongChecksum = png.slice();
    wrongChecksum[png.length - 13] = (wrongChecksum[png.length - 13] as number) ^ 1;
    await rejectsAsBroken(wrongChecksum);
  });
});
