import { power } from '../../core/exactMath';

/** Linear light (0–1) of an sRGB level, fractions of one allowed, IEC 61966-2-1; the same to the last bit on every platform. */
function linearOf(level: number): number {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4);
}

/** sRGB levels (0–255) to linear light (0–1). */
export const TO_LINEAR = Float32Array.from({ length: 256 }, (_, level) => linearOf(level));

/** How finely linear light is told apart on the way back: a sixteenth of the smallest step between two levels, or better. */
export const LINEAR_STEPS = 65_535;

/** Linear light in steps of 1/65535 to the nearest sRGB level: a level's steps begin where the light of half a level less does. */
export const TO_LEVEL = new Uint8Array(LINEAR_STEPS + 1);
for (let level = 1; level < 256; level++) TO_LEVEL.fill(level, Math.ceil(linearOf(level - 0.5) * LINEAR_STEPS));
