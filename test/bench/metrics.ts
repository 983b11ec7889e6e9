import type { Bounds } from '../../src/core/geometry';
import type { PixelImage } from '../../src/core/image';

/** Columns beside a seam that tell how strong gradients are there: from 4 to 34 pixels off. */
const NEAR = 4;
const FAR = 34;
const BLOCK = 16;

/**
 * SGR: the mean absolute gradient across a vertical seam (between columns `seam` − 1 and `seam`) over the mean of the same gradient 4–34 px beside it, all three channels.
 * An untouched photograph has about 1.
 */
export function seamGradientRatio(image: PixelImage, seam: number): number {
  const across = (column: number): number => {
    let sum = 0;
    for (let y = 0; y < image.height; y++) {
      const at = 4 * (y * image.width + column);
      for (let c = 0; c < 3; c++) sum += Math.abs((image.data[at + c] as number) - (image.data[at - 4 + c] as number));
    }
    return sum;
  };
  let beside = 0;
  let columns = 0;
  for (let off = NEAR; off <= FAR; off++) {
    for (const column of [seam - off, seam + off]) {
      if (column < 1 || column >= image.width) continue;
      beside += across(column);
      columns++;
    }
  }
  return beside > 0 ? across(seam) / (beside / columns) : 1;
}

/** How far the step of block means across a vertical seam differs from the truth's step, in levels: the mean over blocks of 16x16 pixels on either side. */
export function seamStep(image: PixelImage, truth: PixelImage, seam: number): number {
  let sum = 0;
  let count = 0;
  for (let top = 0; top + BLOCK <= image.height; top += BLOCK) {
    for (let c = 0; c < 3; c++) {
      let step = 0;
      for (let y = top; y < top + BLOCK; y++) {
        for (let x = seam - BLOCK; x < seam + BLOCK; x++) {
          const at = 4 * (y * image.width + x) + c;
          step += ((image.data[at] as number) - (truth.data[at] as number)) * (x < seam ? -1 : 1);
        }
      }
      sum += Math.abs(step) / (BLOCK * BLOCK);
      count++;
    }
  }
  return sum / count;
}

/** Peak signal-to-noise ratio over some rectangles, in dB. */
export function psnr(image: PixelImage, truth: PixelImage, areas: readonly Bounds[]): number {
  let sum = 0;
  let count = 0;
  for (const { x, y, width, height } of areas) {
    for (let row = y; row < y + height; row++) {
      for (let at = 4 * (row * image.width + x); at < 4 * (row * image.width + x + width); at++) {
        if ((at & 3) === 3) continue;
        sum += ((image.data[at] as number) - (truth.data[at] as number)) ** 2;
        count++;
      }
    }
  }
  return 10 * Math.log10((255 * 255 * count) / Math.max(sum, 1e-9));
}

/** Mean structural similarity of the luma over some rectangles (Wang et al. 2004), on windows of 8x8 pixels every 4. */
export function ssim(image: PixelImage, truth: PixelImage, areas: readonly Bounds[]): number {
  let total = 0;
  let windows = 0;
  const luma = ({ data }: PixelImage, at: number): number => 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
  for (const { x, y, width, height } of areas) {
    for (let top = y; top + 8 <= y + height; top += 4) {
      for (let left = x; left + 8 <= x + width; left += 4) {
        let a = 0;
        let b = 0;
        let aa = 0;
        let bb = 0;
        let ab = 0;
        for (let row = top; row < top + 8; row++) {
          for (let at = 4 * (row * image.width + left); at < 4 * (row * image.width + left + 8); at += 4) {
            const p = luma(image, at);
            const q = luma(truth, at);
            a += p;
            b += q;
            aa += p * p;
            bb += q * q;
            ab += p * q;
          }
        }
        a /= 64;
        b /= 64;
        total += ((2 * a * b + 6.5025) * (2 * (ab / 64 - a * b) + 58.5225)) / ((a * a + b * b + 6.5025) * (aa / 64 - a * a + bb / 64 - b * b + 58.5225));
        windows++;
      }
    }
  }
  return total / windows;
}

/** The share of pixels of a rectangle that are the truth's in all four channels. */
export function exactShare(image: PixelImage, truth: PixelImage, { x, y, width, height }: Bounds): number {
  let same = 0;
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      const at = 4 * (row * image.width + column);
      if ([0, 1, 2, 3].every((c) => image.data[at + c] === truth.data[at + c])) same++;
    }
  }
  return same / (width * height);
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
