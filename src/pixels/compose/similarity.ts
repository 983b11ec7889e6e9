/**
 * Where a point of the window is found in the answer: moved by (x, y) after turning and scaling about a centre. Coordinates are continuous, a pixel's centre lies at its index plus a half.
 * `cosine` and `sine` are scale·cos(rotation) and scale·sin(rotation).
 */
export interface Similarity {
  readonly centreX: number;
  readonly centreY: number;
  readonly x: number;
  readonly y: number;
  readonly cosine: number;
  readonly sine: number;
}

export function similarity(centreX: number, centreY: number, x: number, y: number, cosine: number, sine: number): Similarity {
  return { centreX, centreY, x, y, cosine, sine };
}

// V8 keeps fields that were whole so far as integers, and compiles all that reads them anew once one is not: these have been fractional from the start.
similarity(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);

/** The similarity that only moves. */
export function translation(centreX: number, centreY: number, x: number, y: number): Similarity {
  return similarity(centreX, centreY, x, y, 1, 0);
}

export function scaleOf({ cosine, sine }: Similarity): number {
  return Math.hypot(cosine, sine);
}

/** In radians. */
export function rotationOf({ cosine, sine }: Similarity): number {
  return Math.atan2(sine, cosine);
}
