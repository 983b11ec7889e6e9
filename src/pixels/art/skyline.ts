const SUB = 4;

/**
 * An outline that has one height over each place, like a ridge or a row of roofs: what lies below it is filled. Sampled four times a pixel, so that steep
 * flanks are as smooth as flat ones.
 */
export class Skyline {
  private readonly heights: Float32Array;
  private readonly top: Float32Array;
  /** In each column, the y from which everything lies below the outline. */
  readonly bottom: Float32Array;

  /** `at` gives the outline's y in pixels at an x in pixels. */
  constructor(width: number, at: (x: number) => number) {
    this.heights = new Float32Array(width * SUB);
    this.top = new Float32Array(width);
    this.bottom = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      let top = Infinity;
      let bottom = -Infinity;
      for (let s = 0; s < SUB; s++) {
        const y = at(x + (s + 0.5) / SUB);
        this.heights[x * SUB + s] = y;
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
      this.top[x] = top;
      this.bottom[x] = bottom;
    }
  }

  /** How much of a pixel lies below the outline, 0–1. */
  covers(x: number, y: number): number {
    if (y + 1 <= (this.top[x] as number)) return 0;
    if (y >= (this.bottom[x] as number)) return 1;
    let sum = 0;
    for (let s = x * SUB; s < (x + 1) * SUB; s++) {
      const inside = y + 1 - (this.heights[s] as number);
      sum += inside < 0 ? 0 : inside > 1 ? 1 : inside;
    }
    return sum / SUB;
  }

  /** How far a pixel's centre lies below the outline, in pixels; negative above it. */
  depth(x: number, y: number): number {
    return y + 0.5 - (this.heights[x * SUB + SUB / 2] as number);
  }
}

/** The nearest of the outlines, listed from far to near, that covers a pixel wholly; −1 where none does. What stands behind it need not be drawn. */
export function nearestCover(skylines: readonly Skyline[], x: number, y: number): number {
  let i = skylines.length - 1;
  while (i >= 0 && y < ((skylines[i] as Skyline).bottom[x] as number)) i--;
  return i;
}

/** The first row in which nothing of the sky is left. */
export function endOfSky(skylines: readonly Skyline[], width: number): number {
  let end = 0;
  for (let x = 0; x < width; x++) {
    let first = Infinity;
    for (const { bottom } of skylines) first = Math.min(first, bottom[x] as number);
    end = Math.max(end, first);
  }
  return end;
}
