import sharp from 'sharp';
import type { Extent } from '../../../src/core/geometry';
import type { PixelImage } from '../../../src/core/image';
import { seeded } from '../random';

/** FNV-1a of a text: the seed of everything that is drawn for it. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

type Colour = readonly [number, number, number];

/** A scene of a sky, hills and a few discs; the same seed and size give the same pixels. */
export function drawScene({ width, height }: Extent, seed: number): PixelImage {
  const random = seeded(seed);
  const colour = (): Colour => [random.uniform() * 255, random.uniform() * 255, random.uniform() * 255];
  const top = colour();
  const bottom = colour();
  const hill = colour();
  const frequency = 3 + random.uniform() * 6;
  const phase = random.uniform() * 6;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let x = 0; x < width; x++) {
    const ridge = height * (0.65 + 0.12 * Math.sin((x / width) * frequency + phase) + 0.03 * Math.sin((x / width) * frequency * 5.3));
    for (let y = 0; y < height; y++) {
      const t = y / height;
      // A faint weave that nowhere repeats: registration needs texture in every area, as a real picture has it.
      const weave = 7 * Math.sin(x * 0.31 + 4 * Math.sin(y * 0.023 + x * 0.011 + phase)) * Math.sin(y * 0.27 + 5 * Math.sin(x * 0.017 - y * 0.007));
      const at = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) {
        const sky = (top[c] as number) * (1 - t) + (bottom[c] as number) * t;
        data[at + c] = weave + (y > ridge ? 0.7 * (hill[c] as number) + 0.3 * sky : sky);
      }
      data[at + 3] = 255;
    }
  }
  const image = { width, height, data };
  for (let i = 0; i < 6; i++) drawDisc(image, random.uniform() * width, random.uniform() * height, (0.03 + random.uniform() * 0.09) * Math.min(width, height), colour());
  return image;
}

/** Paints a soft disc, also outside the mask: the mask decides what of it stays. */
function drawDisc(image: PixelImage, centreX: number, centreY: number, radius: number, colour: Colour): void {
  for (let y = Math.max(0, Math.floor(centreY - radius)); y < Math.min(image.height, centreY + radius); y++) {
    for (let x = Math.max(0, Math.floor(centreX - radius)); x < Math.min(image.width, centreX + radius); x++) {
      const cover = Math.min(1, Math.max(0, radius - Math.hypot(x - centreX, y - centreY)));
      const at = (y * image.width + x) * 4;
      for (let c = 0; c < 3; c++) image.data[at + c] = (image.data[at + c] as number) * (1 - cover) + (colour[c] as number) * cover;
    }
  }
}

/**
 * The picture with what is to be drawn (255 in `draw`) continued from its surroundings, and discs on it from the seed.
 * Push-pull interpolation (Gortler et al., The Lumigraph, 1996) over a pyramid.
 */
export function continueInto(image: PixelImage, draw: Uint8Array, seed: number): PixelImage {
  const { width, height } = image;
  const planes = new Float32Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    if ((draw[i] as number) >= 128) continue;
    for (let c = 0; c < 3; c++) planes[i * 4 + c] = image.data[i * 4 + c] as number;
    planes[i * 4 + 3] = 1;
  }
  const filled = pushPull(planes, width, height);
  const painted: PixelImage = { width, height, data: new Uint8ClampedArray(image.data.length) };
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) painted.data[i * 4 + c] = filled[i * 4 + c] as number;
    painted.data[i * 4 + 3] = 255;
  }
  const random = seeded(seed);
  for (let i = 0; i < 12; i++) {
    drawDisc(painted, random.uniform() * width, random.uniform() * height, (0.02 + random.uniform() * 0.05) * Math.min(width, height), [
      random.uniform() * 255,
      random.uniform() * 255,
      random.uniform() * 255,
    ]);
  }
  for (let i = 0; i < width * height; i++) {
    if ((draw[i] as number) < 128) painted.data.set(image.data.subarray(i * 4, i * 4 + 4), i * 4);
  }
  return painted;
}

