import { CLIPPED, STEPS, type Curve, type Pairs } from './tone';

/** So many samples at an end, at least, say what it stands for. */
const LEAST_SAMPLES = 12;
/** Levels over which a curve goes over to what its end stands for. */
const RAMP = 2;

/**
 * Bends a curve's ends, in place, to what an answer's cut-off levels stand for. Where a model made a picture lighter, all that was light is 255 now, and the curve, which is fitted to the levels in
 * between, would make a grey of a white background; but samples of white beside white say what it was: their mean. Only a lighter white and a darker black are believed, as only these are hidden by the cut.
 * `gainOf` is what the light makes of 1 at a sample.
 */
export function bendEnds(curve: Curve, pairs: Pairs, gainOf: (sample: number) => number): void {
  const white = meantBy(pairs, (level) => level > 255 - CLIPPED, gainOf);
  const black = meantBy(pairs, (level) => level < CLIPPED, gainOf);
  const last = curve.length - 1;
  const lift = white === undefined ? 0 : Math.max(0, white - (curve[last] as number));
  const drop = black === undefined ? 0 : Math.max(0, (curve[0] as number) - black);
  for (let k = 0; k <= (CLIPPED + RAMP) * STEPS; k++) {
    const share = Math.min(1, 1 - (k / STEPS - CLIPPED) / RAMP);
    curve[k] = (curve[k] as number) - share * drop;
    curve[last - k] = (curve[last - k] as number) + share * lift;
  }
}

/** The mean of the canvas's levels, under an even light, where the answer's are cut off at one end; undefined where too few are. */
function meantBy({ count, answer, canvas }: Pairs, isCutOff: (level: number) => boolean, gainOf: (sample: number) => number): number | undefined {
  let sum = 0;
  let found = 0;
  for (let i = 0; i < count; i++) {
    if (!isCutOff(answer[i] as number)) continue;
    sum += (canvas[i] as number) / gainOf(i);
    found++;
  }
  return found < LEAST_SAMPLES ? undefined : sum / found;
}
