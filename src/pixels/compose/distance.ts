/**
 * The square of each pixel's distance to the nearest pixel of a set (one byte a pixel, 1 inside), exact up to `reach` pixels and more than `reach` squared beyond:
 * first along the columns, then over the rows (after Saito and Toriwaki 1994).
 */
export function squaredDistances(set: Uint8Array, width: number, height: number, reach: number): Int32Array {
  const far = reach + 1;
  const vertical = new Int32Array(set.length).fill(far);
  for (let y = 0; y < height; y++) stepFrom(set, vertical, y * width, y === 0 ? -1 : (y - 1) * width, width, far);
  for (let y = height - 2; y >= 0; y--) stepFrom(set, vertical, y * width, (y + 1) * width, width, far);
  const squared = new Int32Array(set.length).fill(far * far);
  for (let y = 0; y < height; y++) squareRow(vertical, y * width, width, reach, squared);
  return squared;
}

/** Lowers a row's steps to those of the row beside it, which begins at `beside` (-1 for none), and one more. */
function stepFrom(set: Uint8Array, vertical: Int32Array, row: number, beside: number, width: number, far: number): void {
  for (let x = 0; x < width; x++) {
    if (set[row + x] === 1) vertical[row + x] = 0;
    else if (beside >= 0) vertical[row + x] = Math.min(far, vertical[row + x] as number, (vertical[beside + x] as number) + 1);
  }
}

function squareRow(vertical: Int32Array, row: number, width: number, reach: number, squared: Int32Array): void {
  for (let x = 0; x < width; x++) {
    const steps = vertical[row + x] as number;
    if (steps > reach) continue;
    const span = steps === 0 && x > 0 && x < width - 1 && vertical[row + x - 1] === 0 && vertical[row + x + 1] === 0 ? 0 : reach;
    spread(steps * steps, row + x, row + Math.max(0, x - span), row + Math.min(width - 1, x + span), squared);
  }
}

/** Lowers the pixels `first` to `last` of a row to what they have by way of pixel `from`. */
function spread(square: number, from: number, first: number, last: number, squared: Int32Array): void {
  for (let i = first; i <= last; i++) {
    const value = square + (i - from) * (i - from);
    if (value < (squared[i] as number)) squared[i] = value;
  }
}
