import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { wordsOf } from '../transform/words';
import type { Deformation } from './deform';
import type { Fit } from './fit';
import { applyCurve } from './tone';

/** Phases of the Catmull-Rom weights: finer than an 8-bit picture shows. */
const PHASES = 256;

const weights = Float32Array.from({ length: PHASES * 4 }, (_, i) => {
  const t = Math.floor(i / 4) / PHASES;
  const tap = i % 4;
  if (tap === 0) return ((2 - t) * t - 1) * t * 0.5;
  if (tap === 1) return ((3 * t - 5) * t * t + 2) * 0.5;
  if (tap === 2) return ((4 - 3 * t) * t + 1) * t * 0.5;
  return (t - 1) * t * t * 0.5;
});

/** A stretch of a window's row on which source points lie evenly: pixel `from + k` is found at (x + k·stepX, y + k·stepY), in pixel indexes of the answer. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  /** What pixel `from` is multiplied by, and how much more each next one. */
  readonly gain: number;
  readonly stepGain: number;
}

/**
 * Draws the answer as a fit lays it: the wanted pixels of `bounds` (window pixels; `wanted` has one byte for each of them) are sampled by Catmull-Rom, mirrored beyond the edges, and re-toned.
 * Between two nodes of the deformation the source points of a row lie on a straight line, so that each is sampled in two passes, down and then across (Catmull and Smith 1980).
 * `out` takes red, green and blue interleaved, in levels, a little beyond 0–255 where the filter overshoots; where nothing is wanted it is left as it is.
 */
export function warp(answer: PixelImage, bounds: Bounds, wanted: Uint8Array, { at, deformation, curves, gains }: Fit, out: Float32Array = new Float32Array(3 * bounds.width * bounds.height)): Float32Array {
  const { width, height } = bounds;
  const { spacing, columns } = deformation;
  const words = wordsOf(answer);
  const nodesX = new Float32Array(columns);
  const nodesY = new Float32Array(columns);
  const nodesGain = new Float32Array(columns);
  const strip = new Float32Array(3 * (2 * spacing + 8));
  for (let row = 0; row < height; row++) {
    nodesOfRow(deformation, deformation.x, bounds.y + row + 0.5, nodesX);
    nodesOfRow(deformation, deformation.y, bounds.y + row + 0.5, nodesY);
    nodesOfRow(deformation, gains, bounds.y + row + 0.5, nodesGain);
    const v = bounds.y + row + 0.5 - at.centreY;
    for (let node = Math.floor(bounds.x / spacing); node * spacing < bounds.x + width; node++) {
      const base = row * width - bounds.x;
      let from = Math.max(bounds.x, node * spacing);
      let to = Math.min(bounds.x + width, (node + 1) * spacing);
      while (from < to && wanted[base + from] === 0) from++;
      while (from < to && wanted[base + to - 1] === 0) to--;
      if (from === to) continue;
      const u = from + 0.5 - at.centreX;
      const share = (from + 0.5) / spacing - node;
      const bendX = ((nodesX[node + 1] as number) - (nodesX[node] as number)) / spacing;
      const bendY = ((nodesY[node + 1] as number) - (nodesY[node] as number)) / spacing;
      const bendGain = ((nodesGain[node + 1] as number) - (nodesGain[node] as number)) / spacing;
      const stretch = {
        from,
        to,
        x: at.cosine * u - at.sine * v + at.centreX + at.x + (nodesX[node] as number) + share * spacing * bendX - 0.5,
        y: at.sine * u + at.cosine * v + at.centreY + at.y + (nodesY[node] as number) + share * spacing * bendY - 0.5,
        stepX: at.cosine + bendX,
        stepY: at.sine + bendY,
        gain: (nodesGain[node] as number) + share * spacing * bendGain,
        stepGain: bendGain,
      };
      sampleDown(words, answer, stretch, strip);
      sampleAcross(strip, stretch, wanted, out, base, curves);
    }
  }
  return out;
}

