import type { Checkpoint } from '../steps';
import { FIRST_BLOCK } from './ground';
import type { Ground } from './ground';
import { meetKept } from './meetKept';
import { PoissonSolver } from './poisson';
import { LARGEST_STEP, seamSteps } from './seamSteps';
import type { Rect } from './rect';

/** The canvas is corrected in tiles of this side, each solved with a margin that the correction has all but faded over. */
const TILE = 1536;
/** V-cycles: two leave errors of about a level. */
const CYCLES = 2;

/**
 * Evens out the tone at all seams, between blocks and towards the kept pixels: the smallest smooth correction under which each seam shows the gradient that its sources have there
 * (Pérez, Gangnet and Blake, *Poisson Image Editing*, 2003; the screened form of Bhat et al. 2008, which lets the correction fade with the distance `reach`, in pixels).
 */
export async function evenSeams(ground: Ground, reach: number, fade: number, checkpoint: Checkpoint): Promise<void> {
  const margin = 2 * reach;
  for (let y = 0; y < ground.height; y += TILE) {
    for (let x = 0; x < ground.width; x += TILE) {
      const inner = { x0: x, y0: y, x1: Math.min(x + TILE, ground.width), y1: Math.min(y + TILE, ground.height) };
      if (!hasBlocks(ground, inner)) continue;
      await checkpoint();
      await correctTile(ground, inner, margin, 1 / (reach * reach), fade, checkpoint);
    }
  }
}

function hasBlocks(ground: Ground, rect: Rect): boolean {
  for (let y = rect.y0; y < rect.y1; y++) {
    for (let i = y * ground.width + rect.x0, end = y * ground.width + rect.x1; i < end; i++) {
      if ((ground.owner[i] as number) >= FIRST_BLOCK) return true;
    }
  }
  return false;
}

async function correctTile(ground: Ground, inner: Rect, margin: number, screen: number, fade: number, checkpoint: Checkpoint): Promise<void> {
  const outer = aroundBlocks(ground, {
    x0: Math.max(0, inner.x0 - margin),
    y0: Math.max(0, inner.y0 - margin),
    x1: Math.min(ground.width, inner.x1 + margin),
    y1: Math.min(ground.height, inner.y1 + margin),
  });
  const width = outer.x1 - outer.x0;
  const height = outer.y1 - outer.y0;
  const free = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = (outer.y0 + y) * ground.width + outer.x0; x < width; x++, i++) {
      if ((ground.owner[i] as number) >= FIRST_BLOCK) free[y * width + x] = 1;
    }
  }
  const channels = ground.opaque ? 3 : 4;
  const rhs = seamSteps(ground, outer, channels);
  const solver = new PoissonSolver(width, height, free, screen);
  const corrections: Float32Array[] = [];
  for (const side of rhs) {
    corrections.push(solver.solve(side, CYCLES));
    await checkpoint();
  }
  meetKept(ground, outer, corrections, fade);
  apply(ground, inner, outer, corrections);
}

/** The smallest part of a rectangle that holds all its block pixels and the pixels next to them. */
function aroundBlocks(ground: Ground, rect: Rect): Rect {
  let { x0, x1, y0, y1 } = { x0: rect.x1, x1: rect.x0, y0: rect.y1, y1: rect.y0 };
  for (let y = rect.y0; y < rect.y1; y++) {
    const row = y * ground.width;
    let first = rect.x0;
    while (first < rect.x1 && (ground.owner[row + first] as number) < FIRST_BLOCK) first++;
    if (first === rect.x1) continue;
    let last = rect.x1 - 1;
    while ((ground.owner[row + last] as number) < FIRST_BLOCK) last--;
    x0 = Math.min(x0, first);
    x1 = Math.max(x1, last + 1);
    y0 = Math.min(y0, y);
    y1 = y + 1;
  }
  return { x0: Math.max(rect.x0, x0 - 1), y0: Math.max(rect.y0, y0 - 1), x1: Math.min(rect.x1, x1 + 1), y1: Math.min(rect.y1, y1 + 1) };
}

function apply(ground: Ground, inner: Rect, outer: Rect, corrections: readonly Float32Array[]): void {
  const { owner, rgba, width, opaque } = ground;
  const [red, green, blue, alpha] = corrections as [Float32Array, Float32Array, Float32Array, Float32Array | undefined];
  const tileWidth = outer.x1 - outer.x0;
  for (let y = inner.y0; y < inner.y1; y++) {
    for (let x = inner.x0; x < inner.x1; x++) {
      const i = y * width + x;
      if ((owner[i] as number) < FIRST_BLOCK) continue;
      const at = (y - outer.y0) * tileWidth + x - outer.x0;
      const k = i * 4;
      if (opaque || !alpha) {
        rgba[k] = (rgba[k] as number) + (red[at] as number);
        rgba[k + 1] = (rgba[k + 1] as number) + (green[at] as number);
        rgba[k + 2] = (rgba[k + 2] as number) + (blue[at] as number);
        continue;
      }
      const before = rgba[k + 3] as number;
      // An opaque pixel stays opaque unless a seam asks for clearly less: a rounding error of alpha is a hole in the picture.
      const shift = alpha[at] as number;
      const after = before === 255 && shift > -LARGEST_STEP / 4 ? 255 : Math.max(0, Math.min(255, before + shift));
      if (after < 1) {
        rgba[k + 3] = 0;
        continue;
      }
      for (let channel = 0; channel < 3; channel++) {
        const change = (corrections[channel] as Float32Array)[at] as number;
        rgba[k + channel] = (((rgba[k + channel] as number) * before) / 255 + change) * (255 / after);
      }
      rgba[k + 3] = after;
    }
  }
}
