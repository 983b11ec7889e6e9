import type { Bounds } from '../../../core/geometry';
import { coverage } from '../shaping';
import type { Layout } from './layout';

/** How much of each pixel of a part of the picture is covered by text, 0–255. */
export interface CoverageMap {
  readonly bounds: Bounds;
  readonly data: Uint8Array;
}

/** Draws a layout as a map of coverage: distance to the pen's way, antialiased. `left` and `baseline` say where its first line begins, in pixels; `align` 0 is flush left, 0.5 centred. */
export function drawCoverage(layout: Layout, bounds: Bounds, left: number, baseline: number, align: number): CoverageMap {
  const { width, height } = bounds;
  const data = new Uint8Array(width * height);
  const widest = Math.max(...layout.lines.map((line) => line.width));
  layout.lines.forEach((line, index) => {
    const originX = left + (widest - line.width) * align * layout.scale - bounds.x;
    const originY = baseline + index * layout.leading * layout.scale - bounds.y;
    for (const { letter, x } of line.placed) {
      for (const segment of letter.segments) {
        const half = layout.pen * layout.scale * segment.pen;
        stroke(
          data,
          width,
          height,
          originX + (x + segment.ax) * layout.scale,
          originY - segment.ay * layout.scale,
          originX + (x + segment.bx) * layout.scale,
          originY - segment.by * layout.scale,
          half,
        );
      }
    }
  });
  return { bounds, data };
}

function stroke(data: Uint8Array, width: number, height: number, ax: number, ay: number, bx: number, by: number, half: number): void {
  const dx = bx - ax;
  const dy = by - ay;
  const squared = Math.max(1e-9, dx * dx + dy * dy);
  const reach = half + 1;
  const top = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach));
  const from = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const to = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + reach));
  // A pen thinner than a pixel draws a pale line, not a broken one.
  const strength = 255 * Math.min(1, half * 2);
  for (let y = top; y <= bottom; y++) {
    for (let x = from; x <= to; x++) {
      const px = x + 0.5 - ax;
      const py = y + 0.5 - ay;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const ox = px - t * dx;
      const oy = py - t * dy;
      const q = ox * ox + oy * oy;
      if (q >= reach * reach) continue;
      const value = Math.round(strength * coverage(Math.sqrt(q) - Math.max(half, 0.5)));
      const k = y * width + x;
      if (value > (data[k] as number)) data[k] = value;
    }
  }
}
