import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import sharp from 'sharp';
import { ICON_NAMES, type IconName } from '../../../../src/core/icons';
import type { PixelImage } from '../../../../src/core/image';
import { nodeZlib } from '../../../../src/node/zlib';
import { encodeIcns, pack } from '../../../../src/pixels/icons/icns';
import { encodeIco } from '../../../../src/pixels/icons/ico';
import { drawIconSet } from '../../../../src/pixels/icons/iconSet';

type Rgba = readonly [number, number, number, number];

function drawn(width: number, height: number, colour: (x: number, y: number) => Rgba): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 4);
  return { width, height, data };
}

async function iconsOf(image: PixelImage): Promise<Readonly<Record<IconName, Buffer>>> {
  const files = await drawIconSet(image, nodeZlib, async () => {});
  assert.deepEqual(files.map(({ name }) => name), ICON_NAMES);
  return Object.fromEntries(files.map(({ name, bytes }) => [name, Buffer.from(bytes)])) as Record<IconName, Buffer>;
}

/** The bitmaps of an ICO file, by Microsoft's layout. */
function icoPictures(ico: Buffer): { readonly edge: number; readonly pixel: (x: number, y: number) => Rgba; readonly masked: (x: number, y: number) => boolean }[] {
  assert.deepEqual([ico.readUInt16LE(0), ico.readUInt16LE(2)], [0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + index * 16;
    const edge = ico.readUInt8(at);
    const start = ico.readUInt32LE(at + 12);
    assert.deepEqual([ico.readInt32LE(start + 4), ico.readInt32LE(start + 8), ico.readUInt16LE(start + 14)], [edge, edge * 2, 32]);
    const pixels = start + 40;
    const maskRow = Math.ceil(edge / 32) * 4;
    assert.equal(ico.readUInt32LE(at + 8), 40 + edge * edge * 4 + maskRow * edge);
    return {
      edge,
      pixel: (x, y): Rgba => {
        const i = pixels + ((edge - 1 - y) * edge + x) * 4;
        return [ico.readUInt8(i + 2), ico.readUInt8(i + 1), ico.readUInt8(i), ico.readUInt8(i + 3)];
      },
      masked: (x, y) => (ico.readUInt8(pixels + edge * edge * 4 + (edge - 1 - y) * maskRow + (x >> 3)) & (0x80 >> (x & 7))) !== 0,
    };
  });
}

function icnsEntries(icns: Buffer): Map<string, Buffer> {
  assert.equal(icns.toString('latin1', 0, 4), 'icns');
  assert.equal(icns.readUInt32BE(4), icns.length);
  const entries = new Map<string, Buffer>();
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) entries.set(icns.toString('latin1', at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
  return entries;
}

async function decoded(png: Buffer): Promise<{ readonly width: number; readonly height: number; readonly pixel: (x: number, y: number) => Rgba }> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixel: (x, y) => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)] as unknown as Rgba };
}

const BLUE: Rgba = [30, 60, 200, 255];
const CLEAR: Rgba = [0, 0, 0, 0];
/** A disc of 300 pixels on nothing, off the middle. */
const disc = drawn(600, 500, (x, y) => (Math.hypot(x - 200, y - 180) < 150 ? BLUE : CLEAR));

describe('encodeIco', () => {
  it('keeps colours, alpha and the mask, from 1 to 256 pixels', () => {
    const small = drawn(3, 3, (x, y) => [x * 80, y * 80, 7, (x + y) * 60]);
    const large = drawn(256, 256, (x) => [x, 0, 0, 255]);
    const ico = Buffer.from(encodeIco([small, large]));
    assert.equal(ico.readUInt8(6 + 16), 0);
    const [first] = icoPictures(Buffer.from(encodeIco([small])));
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < 3; x++) {
        assert.deepEqual(first?.pixel(x, y), [x * 80, y * 80, 7, (x + y) * 60]);
        assert.equal(first.masked(x, y), x + y === 0);
      }
    }
  });
});

