import type { Bounds } from '../../core/geometry';
import type { Guide } from './guide';
import { KEPT, OPEN } from './ground';
import type { Ground } from './ground';
import { runsOf } from './runs';
import type { LayerCell } from './runs';

/** The side of a cell, in guide pixels. Cells tile the canvas; one block is drawn for each. */
export const CELL = 10;
/** How far a block reaches beyond its cell on each side, in guide pixels: blocks overlap by twice this. */
export const MARGIN = 4;
/** The side of a block in guide pixels: with a guide of 1/4 (for a source of 1024x1024) blocks of 72 pixels that overlap by 32. */
export const BLOCK = CELL + 2 * MARGIN;

/**
 * Where a cell's source is looked for. *rows*: kept pixels lie to the left or right, so that a source is taken from the same rows. *edge*: they lie only above or below, so that it is taken from the rows `top` to
 * `bottom` of the guide, those at the kept area's `edge`. *around*: a hole.
 */
export type Reach = { readonly kind: 'rows' } | { readonly kind: 'edge'; readonly top: number; readonly bottom: number; readonly edge: 'top' | 'bottom' } | { readonly kind: 'around' };

/** A cell to be drawn. */
export interface Cell {
  /** The top left corner of its block on the canvas; may lie outside. */
  readonly x: number;
  readonly y: number;
  readonly reach: Reach;
}

/** Chessboard distance of each pixel to the nearest kept one, at most 255 (Rosenfeld and Pfaltz 1968): the one by which squares are told that fit in, where `squaredDistances` tells discs. */
export function distanceToKept(ground: Ground): Uint8Array {
  const { width, height, owner } = ground;
  const distance = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (owner[i] === KEPT) continue;
      let least = 254;
      if (x > 0) least = Math.min(least, distance[i - 1] as number);
      if (y > 0) {
        least = Math.min(least, distance[i - width] as number);
        if (x > 0) least = Math.min(least, distance[i - width - 1] as number);
        if (x < width - 1) least = Math.min(least, distance[i - width + 1] as number);
      }
      distance[i] = least + 1;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1, i = y * width + x; x >= 0; x--, i--) {
      let least = (distance[i] as number) - 1;
      if (least < 1) continue;
      if (x < width - 1) least = Math.min(least, distance[i + 1] as number);
      if (y < height - 1) {
        least = Math.min(least, distance[i + width] as number);
        if (x > 0) least = Math.min(least, distance[i + width - 1] as number);
        if (x < width - 1) least = Math.min(least, distance[i + width + 1] as number);
      }
      distance[i] = least + 1;
    }
  }
  return distance;
}

/** The smallest rectangle that holds all kept pixels; undefined where there is none. */
export function keptBounds(ground: Ground): Bounds | undefined {
  const { width, height, owner } = ground;
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const row = owner.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(KEPT);
    if (first < 0) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(KEPT));
  }
  return top < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The cells that hold a pixel farther than `gap` from what is kept (narrower gaps are filled smoothly), in runs that are drawn together, and in the order in which to draw them: from the kept area outward, and what lies beside it before what lies
 * above, below and around its corners, so that a widened picture's bottom continues its new sides too.
 */
