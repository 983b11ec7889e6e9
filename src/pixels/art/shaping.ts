/** Small arithmetic of drawing: ranges, soft steps, blends. */

export function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 below `low`, 1 above `high`, smooth between (Hermite). */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp01((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}

/** How much of a pixel lies inside an edge `distance` pixels away (negative inside). */
export function coverage(distance: number): number {
  return clamp01(0.5 - distance);
}

/** A bell that falls from 1 at 0 to 0 at 1 and beyond. */
export function bell(t: number): number {
  if (t >= 1 || t <= -1) return 0;
  const q = 1 - t * t;
  return q * q * q;
}

/** A falloff for glows: 1 at 0, near 1/x² far away; cheap and without a visible end. */
export function glow(distance: number, radius: number): number {
  const t = distance / radius;
  return 1 / (1 + t * t);
}
