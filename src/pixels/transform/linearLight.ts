/** sRGB levels (0–255) to linear light (0–1), IEC 61966-2-1. */
export const TO_LINEAR = Float32Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** How finely linear light is told apart on the way back: a sixteenth of the smallest step between two levels, or better. */
export const LINEAR_STEPS = 65_535;

/** Linear light in steps of 1/65535 to the nearest sRGB level. */
export const TO_LEVEL = Uint8Array.from({ length: LINEAR_STEPS + 1 }, (_, step) => {
  const value = step / LINEAR_STEPS;
  return Math.round(255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055));
});
