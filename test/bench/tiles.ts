import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Bounds, Extent } from '../../src/core/geometry';
import type { Canvas, Tile } from '../../src/core/pixels';
import { spawnWorker } from '../../src/node/workerThread';
import { nodeZlib } from '../../src/node/zlib';
import { createPixelClient, type PixelClient } from '../../src/pixels/client';
import { encodePng } from '../../src/pixels/png/encode';
import { crop } from '../../src/pixels/transform/crop';
import { redraw } from '../support/redraw';
import { loadMiddle, photographs } from './photographs';

/**
 * Two tiles at the same moment, by one worker and by two: a photograph that is widened by half of itself on both sides, whose tiles are made ready together and answered together. Milliseconds from the calls
 * to the last result: *first* with the first worker warm and the second, where there is one, not started; *warm* the best of the further ones. *Busiest* is the CPU time of the busiest thread in that
 * run, which is what is left to wait for where there are cores enough. `node tiles.js [runs]`.
 */
const SIZES: readonly Extent[] = [
  { width: 1024, height: 1024 },
  { width: 1536, height: 1024 },
  { width: 3056, height: 2704 },
];

interface Row extends Extent {
  readonly workers: 1 | 2;
  readonly step: 'ready' | 'placed';
  readonly firstMs: number;
  readonly warmMs: number;
  readonly busiestMs: number;
}

interface Run {
  readonly ms: number;
  readonly busiestMs: number;
}

/** What each thread of this process has used of the processors so far, in milliseconds; nothing where the system does not say. */
function threads(): ReadonlyMap<string, number> {
  try {
    const folder = '/proc/self/task';
    return new Map(readdirSync(folder).map((id) => [id, Number(readFileSync(path.join(folder, id, 'schedstat'), 'utf8').split(' ')[0]) / 1e6]));
  } catch {
    return new Map();
  }
}

async function timed(work: () => Promise<unknown>): Promise<Run> {
  const before = threads();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  return { ms, busiestMs: Math.max(...[...threads()].map(([id, used]) => used - (before.get(id) ?? 0))) };
}

interface Scene {
  readonly canvas: () => Promise<Canvas>;
  readonly tiles: readonly Tile[];
  readonly answers: readonly Uint8Array[];
}

async function sceneOf(pixels: PixelClient, { width, height }: Extent): Promise<Scene> {
  const [photograph] = photographs();
  if (!photograph) throw new Error('No photograph was found.');
  const canvas = { width: 2 * width, height };
  const truth = await loadMiddle(photograph, canvas);
  const windows: readonly Bounds[] = [0, width].map((x) => ({ x, y: 0, width, height }));
  const source = await pixels.open(await encodePng(crop(truth, { x: width / 2, y: 0, width, height }), nodeZlib, {}));
  return {
    canvas: () => pixels.canvas(source, canvas, { x: width / 2, y: 0 }),
    tiles: windows.map((window) => ({ window, asked: { width, height }, after: [] })),
    answers: await Promise.all(windows.map((window, k) => encodePng(redraw(crop(truth, window), 'brief', k + 1), nodeZlib, {}))),
  };
}

async function measure(extent: Extent, workers: 1 | 2, times: number): Promise<Row[]> {
  const pixels = createPixelClient(() => spawnWorker(path.join(__dirname, 'pixelWorker.js')), workers === 2 ? 0 : Infinity);
  const scene = await sceneOf(pixels, extent);
  const both = (one: (tile: Tile, index: number) => Promise<unknown>): (() => Promise<unknown>) => () => Promise.all(scene.tiles.map(one));
  const ready: Run[] = [];
  const placed: Run[] = [];
  for (let run = -1; run < times; run++) {
    const canvas = await scene.canvas();
    const input = (tile: Tile): Promise<unknown> => pixels.tileInput(canvas, tile, false);
    const place = async (tile: Tile, k: number): Promise<void> => {
      const { fits } = await pixels.placeTile(canvas, tile, scene.answers[k] ?? new Uint8Array(0), 'exact');
      if (!fits) throw new Error('An answer did not fit.');
    };
    if (run < 0) {
      // One tile after the other: the first worker is warm then, and no second one was needed.
      for (const [k, tile] of scene.tiles.entries()) {
        await input(tile);
        await place(tile, k);
      }
    } else {
      ready.push(await timed(both(input)));
      placed.push(await timed(both(place)));
    }
    pixels.close(canvas);
  }
  pixels.dispose();
  const row = (step: Row['step'], [first, ...warm]: readonly Run[]): Row => {
    const best = warm.reduce((a, b) => (b.ms < a.ms ? b : a));
    return { ...extent, workers, step, firstMs: first?.ms ?? NaN, warmMs: best.ms, busiestMs: best.busiestMs };
  };
  return [row('ready', ready), row('placed', placed)];
}

async function main(): Promise<void> {
  const times = Number(process.argv[2] ?? 6);
  const rows: Row[] = [];
  console.log(`\nTwo tiles at once, ${availableParallelism()} cores.\n\n       tile    step  workers  first ms   warm ms  busiest ms`);
  for (const extent of SIZES) {
    for (const workers of [1, 2] as const) rows.push(...(await measure(extent, workers, times)));
  }
  for (const { width, height, step, workers, firstMs, warmMs, busiestMs } of rows) {
    console.log(`${`${width}x${height}`.padStart(11)}${step.padStart(8)}${`${workers}`.padStart(9)}${firstMs.toFixed(0).padStart(10)}${warmMs.toFixed(0).padStart(10)}${busiestMs.toFixed(0).padStart(12)}`);
  }
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/tiles.json', JSON.stringify({ node: process.version, cores: availableParallelism(), rows }, undefined, 1));
}

void main();
