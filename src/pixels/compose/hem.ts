import { area, intersect, type Bounds, type Point } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { Random } from '../random';
import { BLOCK, CELL, MARGIN } from '../fill/cells';
import { drawBlock } from '../fill/cut';
import { FIRST_BLOCK, KEPT, OPEN, shiftOf } from '../fill/ground';
import type { Ground } from '../fill/ground';
import { Guide } from '../fill/guide';
import { SourceSearch } from '../fill/search';
import { squaredDistances } from '../../core/squaredDistances';
import { lostTexture } from './lostTexture';
import { FixedValues } from './fixedValues';
import { solveMembrane } from './membrane';
import { FIXED, FREE } from './membraneGrid';
import { withoutOutliers } from './outliers';
import type { BlendRegion } from './blendRegion';

/** Canvas pixels per pixel of the fill's guide: blocks of 36 pixels for cells of 20. */
const FACTOR = 2;
const SIDE = CELL * FACTOR;
/** How far from the seam the hem reaches at least; beyond it the cuts find its edge, up to 20 pixels further. */
const LEAST_WIDTH = 8;
/** How far around a lost square its texture is looked for, in pixels. */
const REACH = 160;
/** The answer as it was laid, for the fill: its first block, whose pixels come from where they are. */
const ANSWER = FIRST_BLOCK;

const BESIDE = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;

/**
 * Where a model drew the texture anew, its own meets the picture's at the seam, and a straight line shows. There a narrow hem of the new side is quilted from the kept pixels' texture
 * (Efros and Freeman 2001) in continuation of them and in agreement with the answer, so that the two meet along minimum-error cuts instead. Works on an opaque canvas on which
 * the answer has been laid; only drawn pixels change. `lacked` is what `blend` returns.
 */
export function hem(canvas: PixelImage, window: Bounds, region: BlendRegion, lacked: FixedValues): void {
  const originX = originFor(region.masked.x, region.masked.width);
  const originY = originFor(region.masked.y, region.masked.height);
  const squares = lostTexture(canvas, window, region, lacked, { side: SIDE, originX, originY });
  const part = around(squares, window);
  if (!part) return;
  const ground = fillGround(canvas, window, region, part, squares);
  if (!ground.opaque) return;
  const laid = ground.rgba.slice();
  const search = new SourceSearch(ground, new Guide(ground, FACTOR, (originX - part.x) % SIDE, (originY - part.y) % SIDE), { ...part, x: 0, y: 0 }, new Random(1));
  if (!search.hasSource()) return;
  for (const square of squares) {
    const x = square.x - part.x - MARGIN * FACTOR;
    const y = square.y - part.y - MARGIN * FACTOR;
    const cell = { x, y, reach: { kind: 'around' } } as const;
    const [shift] = search.find([cell]);
    if (!shift) continue;
    drawBlock(ground, { x, y, side: BLOCK * FACTOR, margin: MARGIN * FACTOR }, shift);
    search.refresh(cell);
  }
  even(ground, laid);
  write(canvas, window, part, ground);
}

/** Where the squares start so that the seam lies on their edge, at most 0. */
function originFor(start: number, length: number): number {
  const edge = start > 0 ? start : start + length;
  return (edge % SIDE) - SIDE;
}

/** The part of the window within reach of the squares. */
function around(squares: readonly Point[], { width, height }: Bounds): Bounds | undefined {
  if (squares.length === 0) return undefined;
  const left = Math.min(...squares.map(({ x }) => x)) - REACH;
  const top = Math.min(...squares.map(({ y }) => y)) - REACH;
  const right = Math.max(...squares.map(({ x }) => x)) + SIDE + REACH;
  const bottom = Math.max(...squares.map(({ y }) => y)) + SIDE + REACH;
  return intersect({ x: left, y: top, width: right - left, height: bottom - top }, { x: 0, y: 0, width, height });
}

