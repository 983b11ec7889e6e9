/**
 * The square of each pixel's distance to the nearest pixel of a set (one byte a pixel, 1 inside), exact up to `reach` pixels and more than `reach` squared beyond:
 * first along the columns, then over the rows (after Saito and Toriwaki 1994).
 */
export function squaredDistances(set: Uint8Array, width: number, height: number, reach: number): Int32Array {
  const far = reach + 1;
  const vertical = new Int32Array(set.length);
  for (let x = 0; x < width; x++) {
    let steps = far;
    for (let y = 0; y < height; y++) {
      steps = set[y * width + x] === 1 ? 0 : Math.min(far, steps + 1);
      vertical[y * width + x] = steps;
    }
    steps = far;
    for (let y = height - 1; y >= 0; y--) {
      steps = set[y * width + x] === 1 ? 0 : Math.min(far, steps + 1);
      if (steps < (vertical[y * width + x] as number)) vertical[y * width + x] = steps;
    }
  }
  const squared = new Int32Array(set.length).fill(far * far);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const steps = vertical[row + x] as number;
      if (steps === far) continue;
      const span = steps === 0 && x > 0 && x < width - 1 && vertical[row + x - 1] === 0 && vertical[row + x + 1] === 0 ? 0 : reach;
      for (let i = Math.max(0, x - span); i <= Math.min(width - 1, x + span); i++) {
        const value = steps * steps + (i - x) * (i - x);
        if (value < (squared[row + i] as number)) squared[row + i] = value;
      }
    }
  }
  return squared;
}
