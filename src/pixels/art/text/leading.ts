import type { Line } from './layout';

/** From baseline to baseline, in font units, where no letter reaches far into the space between. */
const LEADING = 148;
/** What stays free between a descender and an accent under it. */
const AIR = 6;
/** Columns in which two lines are compared. */
const COLUMN = 6;

/** How far each column of a line reaches down and up, in font units; those that the pen does not touch are left out. */
interface Skyline {
  readonly down: ReadonlyMap<number, number>;
  readonly up: ReadonlyMap<number, number>;
}

/** From baseline to baseline, in font units: as it looks best, or more where a descender would touch what stands under it. */
export function leadingOf(lines: readonly Line[], align: number, pen: number): number {
  const widest = Math.max(...lines.map((line) => line.width));
  const skylines = lines.map((line) => skylineOf(line, (widest - line.width) * align, pen + AIR / 2));
  let leading = LEADING;
  for (const [index, { up }] of skylines.entries()) {
    for (const [column, height] of up) {
      const depth = skylines[index - 1]?.down.get(column);
      if (depth !== undefined) leading = Math.max(leading, height - depth + 2 * pen + AIR);
    }
  }
  return leading;
}

function skylineOf({ placed }: Line, start: number, reach: number): Skyline {
  const down = new Map<number, number>();
  const up = new Map<number, number>();
  for (const { letter, x } of placed) {
    for (const { ax, ay, bx, by } of letter.segments) {
      const from = Math.floor((start + x + Math.min(ax, bx) - reach) / COLUMN);
      const to = Math.floor((start + x + Math.max(ax, bx) + reach) / COLUMN);
      for (let column = from; column <= to; column++) {
        down.set(column, Math.min(down.get(column) ?? Infinity, ay, by));
        up.set(column, Math.max(up.get(column) ?? -Infinity, ay, by));
      }
    }
  }
  return { down, up };
}
