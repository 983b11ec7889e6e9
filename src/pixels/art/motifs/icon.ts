import type { LinearRgb } from '../../../core/oklab';
import { GLYPHS } from '../glyphs';
import { blendOver, mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, coverage, mix, smoothstep } from '../shaping';

/** An app icon: a glyph in white on a rounded tile of the palette, standing on a pale or dark ground with a soft shadow. */
export function icon(scene: Scene): RowPainter {
  const { random, ramp, accent, spec, unit, width, height, spanX, spanY } = scene;
  const dark = spec.tone === 'dark';
  const names = Object.keys(GLYPHS);
  const named = spec.glyph !== undefined && Object.hasOwn(GLYPHS, spec.glyph) ? spec.glyph : random.pick(names);
  const glyph = GLYPHS[named] as (typeof GLYPHS)[string];
  const side = 0.33 * Math.min(spanX, spanY, 1);
  const centreX = spanX / 2;
  const centreY = spanY / 2;
  const groundTop = ramp.at(dark ? 0.1 : 1);
  const groundLow = ramp.at(dark ? 0.02 : 0.92);
  const from = mixRgb(ramp.at(0.62), accent, 0.55);
  const to = ramp.at(0.28);
  const shadow = ramp.at(0);
  const ink: LinearRgb = mixRgb(ramp.at(1), [1, 1, 1], 0.75);
  const inkLow = mixRgb(ink, ramp.at(0.8), 0.4);

  return (y, row) => {
    const v = (y + 0.5) / unit - centreY;
    const ground = mixRgb(groundTop, groundLow, (y + 0.5) / height);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = (x + 0.5) / unit - centreX;
      row.set(ground, i);
      const drop = squircle(u, v - side * 0.11, side * 0.96);
      blendOver(row, i, shadow, (dark ? 0.6 : 0.34) * (1 - smoothstep(-0.02, side * 0.34, drop)));
      const edge = squircle(u, v, side);
      const tile = coverage(edge * unit);
      if (tile === 0) continue;
      const p = u / side;
      const q = v / side;
      blendOver(row, i, mixRgb(from, to, clamp01(0.5 + 0.24 * p + 0.42 * q)), tile);
      // Light from above along the upper rim.
      const rim = smoothstep(-0.014, -0.002, edge) * smoothstep(0.1, -0.9, q);
      blendOver(row, i, ink, tile * 0.4 * rim);
      const within = glyph(p, q) * side;
      const under = glyph(p, q - 0.05) * side;
      blendOver(row, i, shadow, tile * 0.22 * (1 - smoothstep(-0.01, 0.04, under)));
      blendOver(row, i, mixRgb(ink, inkLow, clamp01(mix(0.5, 1, q))), tile * coverage(within * unit));
    }
  };
}

/** About the distance to a superellipse of exponent 5, the shape of today's icons. */
function squircle(u: number, v: number, side: number): number {
  const p = Math.abs(u / side);
  const q = Math.abs(v / side);
  const p4 = p * p * p * p;
  const q4 = q * q * q * q;
  const sum = p4 * p + q4 * q;
  const slope = 5 * Math.sqrt(p4 * p4 + q4 * q4);
  return slope < 1e-3 ? -side : ((sum - 1) / Math.max(slope, 1.2)) * side;
}
