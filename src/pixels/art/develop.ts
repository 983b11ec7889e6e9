import type { PixelImage } from '../../core/image';
import { linearToSrgb } from '../../core/oklab';

const STEPS = 4096;
let curve: Float32Array | undefined;

/** sRGB levels 0–255 of linear light 0–1, sampled; read with linear interpolation it is right to a hundredth of a level, but near black. */
function srgbCurve(): Float32Array {
  curve ??= Float32Array.from({ length: STEPS + 2 }, (_, i) => 255 * linearToSrgb(Math.min(1, i / STEPS)));
  return curve;
}

/** The sRGB level, 0–255 and not rounded, of linear light; beyond 0–1 it is cut off. */
export function srgbLevel(light: number): number {
  const levels = srgbCurve();
  const place = light <= 0 ? 0 : light >= 1 ? STEPS : light * STEPS;
  const below = place | 0;
  const low = levels[below] as number;
  return low + ((levels[below + 1] as number) - low) * (place - below);
}

/** Writes a row of linear light into the picture as sRGB, opaque, dithered with interleaved gradient noise (Jorge Jimenez, 2014) so that slow gradients show no bands. */
export function developRow(image: PixelImage, y: number, row: Float32Array): void {
  const { width, data } = image;
  for (let x = 0, i = 0, o = y * width * 4; x < width; x++, i += 3, o += 4) {
    const slant = 0.06711056 * x + 0.00583715 * y;
    const fine = 52.9829189 * (slant - Math.floor(slant));
    const dither = fine - Math.floor(fine) - 0.5;
    data[o] = srgbLevel(row[i] as number) + dither;
    data[o + 1] = srgbLevel(row[i + 1] as number) + dither;
    data[o + 2] = srgbLevel(row[i + 2] as number) + dither;
    data[o + 3] = 255;
  }
}
