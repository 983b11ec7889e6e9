import { Noise } from '../noise';
import { addLight, blendOver, mixRgb, put } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, coverage, glow, mix, smoothstep } from '../shaping';
import { Skyline } from '../skyline';
import { placeStars } from '../starlight';

/** A striped sun over a glowing floor of lines, as posters and games of the 1980s had it. */
export function retro(scene: Scene): RowPainter {
  const { random, ramp, accent, unit, width, spanX, spanY } = scene;
  const horizon = spanY * 0.6;
  const sunX = spanX / 2;
  const sunRadius = spanY * 0.27;
  const sunY = horizon - sunRadius * 0.72;
  const stars = placeStars(scene, { perUnit: 260, brightest: 0.8, below: horizon * 0.8 });
  const noise = new Noise(random);
  const ridge = new Skyline(width, (px) => {
    const x = px / unit;
    const rise = 0.25 + 0.75 * (1 - bell((x - sunX) / Math.max(0.9, spanX * 0.6)));
    return (horizon - spanY * 0.2 * rise * noise.ridged(x * 1.9, 3, 4)) * unit;
  });
  const top = ramp.at(0);
  const low = ramp.at(0.46);
  const floor = ramp.at(0.02);
  const line = accent;
  const sunTop = mixRgb(ramp.at(0.85), [1, 0.72, 0.12], 0.62);
  const sunFoot = ramp.at(0.62);
  const hills = mixRgb(floor, low, 0.18);
  const spacing = 0.15;

  return (y, row) => {
    const v = (y + 0.5) / unit;
    if (v < horizon) {
      const t = v / horizon;
      const air = mixRgb(top, low, t * t * t * 0.9);
      for (let i = 0; i < width * 3; i += 3) put(row, i, air);
      stars.addRow(y, row, 1 - smoothstep(0.4, 0.95, t));
      const stripe = ((v - sunY) / sunRadius + 0.15) * 6.2;
      const slit = stripe > 0 ? coverage((Math.abs(stripe - Math.floor(stripe) - 0.5) - (0.04 + 0.045 * stripe)) * (sunRadius * unit) / 6.2) : 0;
      const sun = mixRgb(sunTop, sunFoot, clamp01((v - sunY + sunRadius) / (1.75 * sunRadius)));
      for (let x = 0, i = 0; x < width; x++, i += 3) {
        const dx = (x + 0.5) / unit - sunX;
        const dy = v - sunY;
        const away = Math.sqrt(dx * dx + dy * dy);
        addLight(row, i, sunFoot, 0.42 * glow(Math.max(0, away - sunRadius * 0.8), 0.16) * smoothstep(1.5, 0.3, away));
        blendOver(row, i, sun, coverage((away - sunRadius) * unit) * (1 - slit));
        const land = ridge.covers(x, y);
        if (land > 0) {
          blendOver(row, i, hills, land);
          addLight(row, i, line, 0.5 * land * glow(ridge.depth(x, y) / unit, 0.0035));
        }
      }
      return;
    }
    const depth = Math.max(v - horizon, 0.5 / unit);
    const away = 0.24 / depth;
    // Line widths follow perspective and never fall under a pixel; where lines crowd, they melt into their mean.
    const rowPitch = (depth * depth * spacing) / 0.24 * unit;
    const across = away / spacing;
    const nearLine = Math.abs(across - Math.round(across)) * rowPitch;
    const half = Math.max(0.6, 0.0042 * unit * (0.3 + 2.4 * depth));
    const melt = smoothstep(1.5, 5, rowPitch);
    const rowLight = mix(clamp01((2 * half) / Math.max(rowPitch, 0.01)) * 0.5, coverage(nearLine - half) + 0.3 * glow(nearLine, half * 3), melt);
    const columnPitch = (spacing * depth * unit) / 0.24;
    const fade = smoothstep(0, 0.12, depth);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = ((x + 0.5) / unit - sunX) / depth * 0.24 / spacing;
      const off = Math.abs(u - Math.round(u)) * columnPitch;
      const columnMelt = smoothstep(1.5, 5, columnPitch);
      const columnLight = mix(0.4, coverage(off - half) + 0.3 * glow(off, half * 3), columnMelt);
      put(row, i, floor);
      const dx = (x + 0.5) / unit - sunX;
      addLight(row, i, sunFoot, 0.3 * glow(dx, 0.35) * glow(depth, 0.12));
      addLight(row, i, line, Math.min(1.2, Math.max(rowLight, columnLight) + 0.25 * Math.min(rowLight, columnLight)) * mix(0.22, 0.85, fade));
    }
  };
}
