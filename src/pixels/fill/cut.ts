import { FIRST_BLOCK, KEPT, OPEN } from './ground';
import type { Ground, Shift } from './ground';

/** A block's place on the canvas, in pixels; it may reach beyond the canvas. */
export interface BlockPlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** How far it reaches beyond its cell. */
  readonly margin: number;
}

/**
 * Draws a block: pixels that nothing was drawn on yet are copied; where it overlaps earlier blocks it wins inside the minimum-error boundary cuts through the overlaps
 * (Efros and Freeman, *Image Quilting*, 2001), one cut for each side on which there are some; beyond its cell, where no cut leads, it does not. Kept pixels stay.
 */
export function drawBlock(ground: Ground, place: BlockPlace, shift: Shift): void {
  const { width, height, owner, rgba } = ground;
  const who = FIRST_BLOCK + ground.shifts.length;
  ground.shifts.push(shift);
  const { side, margin } = place;
  const x0 = Math.max(0, -place.x);
  const x1 = Math.min(side, width - place.x);
  const y0 = Math.max(0, -place.y);
  const y1 = Math.min(side, height - place.y);
  const errors = mismatch(ground, place, shift, x0, x1, y0, y1);
  const strip = 2 * margin;
  const left = cutThrough(errors, { along: side, across: 1, start: 0, strip, from: y0, to: y1, side });
  const right = cutThrough(errors, { along: side, across: 1, start: side - strip, strip, from: y0, to: y1, side });
  const top = cutThrough(errors, { along: 1, across: side, start: 0, strip, from: x0, to: x1, side });
  const bottom = cutThrough(errors, { along: 1, across: side, start: side - strip, strip, from: x0, to: x1, side });
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const i = (place.y + y) * width + place.x + x;
      const before = owner[i] as number;
      if (before === KEPT) continue;
      if (before !== OPEN) {
        const inStrip =
          (left !== undefined && x < strip) || (right !== undefined && x >= side - strip) || (top !== undefined && y < strip) || (bottom !== undefined && y >= side - strip);
        if (!inStrip && (x < margin || x >= side - margin || y < margin || y >= side - margin)) continue;
        if (left && x < (left[y] as number)) continue;
        if (right && x > (right[y] as number)) continue;
        if (top && y < (top[x] as number)) continue;
        if (bottom && y > (bottom[x] as number)) continue;
      }
      const from = ((shift.y0 + shift.stepY * (place.y + y)) * width + shift.x0 + shift.stepX * (place.x + x)) * 4;
      rgba[i * 4] = rgba[from] as number;
      rgba[i * 4 + 1] = rgba[from + 1] as number;
      rgba[i * 4 + 2] = rgba[from + 2] as number;
      rgba[i * 4 + 3] = rgba[from + 3] as number;
      owner[i] = who;
    }
  }
}

/** Squared difference between the block and earlier blocks, one entry a block pixel; -1 where there is no earlier block. */
function mismatch(ground: Ground, place: BlockPlace, shift: Shift, x0: number, x1: number, y0: number, y1: number): Float32Array {
  const { width, owner, rgba } = ground;
  const errors = new Float32Array(place.side * place.side).fill(-1);
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const i = (place.y + y) * width + place.x + x;
      if ((owner[i] as number) < FIRST_BLOCK) continue;
      const from = ((shift.y0 + shift.stepY * (place.y + y)) * width + shift.x0 + shift.stepX * (place.x + x)) * 4;
      const a = (rgba[i * 4 + 3] as number) - (rgba[from + 3] as number);
      const r = (rgba[i * 4] as number) - (rgba[from] as number);
      const g = (rgba[i * 4 + 1] as number) - (rgba[from + 1] as number);
      const b = (rgba[i * 4 + 2] as number) - (rgba[from + 2] as number);
      errors[y * place.side + x] = r * r + g * g + b * b + a * a;
    }
  }
  return errors;
}

/** A strip of a block's errors: lines `from`…`to` lie `along` entries apart, the `strip` positions of a line `across` entries, from position `start`. */
interface Strip {
  readonly along: number;
  readonly across: number;
  readonly start: number;
  readonly strip: number;
  readonly from: number;
  readonly to: number;
  readonly side: number;
}

/** The position of the cheapest path on each line of a strip, by dynamic programming, one position sideways a line at most; undefined where no earlier block overlaps on this side. */
function cutThrough(errors: Float32Array, { along, across, start, strip, from, to, side }: Strip): Int32Array | undefined {
  let overlaps = false;
  // Blocks on the other sides reach into the strip's ends: they call for no cut here.
  for (let line = Math.max(from, strip); line < Math.min(to, side - strip) && !overlaps; line++) {
    for (let s = 0; s < strip; s++) if ((errors[line * along + (start + s) * across] as number) >= 0) overlaps = true;
  }
  if (!overlaps) return undefined;
  const cost = new Float32Array(strip * to);
  for (let line = from; line < to; line++) {
    for (let s = 0; s < strip; s++) {
      const error = errors[line * along + (start + s) * across] as number;
      let best = 0;
      if (line > from) {
        const above = (line - 1) * strip + s;
        best = cost[above] as number;
        if (s > 0) best = Math.min(best, cost[above - 1] as number);
        if (s < strip - 1) best = Math.min(best, cost[above + 1] as number);
      }
      cost[line * strip + s] = best + Math.max(0, error);
    }
  }
  const path = new Int32Array(to);
  let at = 0;
  for (let line = to - 1; line >= from; line--) {
    const low = line === to - 1 ? 0 : Math.max(0, at - 1);
    const high = line === to - 1 ? strip - 1 : Math.min(strip - 1, at + 1);
    at = low;
    for (let s = low + 1; s <= high; s++) {
      if ((cost[line * strip + s] as number) < (cost[line * strip + at] as number)) at = s;
    }
    path[line] = start + at;
  }
  return path;
}
