import { cosTurns } from '../../../core/exactMath';
import type { Material } from '../../../core/pixels';
import { Noise } from '../noise';
import { scaleLight } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, mix, smoothstep } from '../shaping';

/** How a material looks at a place of its tile, both coordinates 0–1: where on the palette's scale, and how much light falls on it, 1 for its own. */
type Surface = (u: number, v: number) => readonly [tone: number, light: number];

/** Noise over the tile that joins itself at the tile's edges: so many cells along each edge of a unit. */
type TileNoise = (u: number, v: number, across: number, down: number) => number;

const DRAWERS: Readonly<Record<Material, (noise: TileNoise, scene: Scene) => Surface>> = { paper, linen, wood, marble, stone, metal };

/** A surface to put things on: paper, linen, boards, marble, stone or brushed metal. It always tiles: its left edge goes on at its right one, its bottom at its top. */
export function material(scene: Scene): RowPainter {
  const { random, ramp, spec, width, height, spanX, spanY } = scene;
  const noise = new Noise(random);
  const cells = (perUnit: number, span: number): number => Math.min(256, Math.max(1, Math.round(perUnit * span)));
  const tileNoise: TileNoise = (u, v, across, down) => {
    const columns = cells(across, spanX);
    const rows = cells(down, spanY);
    return noise.tiled(u * columns, v * rows, columns, rows);
  };
  const surface = DRAWERS[spec.material ?? 'paper'](tileNoise, scene);
  return (y, row) => {
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const [tone, light] = surface((x + 0.5) / width, (y + 0.5) / height);
      ramp.write(tone, row, i);
      scaleLight(row, i, light);
    }
  };
}

/** Octaves of tile noise, each twice as fine and half as strong. */
function fractal(noise: TileNoise, u: number, v: number, across: number, down: number, octaves: number): number {
  let sum = 0;
  let total = 0;
  for (let k = 0, scale = 1, strength = 1; k < octaves; k++, scale *= 2, strength /= 2) {
    sum += strength * noise(u + 0.37 * k, v + 0.61 * k, across * scale, down * scale);
    total += strength;
  }
  return sum / total;
}

/** Light from the upper left on a height field, about 1. */
function relief(height: (u: number, v: number) => number, u: number, v: number, { width, height: rows }: Scene, strength: number): number {
  return 1 + strength * (height(u, v) - height(u - 1.5 / width, v - 1.5 / rows));
}

function paper(noise: TileNoise, scene: Scene): Surface {
  const base = scene.spec.tone === 'dark' ? 0.16 : 0.93;
  const height = (u: number, v: number): number => noise(u, v, 46, 46) + 0.7 * noise(u + 0.3, v, 110, 60) + 0.7 * noise(u, v + 0.4, 60, 110) + 0.5 * noise(u + 0.1, v + 0.7, 230, 230);
  return (u, v) => [base + 0.018 * fractal(noise, u, v, 2.2, 2.2, 3) + 0.01 * noise(u, v, 24, 24), relief(height, u, v, scene, 0.055)];
}

/** Threads over and under each other, none quite even. */
function linen(noise: TileNoise, { spec, spanX, spanY }: Scene): Surface {
  const columns = Math.max(2, 2 * Math.round(38 * spanX));
  const rows = Math.max(2, 2 * Math.round(38 * spanY));
  const base = spec.tone === 'dark' ? 0.2 : 0.86;
  return (u, v) => {
    const x = u * columns + 0.22 * noise(u, v, 5, 20);
    const y = v * rows + 0.22 * noise(u + 0.5, v, 20, 5);
    const across = x - Math.floor(x) - 0.5;
    const down = y - Math.floor(y) - 0.5;
    const over = ((Math.floor(x) + Math.floor(y)) & 1) === 0;
    // The thread on top is round across itself and dips along itself where it goes under its neighbours.
    const round = over ? 1 - 4 * across * across : 1 - 4 * down * down;
    const dip = over ? 1 - 2.2 * down * down : 1 - 2.2 * across * across;
    const slub = over ? noise(u, v, 60, 3) : noise(u + 0.4, v, 3, 60);
    const fibre = over ? noise(u, v, 250, 60) : noise(u, v, 60, 250);
    return [base + 0.05 * slub + 0.03 * fibre + 0.03 * noise(u, v, 2, 2), mix(0.68, 1.06, clamp01(0.25 + 0.75 * round * dip))];
  };
}

