import { ImageError } from '../../core/errors';
import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import { BLOCK, CELL, MARGIN, cellsToDraw, keptBounds } from './cells';
import { drawBlock } from './cut';
import { groundOf } from './ground';
import type { Ground } from './ground';
import { Guide } from './guide';
import { Random } from '../random';
import type { Checkpoint } from '../steps';
import { SourceSearch } from './search';
import { evenSeams } from './seams';
import { fillNarrow, fillWide } from './smooth';

/** The side of a source, in pixels, for each step of the guide's factor: 1024x1024 is searched at 1/4. */
const SOURCE_SIDE_PER_FACTOR = 256;
/** The most pixels of a guide: what bounds time and memory on large canvases. */
const MAX_GUIDE = 1 << 20;
/** Gaps up to twice this many pixels wide are filled smoothly. */
const NARROW = 4;
/** Places looked at for all blocks together, and the fewest and the most for one: a small hole can be searched for everywhere. */
const PLACES = 1_600_000;
const LEAST_PLACES = 3000;
const MOST_PLACES = 20_000;
/** About the share of the time that drawing blocks takes, half to five sixths by what was measured; evening their seams takes the rest. */
const DRAWING = 0.6;
/** Over how far a seam's correction fades, in guide pixels, and at most in pixels. */
const SEAM_REACH = 24;
const MAX_SEAM_REACH = 128;
/** Over how far the fine difference at the kept area's edge fades, in guide pixels. */
const EDGE_FADE = 2;

/**
 * Content-aware fill, in place: whatever is pending is drawn from the kept pixels (`pending` 0), which never change, and `pending` becomes 0. Between 1 and 254 the fill is blended over the pixel that was there.
 * Texture extension by image quilting (Efros and Freeman 2001), block by block from the kept area outward, with sources from the same rows where the picture is widened, or from where the lines
 * around a block come from, whose direction a source should go on in (structure tensors); the sources of a column or row of blocks are chosen together (dynamic programming), so that what crosses several goes on as a whole; minimum-error cuts, and a screened Poisson correction over all seams; narrow gaps, and pictures too small to continue, get a smooth membrane. The same canvas, mask and seed give the same pixels on every platform.
 * Rejects with `mask-size` where the two differ in size, and with what `checkpoint` throws; the canvas is then half filled, its kept pixels still untouched.
 */
export async function fillFromSurroundings(canvas: PixelImage, pending: Mask, seed: number, checkpoint: Checkpoint): Promise<void> {
  if (canvas.width !== pending.width || canvas.height !== pending.height) throw new ImageError('mask-size', 'The mask has another size than the picture.');
  const soft = softPixels(canvas, pending);
  const ground = groundOf(canvas, pending);
  await checkpoint();
  const kept = keptBounds(ground);
  if (!kept) fillPlain(canvas);
  else if (await quilt(ground, kept, seed, checkpoint)) await fillNarrow(ground, checkpoint);
  else await fillWide(ground, checkpoint);
  blendSoft(canvas, pending, soft);
  pending.data.fill(0);
}

/** Draws blocks wherever it is wide enough; false where the picture shows too little to take a block from. */
async function quilt(ground: Ground, kept: Bounds, seed: number, checkpoint: Checkpoint): Promise<boolean> {
  const least = Math.ceil(Math.sqrt((ground.width * ground.height) / MAX_GUIDE));
  const natural = Math.round(Math.sqrt(kept.width * kept.height) / SOURCE_SIDE_PER_FACTOR);
  for (let factor = Math.max(least, natural); factor >= least; factor >>= 1) {
    const side = CELL * factor;
    const guide = new Guide(ground, factor, originFor(kept.x, side), originFor(kept.y, side));
    const runs = cellsToDraw(ground, guide, kept, Math.max(NARROW, factor));
    const all = runs.flat().length;
    const search = new SourceSearch(ground, guide, kept, new Random(seed), Math.max(LEAST_PLACES, Math.min(MOST_PLACES, PLACES / all)));
    if (!search.hasSource()) continue;
    let drawn = 0;
    for (const run of runs) {
      await checkpoint((DRAWING * drawn) / all);
      drawn += run.length;
      for (const [n, shift] of search.find(run).entries()) {
        const cell = run[n];
        if (!cell || !shift) continue;
        drawBlock(ground, { x: cell.x, y: cell.y, side: BLOCK * factor, margin: MARGIN * factor }, shift);
        search.refresh(cell);
      }
    }
    await evenSeams(ground, Math.min(SEAM_REACH * factor, MAX_SEAM_REACH), EDGE_FADE * factor, checkpoint);
    return true;
  }
  return false;
}

/** Where cells start so that a cell's edge lies on the kept area's edge. */
function originFor(edge: number, side: number): number {
  return edge % side === 0 ? 0 : (edge % side) - side;
}

/** Nothing is known: the mean colour of what is to be redrawn, or a middle grey. */
function fillPlain(canvas: PixelImage): void {
  const { data } = canvas;
  const sums = [0, 0, 0];
  let weight = 0;
  for (let k = 0; k < data.length; k += 4) {
    const alpha = data[k + 3] as number;
    weight += alpha;
    for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] as number) + (data[k + channel] as number) * alpha;
  }
  const colour = sums.map((sum) => (weight === 0 ? 128 : Math.round(sum / weight)));
  for (let k = 0; k < data.length; k += 4) data.set([...colour, 255], k);
}

/** The pixels under a soft mask as they were. */
interface SoftPixels {
  readonly index: Uint32Array;
  /** RGBA. */
  readonly colour: Uint8Array;
}

function softPixels(canvas: PixelImage, pending: Mask): SoftPixels {
  const isSoft = (weight: number): boolean => weight !== 0 && weight !== 255;
  let count = 0;
  for (let i = 0; i < pending.data.length; i++) if (isSoft(pending.data[i] as number)) count++;
  const index = new Uint32Array(count);
  const colour = new Uint8Array(count * 4);
  for (let i = 0, n = 0; n < count; i++) {
    if (!isSoft(pending.data[i] as number)) continue;
    index[n] = i;
    colour.set(canvas.data.subarray(i * 4, i * 4 + 4), n * 4);
    n++;
  }
  return { index, colour };
}

/** Mixes the fill over the pixels that were there, alpha-premultiplied. */
function blendSoft(canvas: PixelImage, pending: Mask, soft: SoftPixels): void {
  const { data } = canvas;
  const { index, colour } = soft;
  for (let n = 0; n < index.length; n++) {
    const i = index[n] as number;
    const k = i * 4;
    const share = (pending.data[i] as number) / 255;
    const before = (colour[n * 4 + 3] as number) * (1 - share);
    const drawn = (data[k + 3] as number) * share;
    const alpha = before + drawn;
    for (let channel = 0; channel < 3 && alpha > 0; channel++) {
      data[k + channel] = ((colour[n * 4 + channel] as number) * before + (data[k + channel] as number) * drawn) / alpha;
    }
    data[k + 3] = alpha;
  }
}
