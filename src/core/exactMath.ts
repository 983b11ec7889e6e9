/*
 * Sine, powers and roots built from + − × ÷ and sqrt alone. JavaScript leaves the last bits of Math.sin, Math.exp, ** and Math.cbrt to the engine;
 * IEEE arithmetic is the same everywhere, so what is drawn with these functions is the same, byte for byte, on every platform.
 */

const TAU = 6.283185307179586;
const LN2 = 0.6931471805599453;

/** Sine of an angle in turns (1 = full circle). Error below 1e-7. */
export function sinTurns(turns: number): number {
  let t = turns - Math.round(turns);
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const x = t * TAU;
  const q = x * x;
  return x * (1 - (q / 6) * (1 - (q / 20) * (1 - (q / 42) * (1 - (q / 72) * (1 - q / 110)))));
}

/** Cosine of an angle in turns. Error below 1e-7. */
export function cosTurns(turns: number): number {
  return sinTurns(turns + 0.25);
}

/** The angle of a vector in turns, −0.5 to 0.5; 0 for the null vector. Error below 1e-5 (Hastings' polynomial for the arc tangent). */
export function angleTurns(y: number, x: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  const longer = Math.max(ax, ay);
  if (longer === 0) return 0;
  const z = Math.min(ax, ay) / longer;
  const q = z * z;
  let a = (z * (0.9998660 + q * (-0.3302995 + q * (0.1801410 + q * (-0.0851330 + q * 0.0208351))))) / TAU;
  if (ay > ax) a = 0.25 - a;
  if (x < 0) a = 0.5 - a;
  return y < 0 ? -a : a;
}

/** 2 to the power of x, for x from −1000 to 1000. Relative error below 1e-8. */
export function exp2(x: number): number {
  const whole = Math.round(x);
  const f = (x - whole) * LN2;
  let result = 1 + f * (1 + (f / 2) * (1 + (f / 3) * (1 + (f / 4) * (1 + (f / 5) * (1 + (f / 6) * (1 + f / 7))))));
  for (let i = Math.abs(whole); i > 0; i--) result *= whole > 0 ? 2 : 0.5;
  return result;
}

/** e to the power of x. */
export function exp(x: number): number {
  return exp2(x / LN2);
}

/** Logarithm to base 2 of a positive number. Error below 1e-8. */
export function log2(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa > 1.4142135623730951; exponent++) mantissa *= 0.5;
  for (; mantissa < 0.7071067811865476; exponent--) mantissa *= 2;
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  return exponent + (2 * s * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q / 9))))) / LN2;
}

/** A base of 0 or more to any power. */
export function power(base: number, exponent: number): number {
  return base <= 0 ? 0 : exp2(exponent * log2(base));
}

/** Cube root of any number, by Halley's iteration from the fourth root. Relative error below 1e-9 from 1e-5 to 10, below 1e-4 from 1e-9. */
export function cubeRoot(x: number): number {
  if (x === 0) return 0;
  const size = Math.abs(x);
  let y = Math.sqrt(Math.sqrt(size));
  for (let i = 0; i < 4; i++) {
    const cube = y * y * y;
    y *= (cube + size + size) / (cube + cube + size);
  }
  return x < 0 ? -y : y;
}
