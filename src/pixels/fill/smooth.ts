import type { Checkpoint } from '../steps';
import { distanceToKept } from './cells';
import { OPEN } from './ground';
import type { Ground } from './ground';
import { PoissonSolver } from './poisson';

/** The owner of a pixel that was filled smoothly from afar. */
const SMOOTHED = 0xffff;
const TILE = 1024;
/** Gaps are narrow: nothing outside this margin matters to a tile. */
const TILE_MARGIN = 64;
const CYCLES = 6;
/** Enough to make the equation solvable where a region touches nothing known; too little to be seen. */
const SCREEN = 1e-6;
/** The most cells of the coarse picture from which wide areas are filled. */
const MAX_CELLS = 1 << 18;

/** A grid of premultiplied RGBA of which some cells are to be found. */
interface Field {
  readonly width: number;
  readonly height: number;
  /** 1 where the colour is to be found. */
  readonly free: Uint8Array;
  /** Four planes; known cells are set, the others are written. */
  readonly planes: readonly Float32Array[];
}

/** Fills all open pixels with the membrane over them, the harmonic function that meets the pixels around: right for gaps of some pixels. */
export async function fillNarrow(ground: Ground, checkpoint: Checkpoint): Promise<void> {
  const { width, height, owner } = ground;
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      if (!hasOpen(ground, left, top)) continue;
      const x0 = Math.max(0, left - TILE_MARGIN);
      const y0 = Math.max(0, top - TILE_MARGIN);
      const field = emptyField(Math.min(width, left + TILE + TILE_MARGIN) - x0, Math.min(height, top + TILE + TILE_MARGIN) - y0);
      for (let y = 0, cell = 0; y < field.height; y++) {
        for (let x = 0, i = (y0 + y) * width + x0; x < field.width; x++, i++, cell++) {
          if (owner[i] === OPEN) field.free[cell] = 1;
          else addPixel(ground, i, field, cell);
        }
      }
      await checkpoint();
      stretchMembrane(field);
      for (let y = top; y < Math.min(height, top + TILE); y++) {
        for (let x = left; x < Math.min(width, left + TILE); x++) {
          if (owner[y * width + x] === OPEN) writePixel(ground, y * width + x, field, x - x0, y - y0);
        }
      }
    }
  }
}

function hasOpen(ground: Ground, left: number, top: number): boolean {
  for (let y = top; y < Math.min(ground.height, top + TILE); y++) {
    const row = y * ground.width;
    if (ground.owner.subarray(row + left, row + Math.min(ground.width, left + TILE)).includes(OPEN)) return true;
  }
  return false;
}

/** Fills all open pixels of a picture that shows too little to continue it: a membrane over the picture scaled down, then over the gap that is left to the known pixels. */
export async function fillWide(ground: Ground, checkpoint: Checkpoint): Promise<void> {
  const { width, height, owner } = ground;
  const factor = Math.ceil(Math.sqrt((width * height) / MAX_CELLS));
  const field = emptyField(Math.ceil(width / factor), Math.ceil(height / factor));
  const counts = new Float32Array(field.free.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (owner[y * width + x] === OPEN) continue;
      const cell = Math.floor(y / factor) * field.width + Math.floor(x / factor);
      addPixel(ground, y * width + x, field, cell);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (count === 0) field.free[cell] = 1;
    else for (const plane of field.planes) plane[cell] = (plane[cell] as number) / count;
  }
  await checkpoint();
  stretchMembrane(field);
  // Near the known pixels the coarse picture is too coarse: what is left there is a narrow gap.
  const near = factor === 1 ? 0 : 2 * factor;
  const distance = distanceToKept(ground);
  for (let y = 0; y < height; y++) {
    if (y % TILE === 0) await checkpoint();
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (owner[i] !== OPEN || (distance[i] as number) <= near) continue;
      writePixel(ground, i, field, (x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5);
      owner[i] = SMOOTHED;
    }
  }
  await fillNarrow(ground, checkpoint);
}

function emptyField(width: number, height: number): Field {
  return { width, height, free: new Uint8Array(width * height), planes: Array.from({ length: 4 }, () => new Float32Array(width * height)) };
}

/** Solves for the free cells, as their difference from the mean of the known ones, which makes the start good where little is known. */
function stretchMembrane(field: Field): void {
  const { width, height, free } = field;
  const solver = new PoissonSolver(width, height, free, SCREEN);
  for (const plane of field.planes) {
    let sum = 0;
    let known = 0;
    for (let i = 0; i < plane.length; i++) {
      if (free[i] === 1) continue;
      sum += plane[i] as number;
      known++;
    }
    const mean = known === 0 ? 0 : sum / known;
    const rhs = new Float32Array(plane.length);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (free[i] === 0) continue;
        let around = 0;
        if (x > 0 && free[i - 1] === 0) around += (plane[i - 1] as number) - mean;
        if (x < width - 1 && free[i + 1] === 0) around += (plane[i + 1] as number) - mean;
        if (y > 0 && free[i - width] === 0) around += (plane[i - width] as number) - mean;
        if (y < height - 1 && free[i + width] === 0) around += (plane[i + width] as number) - mean;
        rhs[i] = around;
      }
    }
    const found = solver.solve(rhs, CYCLES);
    for (let i = 0; i < plane.length; i++) if (free[i] === 1) plane[i] = (found[i] as number) + mean;
  }
}

/** Adds a pixel's premultiplied colour to a cell. */
function addPixel({ rgba }: Ground, i: number, { planes }: Field, cell: number): void {
  const alpha = rgba[i * 4 + 3] as number;
  for (let channel = 0; channel < 4; channel++) {
    const plane = planes[channel] as Float32Array;
    plane[cell] = (plane[cell] as number) + (channel === 3 ? alpha : ((rgba[i * 4 + channel] as number) * alpha) / 255);
  }
}

/** Sets a pixel to a field's colour at (u, v), bilinearly between cells. */
function writePixel({ rgba }: Ground, i: number, { planes, width, height }: Field, u: number, v: number): void {
  const x0 = Math.max(0, Math.floor(u));
  const y0 = Math.max(0, Math.floor(v));
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const fx = Math.max(0, u - x0);
  const fy = Math.max(0, v - y0);
  let alpha = 0;
  for (let channel = 3; channel >= 0; channel--) {
    const plane = planes[channel] as Float32Array;
    const top = (plane[y0 * width + x0] as number) * (1 - fx) + (plane[y0 * width + x1] as number) * fx;
    const bottom = (plane[y1 * width + x0] as number) * (1 - fx) + (plane[y1 * width + x1] as number) * fx;
    const value = top * (1 - fy) + bottom * fy;
    if (channel === 3) alpha = value;
    rgba[i * 4 + channel] = channel === 3 ? alpha : alpha < 0.5 ? 0 : (value * 255) / alpha;
  }
}
