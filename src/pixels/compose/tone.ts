/** Steps of a curve's table per level. */
export const STEPS = 4;
const TABLE = 255 * STEPS + 1;

/** How a channel's levels in the answer become the canvas's: a table of `STEPS` entries a level. */
export type Curve = Float32Array;

/** Pairs of levels of one channel, the answer's and the canvas's, from places that show the same. */
export interface Pairs {
  readonly count: number;
  readonly answer: Float32Array;
  readonly canvas: Float32Array;
}

/** Levels nearer to the ends than this may have been cut off there and say nothing of the curve. */
export const CLIPPED = 2;
const LEAST_SLOPE = 0.6;
const MOST_SLOPE = 1.6;

/** The canvas's level for a level of the answer, both fractional. */
export function applyCurve(curve: Curve, level: number): number {
  if (level <= 0) return (curve[0] as number) + level;
  if (level >= 255) return (curve[TABLE - 1] as number) + level - 255;
  return curve[(level * STEPS + 0.5) | 0] as number;
}

/** Whether a level may have been cut off. */
export function isClipped(level: number): boolean {
  return level < CLIPPED || level > 255 - CLIPPED;
}

/** The powers of a level that a curve is made of: 1, t, t² and t³ for t from −1 (black) to 1 (white). */
export const POWERS = 4;

/** The powers of a level, into `to`. */
export function powersOf(level: number, to: Float64Array): void {
  const t = (level - 127.5) / 127.5;
  to[0] = 1;
  to[1] = t;
  to[2] = t * t;
  to[3] = t * t * t;
}

/** What a cubic adds to a level. */
export function polynomial(c: Float64Array, level: number): number {
  const t = (level - 127.5) / 127.5;
  return (c[0] as number) + t * ((c[1] as number) + t * ((c[2] as number) + t * (c[3] as number)));
}

/** The levels between which all but a hundredth of the pairs lie, at each end. */
function range({ count, answer }: Pairs): { low: number; high: number } {
  const bins = new Uint32Array(256);
  for (let i = 0; i < count; i++) {
    const bin = Math.min(255, Math.max(0, Math.round(answer[i] as number)));
    bins[bin] = (bins[bin] as number) + 1;
  }
  const beyond = count / 100;
  let low = 0;
  for (let seen = bins[0] as number; low < 255 && seen <= beyond; seen += bins[low] as number) low++;
  let high = 255;
  for (let seen = bins[255] as number; high > low && seen <= beyond; seen += bins[high] as number) high--;
  return { low, high };
}

/** The curve that a cubic is, on the levels that the pairs show; beyond them it follows the cubic at slopes that a model may have. It never falls. */
export function curveOf(coefficients: Float64Array, pairs: Pairs): Curve {
  const { low, high } = range(pairs);
  const curve = new Float32Array(TABLE);
  const value = (level: number): number => level + polynomial(coefficients, level);
  const slopeAt = (level: number): number => Math.min(MOST_SLOPE, Math.max(LEAST_SLOPE, value(level + 0.5) - value(level - 0.5)));
  for (let k = low * STEPS; k <= high * STEPS; k++) curve[k] = value(k / STEPS);
  for (let k = low * STEPS - 1; k >= 0; k--) curve[k] = (curve[k + 1] as number) - slopeAt(k / STEPS) / STEPS;
  for (let k = high * STEPS + 1; k < TABLE; k++) curve[k] = (curve[k - 1] as number) + slopeAt(k / STEPS) / STEPS;
  for (let k = 1; k < TABLE; k++) curve[k] = Math.max(curve[k] as number, curve[k - 1] as number);
  return curve;
}

/** The curve that changes nothing. */
export const IDENTITY: Curve = curveOf(new Float64Array(POWERS), { count: 0, answer: new Float32Array(0), canvas: new Float32Array(0) });
