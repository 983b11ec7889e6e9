import type { Bounds } from '../../../core/geometry';
import type { PixelImage } from '../../../core/image';
import type { LinearRgb } from '../../../core/oklab';
import { srgbToLinear } from '../../../core/oklab';
import { srgbLevel } from '../develop';
import { coverage } from '../shaping';

let levels: Float32Array | undefined;

/** Linear light of the 256 levels of sRGB. */
export function linearLevels(): Float32Array {
  levels ??= Float32Array.from({ length: 256 }, (_, level) => srgbToLinear(level / 255));
  return levels;
}

/** Blends a colour over the opaque pixel at byte `o`, in linear light. */
export function blendPixel(image: PixelImage, o: number, colour: LinearRgb, alpha: number): void {
  const linear = linearLevels();
  for (let c = 0; c < 3; c++) {
    const below = linear[image.data[o + c] as number] as number;
    image.data[o + c] = srgbLevel(below + ((colour[c] as number) - below) * alpha);
  }
}

/** Fills a rectangle (any real numbers) with round corners. */
export function fillRounded(image: PixelImage, { x, y, width, height }: Bounds, corner: number, colour: LinearRgb, alpha: number): void {
  const radius = Math.min(corner, width / 2, height / 2);
  for (let py = Math.max(0, Math.floor(y)); py < Math.min(image.height, y + height); py++) {
    for (let px = Math.max(0, Math.floor(x)); px < Math.min(image.width, x + width); px++) {
      const dx = Math.abs(px + 0.5 - x - width / 2) - width / 2 + radius;
      const dy = Math.abs(py + 0.5 - y - height / 2) - height / 2 + radius;
      const away = dx > 0 && dy > 0 ? Math.sqrt(dx * dx + dy * dy) : Math.max(dx, dy);
      const cover = coverage(away - radius);
      if (cover > 0) blendPixel(image, (py * image.width + px) * 4, colour, cover * alpha);
    }
  }
}
