import type { Bounds } from '../../core/geometry';
import type { Mask } from '../../core/image';
import { maskBounds } from '../../core/maskShape';

/** How many cells what is painted is divided into along its longer side, and the least edge of one, in pixels. */
const CELLS = 24;
const LEAST_CELL = 32;

/** Whether anything of a rectangle inside the mask is painted. */
export function isPending({ width, data }: Mask, { x, y, width: columns, height: rows }: Bounds): boolean {
  for (let row = y; row < y + rows; row++) {
    const end = row * width + x + columns;
    for (let i = end - columns; i < end; i++) if (data[i] !== 0) return true;
  }
  return false;
}

/**
 * Rectangles that do not overlap and hold all that is painted: what a grid of 24 by 24 cells or fewer, laid over it, has in each cell, no larger than it is, and put together where several make up a rectangle. A painted rectangle is one.
 */
export function partsOf(mask: Mask): readonly Bounds[] {
  const box = maskBounds(mask);
  if (!box) return [];
  const edge = Math.max(LEAST_CELL, Math.ceil(Math.max(box.width, box.height) / CELLS));
  const parts: Bounds[] = [];
  for (let y = box.y; y < box.y + box.height; y += edge) {
    const row: Bounds[] = [];
    const height = Math.min(edge, box.y + box.height - y);
    for (let x = box.x; x < box.x + box.width; x += edge) {
      const part = partInside(mask, { x, y, width: Math.min(edge, box.x + box.width - x), height });
      if (part) addAcross(row, part);
    }
    for (const part of row) addDown(parts, part);
  }
  return parts;
}

/** What is painted of a cell. */
function partInside({ width, data }: Mask, cell: Bounds): Bounds | undefined {
  let [left, right, top, bottom] = [cell.width, -1, -1, -1];
  for (let y = cell.y; y < cell.y + cell.height; y++) {
    const row = y * width + cell.x;
    let first = 0;
    while (first < cell.width && data[row + first] === 0) first++;
    if (first === cell.width) continue;
    let last = cell.width - 1;
    while (data[row + last] === 0) last--;
    left = Math.min(left, first);
    right = Math.max(right, last);
    if (top < 0) top = y;
    bottom = y;
  }
  return right < 0 ? undefined : { x: cell.x + left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Adds a part to those of its row, or makes the last one longer. */
function addAcross(row: Bounds[], part: Bounds): void {
  const last = row.at(-1);
  if (last && last.y === part.y && last.height === part.height && last.x + last.width === part.x) row[row.length - 1] = { ...last, width: last.width + part.width };
  else row.push(part);
}

/** Adds a part, or makes the one above it higher. */
function addDown(parts: Bounds[], part: Bounds): void {
  const above = parts.findIndex(({ x, y, width, height }) => x === part.x && width === part.width && y + height === part.y);
  const one = parts[above];
  if (one) parts[above] = { ...one, height: one.height + part.height };
  else parts.push(part);
}
