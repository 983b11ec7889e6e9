import type { PixelImage } from '../../src/core/image';
import { alphaAsColours } from '../../src/pixels/compose/clearParts';
import { isOpaque } from '../../src/pixels/transform/words';
import { quantiseBlocks } from './jpegish';
import { seeded } from './random';
import type { Random } from './random';

/**
 * How badly a model redraws what it was to keep.
 * - `mild`: re-toned by 2 %, moved by under a pixel.
 * - `brief`: gain and gamma ±5 % per channel, moved 1–3 px, ±0.5 % scale, noise, block quantisation.
 * - `hard`: `brief` with uneven light, a small warp and blur.
 * - `redraw`: `hard` with its fine texture drawn anew.
 * - `soft`: `brief`, but blurred and without noise, as a model that knows no grain.
 * - `far`: moved by up to 14 px, ±2 % scale, tones ±12 %.
 * - `worst`: `redraw`, moved by up to 10 px, ±1.5 % scale, half a degree of turn, tones ±10 %, light twice as uneven, three times the warp.
 */
export const REDRAW_KINDS = ['mild', 'brief', 'hard', 'redraw', 'soft', 'far', 'worst'] as const;
export type RedrawKind = (typeof REDRAW_KINDS)[number];

/** Red, green and blue. */
type Planes = [Float32Array, Float32Array, Float32Array];

interface Severity {
  /** Largest relative change of gain and gamma. */
  readonly tone: number;
  /** Least and largest shift along each axis, in pixels. */
  readonly shift: readonly [number, number];
  /** Largest relative change of scale. */
  readonly scale: number;
  /** Largest rotation, in radians. */
  readonly turn: number;
  /** Standard deviation of the noise, in levels. */
  readonly noise: number;
  /** Largest relative change by uneven light. */
  readonly light: number;
  /** Amplitude of the warp, in pixels. */
  readonly warp: number;
  /** Standard deviation of the blur, in pixels; 0 for none. */
  readonly blur: number;
  /** Whether the fine texture is drawn anew. */
  readonly retexture: boolean;
  /** Step of the block quantisation, in levels; 0 for none. */
  readonly blocks: number;
}

const SEVERITY: Record<RedrawKind, Severity> = {
  mild: { tone: 0.02, shift: [0, 0.8], scale: 0, turn: 0, noise: 0.8, light: 0, warp: 0, blur: 0, retexture: false, blocks: 0 },
  brief: { tone: 0.05, shift: [1, 3], scale: 0.005, turn: 0, noise: 1.5, light: 0, warp: 0, blur: 0, retexture: false, blocks: 3 },
  hard: { tone: 0.05, shift: [1, 3], scale: 0.005, turn: 0, noise: 1.5, light: 0.06, warp: 0.7, blur: 0.7, retexture: false, blocks: 3 },
  redraw: { tone: 0.05, shift: [1, 3], scale: 0.005, turn: 0, noise: 1.5, light: 0.06, warp: 0.7, blur: 0.7, retexture: true, blocks: 3 },
  soft: { tone: 0.05, shift: [1, 3], scale: 0.005, turn: 0, noise: 0, light: 0, warp: 0, blur: 1, retexture: false, blocks: 0 },
  far: { tone: 0.12, shift: [6, 14], scale: 0.02, turn: 0, noise: 1.5, light: 0, warp: 0.7, blur: 0, retexture: false, blocks: 3 },
  worst: { tone: 0.1, shift: [4, 10], scale: 0.015, turn: 0.009, noise: 1.5, light: 0.12, warp: 2, blur: 0.7, retexture: true, blocks: 3 },
};

/**
 * A model that redraws a whole picture instead of its masked part, simulated: the same size, every pixel a little elsewhere and of another tone, its opacity with it.
 * The same picture, kind and seed give the same answer.
 */
export function redraw(image: PixelImage, kind: RedrawKind, seed: number): PixelImage {
  const severity = SEVERITY[kind];
  const random = seeded(seed);
  const { width, height } = image;
  let planes: Planes = warped(image, severity, random);
  if (severity.blur > 0) planes = [blurred(planes[0], width, height, severity.blur), blurred(planes[1], width, height, severity.blur), blurred(planes[2], width, height, severity.blur)];
  if (severity.retexture) retexture(planes, width, height, random);
  retone(planes, width, height, severity, random);
  if (severity.blocks > 0) for (const plane of planes) quantiseBlocks(plane, width, height, severity.blocks);
  // By the same numbers it is moved as the colours are.
  const alpha = isOpaque(image) ? undefined : warped(alphaAsColours(image), severity, seeded(seed))[0];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    data[4 * i] = planes[0][i] as number;
    data[4 * i + 1] = planes[1][i] as number;
    data[4 * i + 2] = planes[2][i] as number;
    data[4 * i + 3] = alpha ? (alpha[i] as number) : 255;
  }
  return { width, height, data };
}

