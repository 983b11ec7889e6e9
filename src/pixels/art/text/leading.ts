import type { Line } from './layout';

/** From baseline to baseline, in font units, where nothing touches. */
export const LEADING = 148;
/** What stays free between lines that are moved apart. */
const AIR = 6;
/** Width of the columns in which two lines are compared, in font units. */
const COLUMN = 3;

/** How far a line reaches down and up in each column that the pen's way crosses, in font units. */
interface Skyline {
  readonly down: ReadonlyMap<number, number>;
  readonly up: ReadonlyMap<number, number>;
  readonly lowest: number;
}

/** From baseline to baseline, in font units: as it looks best, or more where a descender or a mark would touch what stands under it. */
export function leadingOf(lines: readonly Line[], align: number, pen: number): number {
  const widest = Math.max(...lines.map((line) => line.width));
  const skylines = lines.map((line) => skylineOf(line, (widest - line.width) * align));
  let leading = LEADING;
  for (const [index, { up }] of skylines.entries()) {
    const above = skylines[index - 1];
    if (above) leading = Math.max(leading, apart(above, up, pen));
  }
  return leading;
}

/** How far apart two lines must be; 0 where they do not touch as they are. */
function apart({ down, lowest }: Skyline, up: ReadonlyMap<number, number>, pen: number): number {
  const reach = Math.floor((2 * pen) / COLUMN);
  let least = 0;
  for (const [column, height] of up) {
    if (height - lowest + 2 * pen <= LEADING) continue;
    for (let offset = -reach; offset <= reach; offset++) {
      const depth = down.get(column + offset);
      if (depth === undefined) continue;
      const aside = offset * offset * COLUMN * COLUMN;
      // Two round pens touch where their centres are less than a pen apart, whichever way.
      if (height - depth + Math.sqrt(4 * pen * pen - aside) > LEADING) least = Math.max(least, height - depth + Math.sqrt((2 * pen + AIR) ** 2 - aside));
    }
  }
  return least;
}

function skylineOf({ placed }: Line, start: number): Skyline {
  const down = new Map<number, number>();
  const up = new Map<number, number>();
  let lowest = 0;
  for (const { letter, x } of placed) {
    for (const { ax, ay, bx, by } of letter.segments) {
      lowest = Math.min(lowest, ay, by);
      const to = Math.floor((start + x + Math.max(ax, bx)) / COLUMN);
      for (let column = Math.floor((start + x + Math.min(ax, bx)) / COLUMN); column <= to; column++) {
        down.set(column, Math.min(down.get(column) ?? Infinity, ay, by));
        up.set(column, Math.max(up.get(column) ?? -Infinity, ay, by));
      }
    }
  }
  return { down, up, lowest };
}
