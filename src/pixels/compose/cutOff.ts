import { CLIPPED, STEPS, type Curve, type Pairs } from './tone';

/** So many samples at an end, at least, say what it stands for. */
const LEAST_SAMPLES = 12;
/** Levels over which a curve goes over to what its end stands for. */
const RAMP = 2;
/** The share of the samples at an end that may lie nearer to the middle than what it is taken for. */
const NEARER = 0.2;

/**
 * Bends a curve's ends, in place, to what an answer's cut-off levels stand for. Where a model made a picture lighter, all that was light is 255 now, and the curve, which is fitted to the levels in
 * between, would make a grey of a white background; but samples of white beside white say what it was. Only a lighter white and a darker black are believed, as only these are hidden by the cut, and only as far
 * as nearly all samples say so: a sky that grows lighter up to the cut and beyond it has some of all levels there, and would show a line where the curve jumped to their mean. `gainOf` is what the light makes of 1 at a sample.
 */
export function bendEnds(curve: Curve, pairs: Pairs, gainOf: (sample: number) => number): void {
  const white = meantBy(pairs, (level) => level > 255 - CLIPPED, gainOf, NEARER);
  const black = meantBy(pairs, (level) => level < CLIPPED, gainOf, 1 - NEARER);
  const last = curve.length - 1;
  const lift = white === undefined ? 0 : Math.max(0, white - (curve[last] as number));
  const drop = black === undefined ? 0 : Math.max(0, (curve[0] as number) - black);
  for (let k = 0; k <= (CLIPPED + RAMP) * STEPS; k++) {
    const share = Math.min(1, 1 - (k / STEPS - CLIPPED) / RAMP);
    curve[k] = (curve[k] as number) - share * drop;
    curve[last - k] = (curve[last - k] as number) + share * lift;
  }
}

/** The canvas's level, under an even light, beyond which nearly all samples lie where the answer's are cut off at one end; undefined where too few are. */
function meantBy({ count, answer, canvas }: Pairs, isCutOff: (level: number) => boolean, gainOf: (sample: number) => number, nearer: number): number | undefined {
  const levels: number[] = [];
  for (let i = 0; i < count; i++) if (isCutOff(answer[i] as number)) levels.push((canvas[i] as number) / gainOf(i));
  return levels.length < LEAST_SAMPLES ? undefined : Float32Array.from(levels).sort()[Math.floor(nearer * levels.length)];
}
