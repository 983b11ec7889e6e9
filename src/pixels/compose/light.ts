import type { Extent } from '../../core/geometry';
import type { Deformation } from './deform';

/** Light that differs slowly, as thought of before anything is seen of it: a Gaussian process (Rasmussen and Williams 2006) with a Gaussian covariance. */
interface Prior {
  /** How far it is alike, as a share of the window's longer side. */
  readonly length: number;
  /** Its standard deviation, as a share of the light. */
  readonly spread: number;
}

const SLOW: Prior = { length: 0.3, spread: 0.08 };
const FAST: Prior = { length: 0.15, spread: 0.06 };
/**
 * None is thought of first: no difference at all. The fast one comes only beside the slow one: alone it takes a slow light for its own and gives it up soon beyond what is known; but a fast one taken for slow would go on there as steeply as it
 * came (measured: a light of 4 % became one of 25 %).
 */
const PRIORS: readonly (readonly Prior[])[] = [[SLOW], [SLOW, FAST]];
/** A smaller window's light is taken for that of a window of this side, so that it changes no faster than the deformation's nodes can follow. */
const LEAST_SIDE = 512;
/** How far the waves' own area reaches beyond the window on each side, as a share of its longer side: they have no slope where it ends, and at the window's edges whatever one comes out. */
const BEYOND = 0.25;
/** Waves of up to so many half periods over a square area: shorter ones have no share worth a sum. */
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
  // Of a covariance's waves each stands for two, that of a falling and that of a rising phase, but for the constant.
  const weigh = ({ across, down }: Wave): number => (across > 0 ? 2 : 1) * (down > 0 ? 2 : 1);
  const variancesUnder = ({ length, spread }: Prior): Float64Array => {
    const scale = 0.5 * (length * sideOf(window)) ** 2;
    const shares = Float64Array.from(waves, (wave) => weigh(wave) * Math.exp(-scale * (wave.across ** 2 + wave.down ** 2)));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => ((2 * spread) ** 2 * share) / total);
  };
  return PRIORS.map((parts) => {
    const variances = parts.map(variancesUnder);
    return Float64Array.from(waves, (_, k) => Math.sqrt(variances.reduce((sum, each) => sum + (each[k] as number), 0)));
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
