import { FIRST_BLOCK, KEPT, OPEN, shiftOf } from './ground';
import type { Checkpoint, Ground } from './ground';
import { PoissonSolver } from './poisson';

/** The canvas is corrected in tiles of this side, each solved with a margin that the correction has all but faded over. */
const TILE = 1536;
/** V-cycles: two leave errors of about a level. */
const CYCLES = 2;
/** A step at a seam that is larger than this, in levels, is taken for an edge of the picture and not wholly evened out, lest it bleed. */
const LARGEST_STEP = 48;

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

interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
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

/**
 * A smooth correction can't take up what changes from pixel to pixel along the edge of the kept area; left alone it shows as a line. The rest of the step is carried inward from each edge pixel, fading over some pixels.
 */
function meetKept(ground: Ground, rect: Rect, corrections: readonly Float32Array[], fade: number): void {
  const { width, owner } = ground;
  const tileWidth = rect.x1 - rect.x0;
  const reached = new Uint8Array(tileWidth * (rect.y1 - rect.y0));
  let front: Rest[] = [];
  for (let y = rect.y0; y < rect.y1; y++) {
    for (let x = rect.x0; x < rect.x1; x++) {
      const i = y * width + x;
      if ((owner[i] as number) < FIRST_BLOCK) continue;
      const meets =
        (x > rect.x0 && owner[i - 1] === KEPT) ||
        (x + 1 < rect.x1 && owner[i + 1] === KEPT) ||
        (y > rect.y0 && owner[i - width] === KEPT) ||
        (y + 1 < rect.y1 && owner[i + width] === KEPT);
      if (!meets) continue;
      const at = (y - rect.y0) * tileWidth + x - rect.x0;
      const rest = restAt(ground, rect, x, y, corrections.map((plane) => plane[at] as number));
      if (!rest) continue;
      reached[at] = 1;
      front.push({ x, y, rest });
    }
  }
  for (let depth = 0; depth < fade && front.length > 0; depth++) {
    const share = 1 - depth / fade;
    const next: Rest[] = [];
    for (const { x, y, rest } of front) {
      const at = (y - rect.y0) * tileWidth + x - rect.x0;
      for (const [channel, plane] of corrections.entries()) plane[at] = (plane[at] as number) + share * (rest[channel] as number);
      for (const [dx, dy] of NEIGHBOURS) {
        const qx = x + dx;
        const qy = y + dy;
        if (qx < rect.x0 || qy < rect.y0 || qx >= rect.x1 || qy >= rect.y1 || (owner[qy * width + qx] as number) < FIRST_BLOCK) continue;
        const to = at + dy * tileWidth + dx;
        if (reached[to] === 1) continue;
        reached[to] = 1;
        next.push({ x: qx, y: qy, rest });
      }
    }
    front = next;
  }
}

/** A pixel with what its correction still lacks, by channel. */
interface Rest {
  readonly x: number;
  readonly y: number;
  readonly rest: readonly number[];
}

/** What the correction of a pixel next to kept ones lacks to meet them; undefined where its block's source does not reach that far. */
function restAt(ground: Ground, rect: Rect, x: number, y: number, correction: readonly number[]): number[] | undefined {
  const sum = new Float64Array(4);
  const step = new Float64Array(4);
  let edges = 0;
  for (const [dx, dy] of NEIGHBOURS) {
    const qx = x + dx;
    const qy = y + dy;
    if (qx < rect.x0 || qy < rect.y0 || qx >= rect.x1 || qy >= rect.y1 || ground.owner[qy * ground.width + qx] !== KEPT) continue;
    if (!stepAt(ground, qx, qy, x, y, correction.length, step)) continue;
    edges++;
    for (let channel = 0; channel < 4; channel++) sum[channel] = (sum[channel] as number) + (step[channel] as number);
  }
  return edges === 0 ? undefined : correction.map((value, channel) => (sum[channel] as number) / edges - value);
}

const NEIGHBOURS = [[-1, 0], [1, 0], [0, -1], [0, 1]] as const;

