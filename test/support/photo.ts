import sharp from 'sharp';

/** A drawn photograph: 8-bit RGB, row by row from the top left, upright. */
export interface Photo {
  width: number;
  height: number;
  data: Uint8Array;
}

type Colour = readonly [number, number, number];

const ZENITH: Colour = [58, 104, 168];
const HORIZON: Colour = [250, 205, 160];
const FAR: Colour = [128, 146, 178];
const NEAR: Colour = [24, 42, 38];
const RIDGES = 4;

/** Draws mountains at dawn with haze, a sun and film grain: gradients, edges and fine detail as in a photograph, the same at every call. */
export function drawPhoto(width: number, height: number): Photo {
  const data = new Uint8Array(width * height * 3);
  for (let x = 0; x < width; x++) {
    const tops = Array.from({ length: RIDGES }, (_, ridge) => 0.42 + 0.13 * ridge - (0.2 - 0.03 * ridge) * fractal((x / width) * (2.5 + ridge) + 17 * ridge, ridge));
    for (let y = 0; y < height; y++) {
      const v = y / height;
      const colour = landscape(x / width, v, tops);
      const grain = (noise(x, y, 99) - 0.5) * 14;
      for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = Math.max(0, Math.min(255, Math.round((colour[c] ?? 0) + grain)));
    }
  }
  return { width, height, data };
}

/** The photograph as a file. */
export function encodePhoto({ width, height, data }: Photo, format: 'png' | 'jpeg'): Promise<Buffer> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  return (format === 'png' ? picture.png() : picture.jpeg({ quality: 88 })).toBuffer();
}

/** Colour at (u, v) in 0–1; the nearest ridge whose top is above the point hides what lies behind it. */
function landscape(u: number, v: number, tops: readonly number[]): Colour {
  for (let ridge = RIDGES - 1; ridge >= 0; ridge--) {
    const top = tops[ridge] ?? 1;
    if (v < top) continue;
    const depth = ridge / (RIDGES - 1);
    const texture = 0.82 + 0.36 * fractal2(u * 40 * (1 + depth), v * 60 * (1 + depth), ridge);
    const haze = Math.min(0.5, (v - top) * 1.6) * (1 - depth);
    return scale(mix(mix(FAR, NEAR, depth), HORIZON, haze), texture);
  }
  const sun = Math.exp(-(((u - 0.68) * 1.5) ** 2 + (v - 0.3) ** 2) * 90);
  const cloud = 0.3 * Math.max(0, fractal2(u * 5, v * 16, 7) - 0.45);
  return mix(mix(ZENITH, HORIZON, Math.min(1, v * 2.1)), [255, 250, 235], Math.min(1, sun + cloud));
}

function mix(a: Colour, b: Colour, t: number): Colour {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function scale(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

/** A repeatable random number in 0–1 for a lattice point. */
function noise(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(seed, 2_147_483_647);
  h = Math.imul(h ^ (h >>> 13), 1_274_126_177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Value noise: lattice noise, smoothly interpolated. */
function smooth(x: number, y: number, seed: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [ease(x - x0), ease(y - y0)];
  const top = noise(x0, y0, seed) * (1 - fx) + noise(x0 + 1, y0, seed) * fx;
  const bottom = noise(x0, y0 + 1, seed) * (1 - fx) + noise(x0 + 1, y0 + 1, seed) * fx;
  return top * (1 - fy) + bottom * fy;
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

/** Fractal noise in 0–1: octaves of halving weight and doubling frequency. */
function fractal2(x: number, y: number, seed: number): number {
  let sum = 0;
  for (let octave = 0; octave < 5; octave++) sum += smooth(x * 2 ** octave, y * 2 ** octave, seed + octave) / 2 ** (octave + 1);
  return sum;
}

function fractal(x: number, seed: number): number {
  return fractal2(x, 0, seed + 31);
}
