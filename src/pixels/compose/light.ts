import type { Extent } from '../../core/geometry';
import type { Deformation } from './deform';

/** What is thought of a difference of light before anything is seen of it: a Gaussian process (Rasmussen and Williams 2006). */
interface Prior {
  /** How far it is alike: the length of a Gaussian covariance, as a share of the window's longer side. */
  readonly length: number;
  /** Its standard deviation, as a share of the light. */
  readonly spread: number;
}

/** None is thought of first: no difference at all. */
const PRIORS: readonly Prior[] = [
  { length: 0.3, spread: 0.01 },
  { length: 0.3, spread: 0.03 },
  { length: 0.15, spread: 0.03 },
];
/** A smaller window's light is taken for that of a window of this side, so that it changes no faster than the deformation's nodes can follow. */
const LEAST_SIDE = 512;
/** How far the waves' own area reaches beyond the window on each side, as a share of its longer side: they have no slope where it ends, and at the window's edges whatever one comes out. */
const BEYOND = 0.25;
/** Waves of up to so many half periods over a square area: the shortest that the shortest prior has. */
const MOST_WAVES = 8;
/** The light is never believed to differ by more than this share. */
const MOST = 0.5;

/** A product of two cosines over a window, by its angular frequencies in radians per pixel. */
export interface Wave {
  readonly across: number;
  readonly down: number;
}

/** How the light of a picture differs from that of another over a window, slowly: a sum of waves. */
export interface Light {
  readonly waves: readonly Wave[];
  /** What each wave adds to the light, as a share of it. */
  readonly shares: Float64Array;
}

/** The waves that a window's light may consist of. */
export function wavesOf(window: Extent): Wave[] {
  const side = sideOf(window);
  const most = (MOST_WAVES * Math.PI) / (side + 2 * BEYOND * side);
  const stepAcross = Math.PI / (window.width + 2 * BEYOND * side);
  const stepDown = Math.PI / (window.height + 2 * BEYOND * side);
  const waves: Wave[] = [];
  for (let down = 0; down <= most; down += stepDown) {
    for (let across = 0; across <= most; across += stepAcross) if (Math.hypot(across, down) <= 1.0001 * most) waves.push({ across, down });
  }
  return waves;
}

/**
 * The standard deviation of each wave's share under each prior: a wave is as likely as its frequency is in the covariance (Solin and Särkkä 2020). What they make of the light beyond the
 * known area goes on as smoothly as it came, and falls back to no difference where nothing known is within a length or two.
 */
export function spreadsOf(waves: readonly Wave[], window: Extent): Float64Array[] {
  return PRIORS.map(({ length, spread }) => {
    const scale = 0.5 * (length * sideOf(window)) ** 2;
    const variances = waves.map(({ across, down }) => Math.exp(-scale * (across * across + down * down)));
    // Of a covariance's waves each stands for two, that of a falling and that of a rising phase, but for the constant.
    const weigh = ({ across, down }: Wave): number => (across > 0 ? 2 : 1) * (down > 0 ? 2 : 1);
    const norm = (2 * spread) / Math.sqrt(waves.reduce((sum, wave, k) => sum + weigh(wave) * (variances[k] as number), 0));
    return Float64Array.from(waves, (wave, k) => norm * Math.sqrt(weigh(wave) * (variances[k] as number)));
  });
}

function sideOf({ width, height }: Extent): number {
  return Math.max(LEAST_SIDE, width, height);
}

/** What the waves are at points of a window: `waves.length` numbers for each. */
export function heightsAt(waves: readonly Wave[], window: Extent, xs: readonly number[], ys: readonly number[]): Float64Array {
  const reach = BEYOND * sideOf(window);
  const heights = new Float64Array(waves.length * xs.length);
  for (let point = 0; point < xs.length; point++) heightsAtPoint(waves, (xs[point] as number) + reach, (ys[point] as number) + reach, heights, point * waves.length);
  return heights;
}

function heightsAtPoint(waves: readonly Wave[], x: number, y: number, heights: Float64Array, to: number): void {
  for (let k = 0; k < waves.length; k++) {
    const { across, down } = waves[k] as Wave;
    heights[to + k] = Math.cos(across * x) * Math.cos(down * y);
  }
}

/** What a light makes of 1 at each of `count` points; `heights` are the waves' there. */
export function gainsOf({ shares }: Light, heights: Float64Array, count: number): Float32Array {
  const gains = new Float32Array(count);
  for (let point = 0; point < count; point++) {
    let sum = 0;
    for (let k = 0; k < shares.length; k++) sum += (shares[k] as number) * (heights[point * shares.length + k] as number);
    gains[point] = 1 + Math.max(-MOST, Math.min(MOST, sum));
  }
  return gains;
}

/** What a light makes of 1 at the nodes of a deformation's grid. */
export function gainsAtNodes(light: Light, window: Extent, { spacing, columns, rows }: Deformation): Float32Array {
  const nodes = [...new Array(columns * rows).keys()];
  return gainsOf(light, heightsAt(light.waves, window, nodes.map((k) => (k % columns) * spacing), nodes.map((k) => Math.floor(k / columns) * spacing)), nodes.length);
}
