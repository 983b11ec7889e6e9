import { blendOver, scaleLight } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { coverage, glow } from '../shaping';
import { gradient } from './gradient';

/** The ground of a title card: a calm mesh gradient with fine rings that grow out of one corner. The text is set afterwards. */
export function card(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const paint = gradient(scene);
  const dark = spec.tone === 'dark';
  const right = spanX * random.between(0.9, 1.02);
  const low = spanY * random.between(0.92, 1.06);
  const line = ramp.at(dark ? 0.95 : 0.1);
  const pitch = 0.085;
  const half = Math.max(0.5, 0.0011 * unit);
  return (y, row) => {
    paint(y, row);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      // The side the text stands on is quieter and, on dark cards, deeper.
      if (dark) scaleLight(row, i, 0.62 + 0.3 * (x / width));
      const dx = (x + 0.5) / unit - right;
      const dy = (y + 0.5) / unit - low;
      const away = Math.sqrt(dx * dx + dy * dy);
      const ring = away / pitch;
      const off = Math.abs(ring - Math.round(ring)) * pitch * unit;
      if (ring > 0.5) blendOver(row, i, line, 0.34 * coverage(off - half) * glow(away, 0.38));
    }
  };
}