export function cellsToDraw(ground: Ground, guide: Guide, kept: Bounds, gap: number): Cell[][] {
  const { factor, originX, originY } = guide;
  const side = CELL * factor;
  const columns = Math.ceil((ground.width - originX) / side);
  const rows = Math.ceil((ground.height - originY) / side);
  const wanted = farCells(ground, side, columns, rows, originX, originY, gap);
  const has = (column: number, row: number): boolean =>
    guide.countKept(column * CELL, row * CELL, (column + 1) * CELL, (row + 1) * CELL) * 4 >= CELL * CELL;
  const keptCells = Uint8Array.from({ length: columns * rows }, (_, i) => (has(i % columns, Math.floor(i / columns)) ? 1 : 0));
  // Where the kept area's edge lies within a column of cells, those are kept and to be drawn: none of them is what its neighbours go on from.
  const sides = lookAround(keptCells.map((is, i) => (wanted[i] === 1 ? 0 : is)), columns, rows);
  const depth = Math.max(2 * BLOCK, Math.round((kept.height / factor) * 0.3));
  const reachOf = (column: number, row: number): Reach => {
    const index = row * columns + column;
    const seen = sides[index] as number;
    const beside = seen & (LEFT | RIGHT);
    const vertical = seen & (ABOVE | BELOW);
    if (beside !== 0 && vertical === 0) return { kind: 'rows' };
    if (beside !== 0 || vertical === (ABOVE | BELOW)) return { kind: 'around' };
    const below = vertical === ABOVE || (vertical === 0 && originY + row * side > kept.y);
    const top = Math.floor((kept.y - originY) / factor);
    const bottom = Math.ceil((kept.y + kept.height - originY) / factor);
    return below ? { kind: 'edge', top: Math.max(top, bottom - depth), bottom, edge: 'bottom' } : { kind: 'edge', top, bottom: Math.min(bottom, top + depth), edge: 'top' };
  };
  const runs: Cell[][] = [];
  const done = keptCells.slice();
  for (const phase of [0, 1]) {
    const distance = distances(done, columns, rows);
    const layers: LayerCell[][] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const index = row * columns + column;
        if (wanted[index] === 0) continue;
        const reach = reachOf(column, row);
        if ((reach.kind === 'edge' ? 1 : 0) !== phase) continue;
        const cell = { x: originX + column * side - MARGIN * factor, y: originY + row * side - MARGIN * factor, reach };
        // Where no cell counts as kept, all have the distance -1.
        (layers[(distance[index] as number) + 1] ??= []).push({ cell, column, row });
        done[index] = 1;
      }
    }
    runs.push(...layers.flatMap(runsOf));
  }
  return runs;
}

function farCells(ground: Ground, side: number, columns: number, rows: number, originX: number, originY: number, gap: number): Uint8Array {
  const distance = distanceToKept(ground);
  const wanted = new Uint8Array(columns * rows);
  for (let y = 0; y < ground.height; y++) {
    const row = Math.floor((y - originY) / side) * columns;
    for (let x = 0, i = y * ground.width; x < ground.width; x++, i++) {
      if (ground.owner[i] === OPEN && (distance[i] as number) > gap) wanted[row + Math.floor((x - originX) / side)] = 1;
    }
  }
  return wanted;
}

const LEFT = 1;
const RIGHT = 2;
const ABOVE = 4;
const BELOW = 8;

/** For each cell, on which sides a kept one lies in its row or column. */
function lookAround(kept: Uint8Array, columns: number, rows: number): Uint8Array {
  const sides = new Uint8Array(kept.length);
  const walk = (start: number, step: number, count: number, side: number): void => {
    let seen = 0;
    for (let n = 0, i = start; n < count; n++, i += step) {
      sides[i] = (sides[i] as number) | seen;
      if (kept[i] === 1) seen = side;
    }
  };
  for (let row = 0; row < rows; row++) {
    walk(row * columns, 1, columns, LEFT);
    walk(row * columns + columns - 1, -1, columns, RIGHT);
  }
  for (let column = 0; column < columns; column++) {
    walk(column, columns, rows, ABOVE);
    walk((rows - 1) * columns + column, -columns, rows, BELOW);
  }
  return sides;
}

/** Steps, diagonal ones included, from each cell to the nearest that is done. */
function distances(done: Uint8Array, columns: number, rows: number): Int32Array {
  const steps = new Int32Array(done.length).fill(-1);
  let front: number[] = [];
  for (let i = 0; i < done.length; i++) {
    if (done[i] === 1) {
      steps[i] = 0;
      front.push(i);
    }
  }
  for (let step = 1; front.length > 0; step++) {
    const next: number[] = [];
    for (const from of front) {
      const column = from % columns;
      const row = (from - column) / columns;
      for (let v = Math.max(0, row - 1); v <= Math.min(rows - 1, row + 1); v++) {
        for (let u = Math.max(0, column - 1); u <= Math.min(columns - 1, column + 1); u++) {
          const to = v * columns + u;
          if (steps[to] !== -1) continue;
          steps[to] = step;
          next.push(to);
        }
      }
    }
    front = next;
  }
  return steps;
}
