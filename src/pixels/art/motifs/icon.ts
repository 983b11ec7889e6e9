import type { LinearRgb } from '../../../core/oklab';
import { GLYPHS, PLAIN_GLYPHS } from '../glyphs/glyphs';
import { blendOver, mixRgb, put, Ramp } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, coverage, mix, smoothstep } from '../shaping';

/** Half the side of the tile, in units. */
export const ICON_SIDE = 0.33;

/** How large the corners of a tile are, against half its side: a rounded square, or a squircle all around. */
const CORNERS = [0.62, 0.62, 1] as const;

/** An app icon on a quiet ground with a soft shadow: a pale glyph on a rounded tile in the palette's strong colours, or those colours on a pale one. */
export function icon(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, height, spanX, spanY } = scene;
  const dark = spec.tone === 'dark';
  const named = spec.glyph !== undefined && Object.hasOwn(GLYPHS, spec.glyph) ? GLYPHS[spec.glyph] : undefined;
  const glyph = named ?? random.pick(PLAIN_GLYPHS);
  // Quoted text takes the glyph's place: it is set afterwards.
  const lettered = spec.text !== undefined;
  const reversed = !lettered && random.next() < 0.35;
  const corner = random.pick(CORNERS);
  const slant = random.between(-0.24, 0.24);
  const side = ICON_SIDE * Math.min(spanX, spanY, 1);
  const groundTop = ramp.at(dark ? 0.1 : 1);
  const groundLow = ramp.at(dark ? 0.02 : 0.92);
  const shadow = ramp.at(0);
  const tile = new Ramp(spec.palette.length > 4 ? spec.palette.slice(1, 5) : spec.palette);
  const pale: LinearRgb = mixRgb(ramp.at(1), [1, 1, 1], 0.8);

  return (y, row) => {
    const v = (y + 0.5) / unit - spanY / 2;
    const ground = mixRgb(groundTop, groundLow, (y + 0.5) / height);
    const q = v / side;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      put(row, i, ground);
      const u = (x + 0.5) / unit - spanX / 2;
      const p = u / side;
      if (Math.abs(p) > 1.6 || Math.abs(q) > 1.8) continue;
      const drop = softTile(p, q - 0.12);
      blendOver(row, i, shadow, (dark ? 0.6 : 0.3) * (1 - smoothstep(-0.12, 0.42, drop)));
      const edge = roundedTile(p, q, corner) * side;
      const inside = coverage(edge * unit);
      if (inside === 0) continue;
      const shade = clamp01(0.52 - slant * p - 0.34 * q);
      if (reversed) blendOver(row, i, pale, inside * mix(1, 0.94, clamp01(q + 0.5)));
      else tile.blend(shade, inside, row, i);
      // A hair of light along the upper rim, as if the tile had a bevel.
      const rim = clamp01(1 + edge / 0.006) * smoothstep(0.2, -1, q);
      if (rim > 0) blendOver(row, i, pale, inside * 0.45 * rim);
      if (lettered || Math.abs(p) > 0.75 || Math.abs(q) > 0.8) continue;
      const under = glyph(p, q - 0.045);
      blendOver(row, i, shadow, inside * (reversed ? 0.12 : 0.26) * (1 - smoothstep(-0.03, 0.1, under)));
      const drawn = inside * coverage(glyph(p, q) * side * unit);
      if (reversed) tile.blend(shade * 0.8, drawn, row, i);
      else blendOver(row, i, pale, mix(1, 0.92, clamp01(q + 0.5)) * drawn);
    }
  };
}

/** Distance to a square from −1 to 1 with round corners: for the shadow, which must fade evenly all around. */
function softTile(p: number, q: number): number {
  const dx = Math.max(0, Math.abs(p) - 0.5);
  const dy = Math.max(0, Math.abs(q) - 0.5);
  return Math.sqrt(dx * dx + dy * dy) - 0.5;
}

/** About the distance to a tile from −1 to 1 whose corners begin without a kink (exponent 4 instead of a circle's 2). */
function roundedTile(p: number, q: number, corner: number): number {
  const dx = Math.abs(p) - (1 - corner);
  const dy = Math.abs(q) - (1 - corner);
  if (dx <= 0 || dy <= 0) return Math.max(dx, dy) - corner;
  const sum = dx * dx * dx + dy * dy * dy;
  const slope = Math.sqrt(dx * dx * dx * dx + dy * dy * dy * dy);
  return (sum - corner * corner * corner) / (3 * Math.max(slope, corner * corner * 0.5));
}