describe('pack', () => {
  it('is undone by what readers do', () => {
    const runs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 200 })), { maxLength: 12 }).map((parts) => Uint8Array.from(parts.flatMap(([value, length]) => Array.from({ length }, () => value))));
    fc.assert(
      fc.property(fc.oneof(runs, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const packed = pack(bytes);
        const back: number[] = [];
        for (let at = 0; at < packed.length; ) {
          const head = packed[at] ?? 0;
          if (head >= 128) back.push(...Array.from({ length: head - 125 }, () => packed[at + 1] ?? 0));
          else back.push(...packed.slice(at + 1, at + 2 + head));
          at += head >= 128 ? 2 : head + 2;
        }
        assert.deepEqual(back, [...bytes]);
      }),
    );
  });

  it('stands in a file whose lengths add up', () => {
    assert.deepEqual([...icnsEntries(Buffer.from(encodeIcns([{ type: 'abcd', data: Uint8Array.of(1, 2) }]))).entries()], [['abcd', Buffer.of(1, 2)]]);
  });
});

describe('drawIconSet', () => {
  it('trims nothing but margins where pixels are few, and keeps transparency', async () => {
    const icons = await iconsOf(disc);
    const pictures = icoPictures(icons['favicon.ico']);
    assert.deepEqual(pictures.map(({ edge }) => edge), [16, 32, 48]);
    for (const { edge, pixel } of pictures) {
      assert.deepEqual(pixel(edge / 2, edge / 2), BLUE);
      assert.equal(pixel(0, 0)[3], 0);
      assert.ok(pixel(edge / 2, 0)[3] > 100, 'the disc reaches the edge');
    }
    const any = await decoded(icons['icon-512.png']);
    assert.deepEqual([any.width, any.height, any.pixel(2, 2)[3]], [512, 512, 0]);
  });

  it('fills what a home screen and a launcher cut, the subject in the safe zone', async () => {
    const icons = await iconsOf(disc);
    for (const [name, edge] of [['apple-touch-icon.png', 180], ['icon-maskable-512.png', 512]] as const) {
      const { width, pixel } = await decoded(icons[name]);
      assert.deepEqual([width, pixel(0, 0)], [edge, [255, 255, 255, 255]], name);
    }
    const { pixel } = await decoded(icons['icon-maskable-512.png']);
    for (let y = 0; y < 512; y++) {
      for (let x = 0; x < 512; x++) if (Math.hypot(x - 255.5, y - 255.5) > 0.4 * 512 + 3) assert.ok(pixel(x, y)[0] > 245, `${x},${y}`);
    }
  });

  it('puts a light subject on a dark ground', async () => {
    const icons = await iconsOf(drawn(200, 200, (x, y) => (Math.hypot(x - 100, y - 100) < 80 ? [250, 250, 250, 255] : CLEAR)));
    assert.ok((await decoded(icons['apple-touch-icon.png'])).pixel(0, 0)[0] < 60);
  });

  it('pads a plain ground with its colour, and crops a picture that fills its frame', async () => {
    const plain = await iconsOf(drawn(400, 200, (x, y) => (Math.abs(x - 200) < 60 && Math.abs(y - 100) < 60 ? BLUE : [240, 230, 220, 255])));
    assert.deepEqual((await decoded(plain['icon-192.png'])).pixel(5, 5), [240, 230, 220, 255]);
    const stripes = await iconsOf(drawn(400, 200, (x) => [(x * 37) % 255, x < 100 || x >= 300 ? 0 : 200, (x * 91) % 255, 255]));
    const { pixel } = await decoded(stripes['icon-512.png']);
    assert.ok(pixel(0, 256)[1] > 100 && pixel(511, 256)[1] > 100);
  });

  it('puts into an ICNS what the picture has pixels for', async () => {
    const entries = icnsEntries((await iconsOf(disc))['icon.icns']);
    assert.deepEqual([...entries.keys()], ['is32', 's8mk', 'il32', 'l8mk', 'ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14']);
    assert.equal(entries.get('s8mk')?.length, 256);
    for (const [type, edge] of [['ic11', 32], ['ic12', 64], ['ic07', 128], ['ic08', 256], ['ic13', 256], ['ic09', 512], ['ic14', 512]] as const) {
      assert.equal((await sharp(entries.get(type)).metadata()).width, edge, type);
    }
    const tiny = icnsEntries((await iconsOf(drawn(10, 10, () => BLUE)))['icon.icns']);
    assert.ok(tiny.has('ic07') && !tiny.has('ic08'));
  });
});