/** Fills cells of weight 0 from a level of half the size. Each cell is [r, g, b, weight], the colour not multiplied by the weight. */
function pushPull(cells: Float32Array, width: number, height: number): Float32Array {
  if (width <= 1 || height <= 1) return cells;
  const w = Math.ceil(width / 2);
  const h = Math.ceil(height / 2);
  const half = new Float32Array(w * h * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      if (cells[from + 3] === 0) continue;
      const to = ((y >> 1) * w + (x >> 1)) * 4;
      for (let c = 0; c < 3; c++) half[to + c] = (half[to + c] as number) + (cells[from + c] as number);
      half[to + 3] = (half[to + 3] as number) + 1;
    }
  }
  for (let i = 0; i < half.length; i += 4) {
    const weight = half[i + 3] as number;
    if (weight === 0) continue;
    for (let c = 0; c < 3; c++) half[i + c] = (half[i + c] as number) / weight;
    half[i + 3] = 1;
  }
  const coarse = pushPull(half, w, h);
  for (let y = 0; y < height; y++) {
    const v = Math.min(h - 1, Math.max(0, y / 2 - 0.25));
    const above = Math.floor(v) * w;
    const below = Math.min(h - 1, Math.floor(v) + 1) * w;
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 4;
      if (cells[to + 3] !== 0) continue;
      const u = Math.min(w - 1, Math.max(0, x / 2 - 0.25));
      const left = Math.floor(u);
      const right = Math.min(w - 1, left + 1);
      for (let c = 0; c < 3; c++) {
        const at = (cell: number): number => coarse[cell * 4 + c] as number;
        const upper = at(above + left) * (1 - u + left) + at(above + right) * (u - left);
        const lower = at(below + left) * (1 - u + left) + at(below + right) * (u - left);
        const t = v - Math.floor(v);
        cells[to + c] = upper * (1 - t) + lower * t;
      }
      cells[to + 3] = 1;
    }
  }
  return cells;
}

/** Decodes to upright RGBA of exactly `extent`. */
export async function decode(bytes: Uint8Array, extent: Extent): Promise<PixelImage> {
  const raw = await sharp(bytes).rotate().resize(extent.width, extent.height, { fit: 'fill' }).ensureAlpha().raw().toBuffer();
  return { ...extent, data: new Uint8ClampedArray(raw.buffer, raw.byteOffset, raw.length) };
}

/** Which pixels a mask says are to be drawn: 255 or 0 each. */
export async function decodeMask(bytes: Uint8Array, extent: Extent, convention: 'alpha' | 'brightness'): Promise<Uint8Array> {
  // Nearest neighbour and no alpha handling: resampling would bleed the colour of one side of the mask into the other.
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const draw = new Uint8Array(extent.width * extent.height);
  for (let y = 0; y < extent.height; y++) {
    for (let x = 0; x < extent.width; x++) {
      const sx = Math.floor(((x + 0.5) * info.width) / extent.width);
      const sy = Math.floor(((y + 0.5) * info.height) / extent.height);
      const at = (sy * info.width + sx) * 4;
      const drawn = convention === 'alpha' ? data[at + 3] === 0 : (data[at] as number) >= 128;
      draw[y * extent.width + x] = drawn ? 255 : 0;
    }
  }
  return draw;
}

/** Encodes quickly: the bytes travel over loopback only. */
export async function encode(image: PixelImage, format: 'png' | 'jpeg' | 'webp' | 'gif' | 'svg'): Promise<Buffer> {
  if (format === 'svg') {
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${image.width}" height="${image.height}"><script>alert(1)</script><rect width="9" height="9"/></svg>`);
  }
  const picture = sharp(image.data, { raw: { width: image.width, height: image.height, channels: 4 } });
  switch (format) {
    case 'png':
      return picture.png({ compressionLevel: 1 }).toBuffer();
    case 'jpeg':
      return picture.removeAlpha().jpeg({ quality: 90 }).toBuffer();
    case 'webp':
      return picture.webp({ quality: 90, effort: 0 }).toBuffer();
    case 'gif':
      return picture.gif({ effort: 1 }).toBuffer();
  }
}