/** A part of the window as the fill sees it: kept pixels, the answer, and what is open along the seam. */
function fillGround(canvas: PixelImage, window: Bounds, { bounds, state, opacity }: BlendRegion, part: Bounds, squares: readonly Point[]): Ground {
  const { width, height } = part;
  const rgba = new Uint8ClampedArray(4 * area(part));
  const kept = new Uint8Array(area(part)).fill(1);
  const hard = new Uint8Array(area(part));
  for (let y = 0; y < height; y++) {
    const from = 4 * ((window.y + part.y + y) * canvas.width + window.x + part.x);
    rgba.set(canvas.data.subarray(from, from + 4 * width), 4 * y * width);
    const row = part.y + y - bounds.y;
    if (row < 0 || row >= bounds.height) continue;
    for (let x = Math.max(0, bounds.x - part.x); x < Math.min(width, bounds.x + bounds.width - part.x); x++) {
      const i = row * bounds.width + part.x + x - bounds.x;
      if (state[i] !== FREE) continue;
      kept[y * width + x] = 0;
      if (opacity[i] === 255) hard[y * width + x] = 1;
    }
  }
  const owner = Uint16Array.from(kept, (value) => (value === 1 ? KEPT : ANSWER));
  const distances = squaredDistances(kept, width, height, LEAST_WIDTH);
  for (const square of squares) {
    for (let y = Math.max(0, square.y - part.y); y < Math.min(height, square.y - part.y + SIDE); y++) {
      for (let x = Math.max(0, square.x - part.x); x < Math.min(width, square.x - part.x + SIDE); x++) {
        const i = y * width + x;
        if (hard[i] === 1 && (distances[i] as number) <= LEAST_WIDTH ** 2) owner[i] = OPEN;
      }
    }
  }
  return { width, height, rgba, owner, shifts: [{ x0: 0, y0: 0, stepX: 1, stepY: 1 }], opaque: rgba.every((value, k) => (k & 3) !== 3 || value === 255) };
}

/** Bends the hem to the kept pixels along one edge and to the answer, as it was laid, along the other. */
function even(ground: Ground, laid: Uint8ClampedArray): void {
  const { width, height, owner, rgba } = ground;
  const state = new Uint8Array(owner.length);
  const values = new Float32Array(3 * owner.length);
  const counts = new Uint8Array(owner.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const who = owner[i] as number;
      if (who <= ANSWER) continue;
      state[i] = FREE;
      const { x0, y0, stepX, stepY } = shiftOf(ground, who);
      for (const [dx, dy] of BESIDE) {
        const [nextX, nextY] = [x + dx, y + dy];
        if (nextX < 0 || nextY < 0 || nextX >= width || nextY >= height || (owner[nextY * width + nextX] as number) > ANSWER) continue;
        // What the block's source shows beyond the block's edge.
        const [sourceX, sourceY] = [x0 + stepX * nextX, y0 + stepY * nextY];
        const source = sourceY * width + sourceX;
        if (sourceX < 0 || sourceY < 0 || sourceX >= width || sourceY >= height || owner[source] !== KEPT) continue;
        const next = nextY * width + nextX;
        state[next] = FIXED;
        counts[next] = (counts[next] as number) + 1;
        for (let c = 0; c < 3; c++) values[3 * next + c] = (values[3 * next + c] as number) + (laid[4 * next + c] as number) - (laid[4 * source + c] as number);
      }
    }
  }
  for (let i = 0; i < counts.length; i++) {
    for (let c = 0; (counts[i] as number) > 1 && c < 3; c++) values[3 * i + c] = (values[3 * i + c] as number) / (counts[i] as number);
  }
  const fixed = new FixedValues(state);
  for (let i = state.indexOf(FIXED); i >= 0; i = state.indexOf(FIXED, i + 1)) fixed.values.set(values.subarray(3 * i, 3 * i + 3), fixed.at(i));
  const field = solveMembrane({ width, height, state }, withoutOutliers({ width, height, state }, fixed));
  const row = new Float32Array(3 * width);
  for (let y = 0; y < height; y++) {
    field.row(y, row);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      for (let c = 0; state[i] === FREE && c < 3; c++) rgba[4 * i + c] = (rgba[4 * i + c] as number) + (row[3 * x + c] as number);
    }
  }
}

function write(canvas: PixelImage, window: Bounds, part: Bounds, { width, height, owner, rgba }: Ground): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if ((owner[i] as number) <= ANSWER) continue;
      canvas.data.set(rgba.subarray(4 * i, 4 * i + 4), 4 * ((window.y + part.y + y) * canvas.width + window.x + part.x + x));
    }
  }
}
