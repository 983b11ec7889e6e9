import { ImageError } from '../../core/errors';
import { sameExtent } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';

/** One step of the pyramid: colours multiplied by their weight, four floats a pixel (red, green, blue, weight). */
interface Layer {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** What is shown where a picture has no visible pixel at all. */
const GREY = 128;

/**
 * A quick fill of what is still to be drawn (mask above 0), so that a model sees no void: each empty pixel takes the mean of the known ones around it, the nearer the finer
 * (push-pull; Gortler et al. 1996). Known pixels keep their colour; half-transparent ones stand on the fill. The result is opaque. Throws `bad-argument` unless both are of one size.
 */
export function infill(window: PixelImage, pending: Mask): PixelImage {
  if (!sameExtent(window, pending)) throw new ImageError('bad-argument', 'Picture and mask are not of one size.');
  const { width, height } = window;
  const finest = known(window, pending);
  const layers = [finest];
  for (let last = finest; last.width > 1 || last.height > 1; ) {
    last = push(last);
    layers.push(last);
  }
  for (let k = layers.length - 2; k >= 0; k--) pull(layers[k] as Layer, layers[k + 1] as Layer);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const at = 4 * i;
    const share = ((255 - (pending.data[i] as number)) * (window.data[at + 3] as number)) / (255 * 255);
    const weight = finest.data[at + 3] as number;
    for (let c = 0; c < 3; c++) {
      const fill = weight > 0 ? (finest.data[at + c] as number) / weight : GREY;
      data[at + c] = share * (window.data[at + c] as number) + (1 - share) * fill;
    }
    data[at + 3] = 255;
  }
  return { width, height, data };
}

function known({ width, height, data }: PixelImage, pending: Mask): Layer {
  const layer = { width, height, data: new Float32Array(width * height * 4) };
  for (let i = 0; i < width * height; i++) {
    if (pending.data[i] !== 0) continue;
    const at = 4 * i;
    const weight = (data[at + 3] as number) / 255;
    for (let c = 0; c < 3; c++) layer.data[at + c] = (data[at + c] as number) * weight;
    layer.data[at + 3] = weight;
  }
  return layer;
}

/** Half the size: the sums of four, their weight no more than 1. */
function push(fine: Layer): Layer {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const data = new Float32Array(width * height * 4);
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const from = 4 * (y * fine.width + x);
      const to = 4 * ((y >> 1) * width + (x >> 1));
      for (let c = 0; c < 4; c++) data[to + c] = (data[to + c] as number) + (fine.data[from + c] as number);
    }
  }
  for (let at = 0; at < data.length; at += 4) limit(data, at);
  return { width, height, data };
}

/** Fills what a layer lacks of its full weight from the coarser one, bilinear. */
function pull(fine: Layer, coarse: Layer): void {
  for (let y = 0; y < fine.height; y++) {
    const nearY = y >> 1;
    const farY = Math.min(coarse.height - 1, Math.max(0, nearY + ((y & 1) === 0 ? -1 : 1)));
    for (let x = 0; x < fine.width; x++) {
      const at = 4 * (y * fine.width + x);
      const missing = 1 - (fine.data[at + 3] as number);
      if (missing <= 0) continue;
      const nearX = x >> 1;
      const farX = Math.min(coarse.width - 1, Math.max(0, nearX + ((x & 1) === 0 ? -1 : 1)));
      const a = 4 * (nearY * coarse.width + nearX);
      const b = 4 * (nearY * coarse.width + farX);
      const c = 4 * (farY * coarse.width + nearX);
      const d = 4 * (farY * coarse.width + farX);
      for (let k = 0; k < 4; k++) {
        const value = (9 * (coarse.data[a + k] as number) + 3 * (coarse.data[b + k] as number) + 3 * (coarse.data[c + k] as number) + (coarse.data[d + k] as number)) / 16;
        fine.data[at + k] = (fine.data[at + k] as number) + missing * value;
      }
    }
  }
}

/** Brings a pixel's weight down to at most 1, its colour unchanged. */
function limit(data: Float32Array, at: number): void {
  const weight = data[at + 3] as number;
  if (weight <= 1) return;
  for (let c = 0; c < 4; c++) data[at + c] = (data[at + c] as number) / weight;
}