/** Boards side by side, each cut from another place of the tree. */
function wood(noise: TileNoise, { spec, spanY, height, random }: Scene): Surface {
  const boards = Math.max(1, Math.round(4 * spanY));
  const looks = Array.from({ length: boards }, () => ({ shade: random.between(-0.07, 0.07), from: random.next(), knots: random.between(0.35, 0.8), flow: random.between(0.14, 0.3) }));
  const base = spec.tone === 'dark' ? 0.3 : 0.6;
  const gap = Math.max(0.9 / height, 0.0016 / spanY) * boards;
  return (u, v) => {
    const along = v * boards;
    const index = Math.min(boards - 1, Math.floor(along));
    const { shade, from, knots, flow } = looks[index] as (typeof looks)[number];
    const across = along - index;
    const bend = noise(u + from, v + from, 1.6, 9) + 0.35 * noise(u + from, v, 5, 22);
    const rings = (across - 0.5) * (5 + 6 * flow) + 3.2 * knots * bend;
    const ring = rings - Math.floor(rings);
    // Early wood grows pale and wide, late wood dark and thin, and then winter ends it.
    const late = smoothstep(0.35, 0.93, ring) * (1 - smoothstep(0.93, 1, ring));
    const fibre = noise(u + from, v, 9, 250) + 0.6 * noise(u, v + from, 22, 256);
    const pore = smoothstep(0.42, 0.75, noise(u + 2 * from, v, 26, 256));
    const edge = Math.min(across, 1 - across);
    const light = mix(0.32, 1, smoothstep(0, gap, edge)) * mix(0.9, 1, smoothstep(gap, gap * 7, edge));
    return [base + shade - 0.13 * late + 0.035 * fibre - 0.07 * pore + 0.03 * noise(u, v + from, 2, 4), light];
  };
}

/** Clouds crossed by veins of several strengths, which run together and fade. */
function marble(noise: TileNoise, { spec }: Scene): Surface {
  const dark = spec.tone === 'dark';
  return (u, v) => {
    const bendX = 0.14 * fractal(noise, u, v, 2, 2, 4);
    const bendY = 0.14 * fractal(noise, u + 0.4, v + 0.2, 2, 2, 4);
    const vein = (across: number, down: number, width: number, shift: number): number => {
      const away = Math.abs(fractal(noise, u + bendX + shift, v + bendY + shift, across, down, 2));
      const strength = smoothstep(-0.25, 0.5, noise(u + shift, v, 2, 2));
      return strength * (0.3 * smoothstep(4 * width, 0, away) + 0.7 * smoothstep(width, 0, away));
    };
    const veins = clamp01(vein(1.4, 2, 0.026, 0) + 0.6 * vein(3, 3, 0.03, 0.31) + 0.4 * vein(6, 7, 0.035, 0.57));
    const cloud = fractal(noise, u + bendX, v + bendY, 2, 3, 4);
    return [dark ? 0.08 + 0.08 * cloud + 0.55 * veins : 0.92 + 0.09 * cloud - 0.42 * veins, 1 + 0.012 * noise(u, v, 200, 200)];
  };
}

function stone(noise: TileNoise, scene: Scene): Surface {
  const base = scene.spec.tone === 'dark' ? 0.26 : 0.72;
  const height = (u: number, v: number): number => fractal(noise, u, v, 60, 60, 3) - 1.6 * smoothstep(0.5, 0.8, noise(u + 0.2, v, 40, 40));
  return (u, v) => [base + 0.075 * fractal(noise, u, v, 2, 2, 5) + 0.03 * fractal(noise, u, v + 0.5, 30, 30, 3), relief(height, u, v, scene, 0.1)];
}

/** Brushed along its rows, with a broad sheen across. */
function metal(noise: TileNoise, { spec }: Scene): Surface {
  const base = spec.tone === 'dark' ? 0.3 : 0.74;
  return (u, v) => {
    const brushed = noise(u, v, 1, 256) + 0.8 * noise(u + 0.5, v + 0.5, 3, 250) + 0.5 * noise(u, v, 12, 256);
    const sheen = cosTurns(u + 0.12 * noise(u, v, 1, 2)) + 0.35 * cosTurns(2 * u + 0.3);
    return [base + 0.11 * sheen + 0.035 * brushed, 1 + 0.05 * brushed];
  };
}
