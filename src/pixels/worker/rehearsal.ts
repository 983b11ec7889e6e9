import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Tile } from '../../core/pixels';
import { Noise } from '../art/noise';
import { Random } from '../random';
import { encodePng } from '../png/encode';
import type { Job } from './job';
import { createOperations } from './operations';
import { PictureStore } from './pictureStore';

/** How long nothing must have been asked for, in milliseconds: models draw for seconds. */
const STILL_MS = 300;
/** Side of what is rehearsed with, in pixels: enough for V8 to compile what a real tile needs. */
const SIDE = 256;

/**
 * While a model draws for the first time in a worker's life, a small invented picture is widened: V8 compiles on the way what the first real answer needs. Where that is the only one, its file is there
 * a quarter to a third sooner; where more follow, the first has done the same for them (`npm run bench -- whole`).
 */
export class Rehearsal {
  readonly #jobFor: (signal: AbortSignal) => Job;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #isOver = false;

  constructor(jobFor: (signal: AbortSignal) => Job) {
    this.#jobFor = jobFor;
  }

  /** From now on an answer is waited for. */
  prepare(): void {
    clearTimeout(this.#timer);
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#run(), STILL_MS);
  }

  /** There is real work: what was not begun waits for the next time, what was is given up at its next step. */
  giveWay(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  async #run(): Promise<void> {
    this.#isOver = true;
    this.#running = new AbortController();
    // Given up, or what the real answer will meet, too, and tell.
    await widen(this.#jobFor(this.#running.signal)).catch(() => undefined);
    this.#running = undefined;
  }
}

/** Widens a square by half, by the road of every widening. */
async function widen(job: Job): Promise<void> {
  const { zlib } = job.services;
  const operations = createOperations(new PictureStore());
  const shown = new Noise(new Random(1));
  const drawn = new Noise(new Random(2));
  const half = SIDE / 2;
  const square: Extent = { width: SIDE, height: SIDE };
  const source = await encodePng(texture(square, (x, y) => shown.fractal(x / 16, y / 16, 3)), zlib, {});
  // What a model returns: a little shifted and of another tone where it was known, and a texture that does not go on where it was not.
  const answer = await encodePng(texture(square, (x, y) => (x < half ? 0.95 * shown.fractal((x + half + 1.3) / 16, (y + 0.6) / 16, 3) : drawn.fractal(x / 6, y / 6, 3))), zlib, {});
  // A message brings its rectangles as objects of another kind than code does, and so does this.
  const tile: Tile = structuredClone({ window: { x: half, y: 0, ...square }, asked: square, after: [] });
  await job.checkpoint();
  const opened = await operations.open({ ...job, id: 1 }, source);
  const canvas = await operations.canvas({ ...job, id: 2 }, opened, { width: SIDE + half, height: SIDE }, { x: 0, y: 0 });
  await operations.placeTile(job, canvas, tile, answer, 'exact');
  await job.checkpoint();
  await operations.finish(job, canvas, undefined);
}

/** An opaque picture of a field of about −1 to 1. */
function texture({ width, height }: Extent, field: (x: number, y: number) => number): PixelImage {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = field(x, y);
      data.set([128 + 100 * value, 120 + 80 * value, 110 + 60 * value], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}
