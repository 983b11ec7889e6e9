import type { LinearRgb } from '../../../core/oklab';
import { blendOver, put } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { coverage } from '../shaping';

/** Distance to a shape's edge, negative inside; `u` and `v` run over the cell from 0 to 1. */
type Shape = (u: number, v: number) => number;

const round = (u: number, v: number, cu: number, cv: number, radius: number): number => Math.sqrt((u - cu) * (u - cu) + (v - cv) * (v - cv)) - radius;

/** Bauhaus shapes; each is turned at random by quarters. */
const SHAPES: readonly Shape[] = [
  (u, v) => round(u, v, 0, 0, 1),
  (u, v) => round(u, v, 0, 0, 1),
  (u, v) => round(u, v, 0.5, 0, 0.5),
  (u, v) => Math.max(round(u, v, 0, 0, 1), round(u, v, 1, 1, 1)),
  (u, v) => Math.max(round(u, v, 0, 0, 1), round(u, v, 1, 1, 1)),
  (u, v) => round(u, v, 0.5, 0.5, 0.36),
  (u, v) => Math.abs(round(u, v, 0.5, 0.5, 0.31)) - 0.11,
  (u, v) => (u + v - 1) * 0.70711,
  (u, v) => Math.min(Math.max(round(u, v, 0, 0, 1), -round(u, v, 0, 0, 0.67)), round(u, v, 0, 0, 0.34)),
  (u) => Math.abs(u * 3 - Math.floor(u * 3) - 0.5) / 3 - 1 / 12,
  (u, v) => Math.min(round(u, v, 0.5, 0, 0.5), round(u, v, 0.5, 1, 0.5)),
  (u, v) => (Math.abs(u - 0.5) + Math.abs(v - 0.5) - 0.5) * 0.70711,
  (u, v) => round(u * 3 - Math.floor(u * 3), v * 3 - Math.floor(v * 3), 0.5, 0.5, 0.26) / 3,
  () => 1,
];

interface Tile {
  readonly shape: Shape;
  readonly quarterTurns: number;
  readonly ground: LinearRgb;
  readonly figure: LinearRgb;
}

/** A mosaic of plain geometric figures in flat colours. */
export function tiles(scene: Scene): RowPainter {
  const { random, ramp, accent, spec, width, height, spanX, spanY } = scene;
  const perUnit = 3.6 + 2.6 * spec.energy;
  const columns = Math.max(1, Math.round(spanX * perUnit));
  const rows = Math.max(1, Math.round(spanY * perUnit));
  const tones = spec.tone === 'dark' ? [0, 0.12, 0.26, 0.5, 0.72, 0.95] : [1, 0.95, 0.82, 0.6, 0.36, 0.1];
  const flats: LinearRgb[] = tones.map((t) => ramp.at(t));
  const grid: Tile[] = [];
  for (let k = 0; k < columns * rows; k++) {
    const ground = random.below(10) < 6 ? random.below(3) : random.below(6);
    const step = 2 + random.below(4);
    const figure = (ground + step) % 6;
    const hot = random.next() < 0.17;
    grid.push({ shape: random.pick(SHAPES), quarterTurns: random.below(4), ground: flats[ground] as LinearRgb, figure: hot ? accent : (flats[figure] as LinearRgb) });
  }
  const cell = Math.min(width / columns, height / rows);
  return (y, row) => {
    const gridY = ((y + 0.5) / height) * rows;
    const j = Math.min(rows - 1, Math.floor(gridY));
    const v = gridY - j;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const gridX = ((x + 0.5) / width) * columns;
      const k = Math.min(columns - 1, Math.floor(gridX));
      const u = gridX - k;
      const { shape, quarterTurns, ground, figure } = grid[j * columns + k] as Tile;
      const turnedU = quarterTurns === 0 ? u : quarterTurns === 1 ? v : quarterTurns === 2 ? 1 - u : 1 - v;
      const turnedV = quarterTurns === 0 ? v : quarterTurns === 1 ? 1 - u : quarterTurns === 2 ? 1 - v : u;
      put(row, i, ground);
      const cover = coverage(shape(turnedU, turnedV) * cell);
      if (cover > 0) blendOver(row, i, figure, cover);
    }
  };
}
