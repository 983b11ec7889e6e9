import assert from 'node:assert/strict';
import { area, boundsOf, contains, formatExtent, type Bounds, type Extent } from '../../../src/core/geometry';
import type { SizeRule } from '../../../src/core/models';
import type { Tile } from '../../../src/core/pixels';
import { isLegalExtent } from '../../../src/core/sizes';

/** What a plan shows when it is played tile by tile on a grid of its own edges: nothing here is taken from the planner. */
export interface Played {
  /** Of each tile, the share of its window that was known when it came. */
  readonly known: readonly number[];
  /** Of each tile, the pixels it was the first to draw. */
  readonly fresh: readonly number[];
  /** How many tiles, one after the other, the last one waits for, itself included. */
  readonly depth: number;
}

/** Plays a plan and asserts what every plan must hold: legal sizes, windows inside the canvas, same form, no coarser than the canvas, an order without races, neighbours that see each other, all drawn. */
export function play(canvas: Extent, isEmpty: (x: number, y: number) => boolean, edges: readonly Bounds[], tiles: readonly Tile[], rule: SizeRule, leastScale = 1 / 1.02): Played {
  const boxes = [boundsOf(canvas), ...edges, ...tiles.map((tile) => tile.window)];
  const xs = cuts(boxes.flatMap(({ x, width }) => [x, x + width]));
  const ys = cuts(boxes.flatMap(({ y, height }) => [y, y + height]));
  const columns = xs.length - 1;
  const at = (all: readonly number[], index: number): number => all[index] ?? assert.fail();
  /** Who drew a cell: -1 the original, -2 nobody yet. */
  const owner = new Int32Array(columns * (ys.length - 1));
  for (let j = 0; j < ys.length - 1; j++) for (let i = 0; i < columns; i++) owner[j * columns + i] = isEmpty(at(xs, i), at(ys, j)) ? -2 : -1;
  const closures: Set<number>[] = [];
  const known: number[] = [];
  const fresh: number[] = [];
  const depths: number[] = [];
  tiles.forEach(({ window, asked, after }, index) => {
    assert.ok(isLegalExtent(asked, rule), `${formatExtent(asked)} is not legal`);
    assert.ok(contains(boundsOf(canvas), window), 'the window leaves the canvas');
    const across = asked.width / window.width;
    const down = asked.height / window.height;
    assert.ok(Math.max(across, down) <= Math.min(across, down) * 1.0201, `${formatExtent(window)} is drawn as ${formatExtent(asked)}`);
    assert.ok(Math.min(across, down) >= leastScale - 1e-3, `${formatExtent(window)} is drawn coarser, as ${formatExtent(asked)}`);
    assert.ok(after.every((other) => Number.isInteger(other) && other >= 0 && other < index), 'a tile waits for a later one');
    const closure = new Set(after.flatMap((other) => [other, ...(closures[other] ?? [])]));
    closures.push(closure);
    let seen = 0;
    let drew = 0;
    const i0 = xs.indexOf(window.x);
    const i1 = xs.indexOf(window.x + window.width);
    const j0 = ys.indexOf(window.y);
    const j1 = ys.indexOf(window.y + window.height);
    const mine: number[] = [];
    for (let j = j0; j < j1; j++) {
      for (let i = i0; i < i1; i++) {
        const cell = j * columns + i;
        const pixels = (at(xs, i + 1) - at(xs, i)) * (at(ys, j + 1) - at(ys, j));
        const by = owner[cell] ?? assert.fail();
        if (by === -2) mine.push(cell);
        else assert.ok(by === -1 || closure.has(by), `tile ${index} races with tile ${by}`);
        if (by === -2) drew += pixels;
        else seen += pixels;
      }
    }
    for (const cell of mine) owner[cell] = index;
    assert.ok(drew > 0, `tile ${index} draws nothing`);
    known.push(seen / area(window));
    fresh.push(drew);
    depths.push(1 + Math.max(0, ...after.map((other) => depths[other] ?? 0)));
  });
  assert.ok(!owner.includes(-2), 'something stays empty');
  for (let cell = 0; cell < owner.length; cell++) {
    for (const next of [(cell + 1) % columns === 0 ? cell : cell + 1, cell + columns < owner.length ? cell + columns : cell]) {
      const [first = 0, second = 0] = [owner[cell] ?? 0, owner[next] ?? 0].sort((a, b) => a - b);
      if (first >= 0 && first !== second) assert.ok(closures[second]?.has(first), `tiles ${first} and ${second} meet without seeing each other`);
    }
  }
  return { known, fresh, depth: Math.max(0, ...depths) };
}

/** Whether a point lies outside a rectangle. */
export function outside(box: Bounds): (x: number, y: number) => boolean {
  return (x, y) => x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height;
}

function cuts(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