/** The colour planes, sampled through a shift, a scale about the centre and a slow wobble. */
function warped(image: PixelImage, severity: Severity, random: Random): Planes {
  const { width, height } = image;
  const away = (): number => {
    const [least, most] = severity.shift;
    return (random.uniform() < 0.5 ? -1 : 1) * (least + (most - least) * random.uniform());
  };
  const shiftX = away();
  const shiftY = away();
  const scale = 1 + severity.scale * random.signed();
  const phaseX = 2 * Math.PI * random.uniform();
  const phaseY = 2 * Math.PI * random.uniform();
  const turn = severity.turn === 0 ? 0 : severity.turn * random.signed();
  const cosine = scale * Math.cos(turn);
  const sine = scale * Math.sin(turn);
  const wave = (2 * Math.PI * 1.5) / Math.max(width, height, 64);
  const planes: Planes = [new Float32Array(width * height), new Float32Array(width * height), new Float32Array(width * height)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wobbleX = severity.warp * Math.sin(x * wave + phaseX) * Math.cos(y * wave + phaseY);
      const wobbleY = severity.warp * Math.cos(x * wave + phaseY) * Math.sin(y * wave + phaseX);
      const fromX = width / 2 + (x - width / 2) * cosine - (y - height / 2) * sine + shiftX + wobbleX;
      const fromY = height / 2 + (y - height / 2) * cosine + (x - width / 2) * sine + shiftY + wobbleY;
      sample(image, fromX, fromY, planes, y * width + x);
    }
  }
  return planes;
}

/** One pixel by Catmull-Rom, the edge repeated, so that the redraw is as sharp as the picture. */
function sample(image: PixelImage, x: number, y: number, planes: Planes, index: number): void {
  const { width, height, data } = image;
  const left = Math.floor(x);
  const top = Math.floor(y);
  catmullRom(x - left, ACROSS);
  catmullRom(y - top, DOWN);
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let j = 0; j < 4; j++) {
    const row = Math.min(height - 1, Math.max(0, top + j - 1)) * width;
    for (let i = 0; i < 4; i++) {
      const at = 4 * (row + Math.min(width - 1, Math.max(0, left + i - 1)));
      const weight = (ACROSS[i] as number) * (DOWN[j] as number);
      red += weight * (data[at] as number);
      green += weight * (data[at + 1] as number);
      blue += weight * (data[at + 2] as number);
    }
  }
  planes[0][index] = red;
  planes[1][index] = green;
  planes[2][index] = blue;
}

const ACROSS = new Float64Array(4);
const DOWN = new Float64Array(4);

function catmullRom(t: number, to: Float64Array): void {
  const t2 = t * t;
  const t3 = t2 * t;
  to[0] = -0.5 * t3 + t2 - 0.5 * t;
  to[1] = 1.5 * t3 - 2.5 * t2 + 1;
  to[2] = -1.5 * t3 + 2 * t2 + 0.5 * t;
  to[3] = 0.5 * t3 - 0.5 * t2;
}

/** A Gaussian blur, the edge repeated. */
function blurred(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const taps = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const total = taps.reduce((a, b) => a + b, 0);
  const pass = (from: Float32Array, count: number, lines: number, step: number, stride: number): Float32Array => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) sum += (taps[k + reach] as number) * (from[line * stride + Math.min(count - 1, Math.max(0, i + k)) * step] as number);
        to[line * stride + i * step] = sum / total;
      }
    }
    return to;
  };
  return pass(pass(plane, width, height, 1, width), height, width, width, 1);
}

/** Replaces what is finer than two pixels by noise of the same strength, place by place. */
function retexture(planes: Planes, width: number, height: number, random: Random): void {
  const grain = blurred(Float32Array.from({ length: width * height }, () => 2.2 * random.normal()), width, height, 0.6);
  for (const plane of planes) {
    const smooth = blurred(plane, width, height, 2);
    const energy = blurred(plane.map((value, i) => (value - (smooth[i] as number)) ** 2), width, height, 4);
    for (let i = 0; i < plane.length; i++) plane[i] = (smooth[i] as number) + Math.sqrt(Math.max(0, energy[i] as number)) * (grain[i] as number);
  }
}

/** Gain and gamma of each channel, uneven light over all of them, and noise. */
function retone(planes: Planes, width: number, height: number, severity: Severity, random: Random): void {
  const phase = 2 * Math.PI * random.uniform();
  const angle = 2 * Math.PI * random.uniform();
  const waveX = (Math.PI * 1.3 * Math.cos(angle)) / width;
  const waveY = (Math.PI * 1.3 * Math.sin(angle)) / height;
  for (const plane of planes) {
    const gain = 1 + severity.tone * random.signed();
    const gamma = 1 + severity.tone * random.signed();
    for (let i = 0; i < plane.length; i++) {
      const light = 1 + severity.light * Math.sin((i % width) * waveX + Math.floor(i / width) * waveY + phase);
      plane[i] = 255 * gain * light * Math.max(0, (plane[i] as number) / 255) ** gamma + severity.noise * random.normal();
    }
  }
}