/** The right hand side for each channel: at each seam the difference between the gradient wanted and the gradient there, on both its sides. */
function seamSteps(ground: Ground, rect: Rect, channels: number): Float32Array[] {
  const { owner, width } = ground;
  const tileWidth = rect.x1 - rect.x0;
  const rhs = Array.from({ length: channels }, () => new Float32Array(tileWidth * (rect.y1 - rect.y0)));
  const step = new Float64Array(4);
  const seam = (x: number, y: number, dx: number, dy: number): void => {
    if (!stepAt(ground, x, y, x + dx, y + dy, channels, step)) return;
    const p = (y - rect.y0) * tileWidth + x - rect.x0;
    const q = p + dy * tileWidth + dx;
    for (let channel = 0; channel < channels; channel++) {
      const side = rhs[channel] as Float32Array;
      side[p] = (side[p] as number) - (step[channel] as number);
      side[q] = (side[q] as number) + (step[channel] as number);
    }
  };
  for (let y = rect.y0; y < rect.y1; y++) {
    for (let x = rect.x0; x < rect.x1; x++) {
      const i = y * width + x;
      if (x + 1 < rect.x1 && owner[i] !== owner[i + 1]) seam(x, y, 1, 0);
      if (y + 1 < rect.y1 && owner[i] !== owner[i + width]) seam(x, y, 0, 1);
    }
  }
  return rhs;
}

const FIRST = new Float64Array(4);
const SECOND = new Float64Array(4);

/** By how much the correction should rise from p to its neighbour q of another owner; false where nothing is to be done there. */
function stepAt(ground: Ground, px: number, py: number, qx: number, qy: number, channels: number, step: Float64Array): boolean {
  const p = ground.owner[py * ground.width + px] as number;
  const q = ground.owner[qy * ground.width + qx] as number;
  if (p === OPEN || q === OPEN) return false;
  step.fill(0, 0, channels);
  let sides = 0;
  if (p >= FIRST_BLOCK && continued(ground, p, qx, qy, FIRST) && colourAt(ground, q, qx, qy, SECOND)) {
    sides++;
    for (let channel = 0; channel < channels; channel++) step[channel] = (step[channel] as number) + (FIRST[channel] as number) - (SECOND[channel] as number);
  }
  if (q >= FIRST_BLOCK && continued(ground, q, px, py, FIRST) && colourAt(ground, p, px, py, SECOND)) {
    sides++;
    for (let channel = 0; channel < channels; channel++) step[channel] = (step[channel] as number) + (SECOND[channel] as number) - (FIRST[channel] as number);
  }
  if (sides === 0) return false;
  let largest = 0;
  for (let channel = 0; channel < channels; channel++) {
    step[channel] = (step[channel] as number) / sides;
    largest = Math.max(largest, Math.abs(step[channel] as number));
  }
  if (largest > LARGEST_STEP) for (let channel = 0; channel < channels; channel++) step[channel] = ((step[channel] as number) * LARGEST_STEP) / largest;
  return true;
}

/** The premultiplied colour that a block's source has at a pixel, inside the block or not; false where the source is no kept pixel. */
function continued(ground: Ground, who: number, x: number, y: number, into: Float64Array): boolean {
  const shift = shiftOf(ground, who);
  const sx = shift.x0 + shift.stepX * x;
  const sy = shift.y0 + shift.stepY * y;
  if (sx < 0 || sy < 0 || sx >= ground.width || sy >= ground.height) return false;
  const i = sy * ground.width + sx;
  if (ground.owner[i] !== KEPT) return false;
  premultiplied(ground, i, into);
  return true;
}

/** The premultiplied colour of a pixel before any correction. */
function colourAt(ground: Ground, who: number, x: number, y: number, into: Float64Array): boolean {
  if (who >= FIRST_BLOCK) return continued(ground, who, x, y, into);
  premultiplied(ground, y * ground.width + x, into);
  return true;
}

function premultiplied(ground: Ground, i: number, into: Float64Array): void {
  const { rgba, opaque } = ground;
  const alpha = opaque ? 255 : (rgba[i * 4 + 3] as number);
  into[0] = ((rgba[i * 4] as number) * alpha) / 255;
  into[1] = ((rgba[i * 4 + 1] as number) * alpha) / 255;
  into[2] = ((rgba[i * 4 + 2] as number) * alpha) / 255;
  into[3] = alpha;
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
