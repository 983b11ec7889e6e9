import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { srgbToLinear } from '../../core/oklab';

/** Reads rows of a crop (real numbers, inside the picture) scaled up to the picture's own size: Catmull-Rom in linear light, premultiplied alpha; four floats a pixel, 0–1. */
export function cropResample(image: PixelImage, crop: Bounds, mirrored: boolean): (y: number, row: Float32Array) => void {
  const { width, height } = image;
  const linear = Float32Array.from({ length: 256 }, (_, level) => srgbToLinear(level / 255));
  const across = taps(width, crop.x, crop.width, mirrored);
  const down = taps(height, crop.y, crop.height, false);
  const line = new Float32Array(width * 4);
  return (y, row) => {
    line.fill(0);
    for (let k = 0; k < 4; k++) {
      const weight = down.weights[y * 4 + k] as number;
      const start = (down.indexes[y * 4 + k] as number) * width * 4;
      for (let i = 0; i < width * 4; i += 4) {
        const alpha = (weight * (image.data[start + i + 3] as number)) / 255;
        line[i] = (line[i] as number) + alpha * (linear[image.data[start + i] as number] as number);
        line[i + 1] = (line[i + 1] as number) + alpha * (linear[image.data[start + i + 1] as number] as number);
        line[i + 2] = (line[i + 2] as number) + alpha * (linear[image.data[start + i + 2] as number] as number);
        line[i + 3] = (line[i + 3] as number) + alpha;
      }
    }
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let k = x * 4; k < x * 4 + 4; k++) sum += (across.weights[k] as number) * (line[(across.indexes[k] as number) * 4 + c] as number);
        row[x * 4 + c] = sum;
      }
    }
  };
}

/** For each place of an axis the four samples it is made of, held at the edges, and their weights. */
function taps(size: number, from: number, length: number, mirrored: boolean): { readonly indexes: Int32Array; readonly weights: Float64Array } {
  const indexes = new Int32Array(size * 4);
  const weights = new Float64Array(size * 4);
  for (let i = 0; i < size; i++) {
    const place = from + ((mirrored ? size - 1 - i : i) + 0.5) * (length / size) - 0.5;
    const first = Math.floor(place);
    const t = place - first;
    const t2 = t * t;
    const t3 = t2 * t;
    weights.set([-0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t, 0.5 * t3 - 0.5 * t2], i * 4);
    for (let k = 0; k < 4; k++) indexes[i * 4 + k] = Math.min(size - 1, Math.max(0, first - 1 + k));
  }
  return { indexes, weights };
}
