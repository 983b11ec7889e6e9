import { choleskySolve } from './linear';
import { POWERS, powersOf } from './tone';

/** How far a model may make a picture lighter or darker, or raise its levels to another power, before anything is seen of it (a standard deviation, as a share): all channels alike, and each by itself beside that. */
const COMMON = 0.04;
const OWN = 0.04;
/** By how many levels it may lift or lower a channel's black, and by how many each power of a cubic may stray beside all these, at both ends of the range. */
const LIFT = 2;
const SLACK = 1;

/** What gains, powers and a lifted black add to a level, for a deviation of 1. */
const GAIN = cubicLike((level) => level);
const GAMMA = cubicLike((level) => (level === 0 ? 0 : level * Math.log(level / 255)));
const BLACK = cubicLike((level) => 1 - level / 255);

/**
 * What is thought of some channels' cubics before anything is seen: the inverse of their covariance, channel after channel with `POWERS` coefficients each, row by row. A model changes tones by gains,
 * powers and a lifted black, which leaves black near black whatever the light levels show, and its channels alike. A prior that knows neither does no harm where all levels are seen; but where an
 * overlap shows light ones only, chance decides what becomes of the dark ones (measured: a channel's 8 came out at 80).
 */
export function curvePrecision(channels: number): Float64Array {
  const size = channels * POWERS;
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [a, b] = [row % POWERS, column % POWERS];
      const by = (mode: Float64Array): number => (mode[a] as number) * (mode[b] as number);
      const shared = COMMON ** 2 * (by(GAIN) + by(GAMMA));
      const own = row - a === column - b ? OWN ** 2 * (by(GAIN) + by(GAMMA)) + LIFT ** 2 * by(BLACK) + (a === b ? SLACK ** 2 : 0) : 0;
      covariance[row * size + column] = shared + own;
    }
  }
  return inverse(covariance, size);
}

/** The coefficients of the cubic that is most like a function of the level, by least squares over all levels. */
function cubicLike(value: (level: number) => number): Float64Array {
  const normal = new Float64Array(POWERS * POWERS);
  const right = new Float64Array(POWERS);
  const powers = new Float64Array(POWERS);
  for (let level = 0; level <= 255; level++) {
    powersOf(level, powers);
    for (let a = 0; a < POWERS; a++) {
      right[a] = (right[a] as number) + (powers[a] as number) * value(level);
      for (let b = 0; b <= a; b++) normal[a * POWERS + b] = (normal[a * POWERS + b] as number) + (powers[a] as number) * (powers[b] as number);
    }
  }
  const coefficients = new Float64Array(POWERS);
  choleskySolve(normal, right, coefficients);
  return coefficients;
}

/** The inverse of a symmetric positive definite matrix. */
function inverse(matrix: Float64Array, size: number): Float64Array {
  const columns = Array.from({ length: size }, (_, k) => {
    const column = new Float64Array(size);
    choleskySolve(matrix, Float64Array.from({ length: size }, (__, i) => (i === k ? 1 : 0)), column);
    return column;
  });
  return Float64Array.from({ length: size * size }, (_, at) => columns[at % size]?.[Math.floor(at / size)] ?? 0);
}