/** The answer's columns around a stretch, each sampled at the height where the stretch crosses it. */
function sampleDown(words: Uint32Array, { width, height }: PixelImage, { from, to, x, y, stepX, stepY }: Stretch, strip: Float32Array): void {
  const first = Math.floor(x) - 1;
  const count = Math.floor(x + (to - 1 - from) * stepX + 0.5 / PHASES) - first + 3;
  const slope = stepY / stepX;
  let level = y + (first - x) * slope + 0.5 / PHASES;
  for (let k = 0; k < count; k++, level += slope) {
    const column = mirrored(first + k, width);
    const top = Math.floor(level);
    const phase = 4 * (((level - top) * PHASES) | 0);
    const inside = top >= 1 && top < height - 2;
    const a = words[(inside ? top - 1 : mirrored(top - 1, height)) * width + column] as number;
    const b = words[(inside ? top : mirrored(top, height)) * width + column] as number;
    const c = words[(inside ? top + 1 : mirrored(top + 1, height)) * width + column] as number;
    const d = words[(inside ? top + 2 : mirrored(top + 2, height)) * width + column] as number;
    const wa = weights[phase] as number;
    const wb = weights[phase + 1] as number;
    const wc = weights[phase + 2] as number;
    const wd = weights[phase + 3] as number;
    strip[3 * k] = wa * (a & 255) + wb * (b & 255) + wc * (c & 255) + wd * (d & 255);
    strip[3 * k + 1] = wa * ((a >>> 8) & 255) + wb * ((b >>> 8) & 255) + wc * ((c >>> 8) & 255) + wd * ((d >>> 8) & 255);
    strip[3 * k + 2] = wa * ((a >>> 16) & 255) + wb * ((b >>> 16) & 255) + wc * ((c >>> 16) & 255) + wd * ((d >>> 16) & 255);
  }
}

/** The wanted pixels of a stretch from its columns, re-toned; pixel `i` of the window's row goes to `out[3 * (base + i)]`. */
function sampleAcross(strip: Float32Array, { from, to, x, stepX, gain, stepGain }: Stretch, wanted: Uint8Array, out: Float32Array, base: number, [red, green, blue]: Fit['curves']): void {
  let along = x - Math.floor(x) + 0.5 / PHASES;
  let light = gain;
  for (let i = base + from; i < base + to; i++, along += stepX, light += stepGain) {
    if (wanted[i] === 0) continue;
    const left = along | 0;
    const phase = 4 * (((along - left) * PHASES) | 0);
    const wa = weights[phase] as number;
    const wb = weights[phase + 1] as number;
    const wc = weights[phase + 2] as number;
    const wd = weights[phase + 3] as number;
    const k = 3 * left;
    out[3 * i] = light * applyCurve(red, wa * (strip[k] as number) + wb * (strip[k + 3] as number) + wc * (strip[k + 6] as number) + wd * (strip[k + 9] as number));
    out[3 * i + 1] = light * applyCurve(green, wa * (strip[k + 1] as number) + wb * (strip[k + 4] as number) + wc * (strip[k + 7] as number) + wd * (strip[k + 10] as number));
    out[3 * i + 2] = light * applyCurve(blue, wa * (strip[k + 2] as number) + wb * (strip[k + 5] as number) + wc * (strip[k + 8] as number) + wd * (strip[k + 11] as number));
  }
}

/** An index beyond the edge of a side, folded back inside. */
export function mirrored(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  const period = 2 * length;
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - 1 - folded;
}

/** Values at the nodes of a deformation's grid, at its columns on one row of the window. */
function nodesOfRow({ spacing, columns, rows }: Deformation, values: Float32Array, windowY: number, to: Float32Array): void {
  const top = Math.min(rows - 2, Math.floor(windowY / spacing));
  const share = windowY / spacing - top;
  for (let k = 0; k < columns; k++) {
    const above = top * columns + k;
    to[k] = (values[above] as number) * (1 - share) + (values[above + columns] as number) * share;
  }
}
