import type { Drawing, EditCall, GenerateCall, ImageEngine } from '../../src/core/engine';
import type { Extent } from '../../src/core/geometry';
import { DEFAULT_MODEL, findModel, type ModelSpec } from '../../src/core/models';
import type { EncodedImage } from '../../src/core/image';
import type { GenerateRequest } from '../../src/core/request';
import { Candidates } from '../../src/jobs/candidates';
import { History } from '../../src/jobs/history';
import type { JobContext, JobEvent } from '../../src/jobs/job';
import { Lease } from '../../src/jobs/lease';
import { Ledger } from '../../src/jobs/ledger';
import { Outbox } from '../../src/jobs/outbox';
import { Pacer } from '../../src/jobs/pacer';
import { nodeZlib } from '../../src/node/zlib';
import type { PixelClient } from '../../src/pixels/client';
import { RecipeWriter } from '../../src/pixels/png/recipeWriter';
import { inProcessPixels } from './inProcessPixels';
import { FixedClock, MemoryFiles, MemoryLog, MemoryStorage } from './memory';

/** Everything a job needs, in memory, with the parts in reach of a test. */
export interface JobBench {
  readonly storage: MemoryStorage;
  readonly files: MemoryFiles;
  readonly clock: FixedClock;
  readonly log: MemoryLog;
  readonly events: JobEvent[];
  /** The waits before requests, in milliseconds; none takes time. */
  readonly slept: number[];
  readonly controller: AbortController;
  context(engine: ImageEngine, change?: Partial<JobContext>): JobContext;
}

/** Sets a table for jobs; `storage` of an earlier one stands for a restart of the window. */
export function jobBench(pixels: PixelClient, storage = new MemoryStorage(), session = 'session-a'): JobBench {
  const files = new MemoryFiles();
  const clock = new FixedClock();
  const log = new MemoryLog();
  const events: JobEvent[] = [];
  const slept: number[] = [];
  const controller = new AbortController();
  const lease = new Lease(storage, clock, session);
  return {
    storage,
    files,
    clock,
    log,
    events,
    slept,
    controller,
    context: (engine, change = {}) => ({
      pixels,
      files,
      outbox: new Outbox(storage, clock, lease),
      history: new History(storage),
      candidates: new Candidates(storage, clock),
      ledger: new Ledger(storage, clock, lease),
      lease,
      pacer: new Pacer(async (milliseconds) => void slept.push(milliseconds)),
      recipeFilter: (recipe) => new RecipeWriter(recipe, nodeZlib.crc32),
      clock,
      log,
      engine,
      prices: {},
      watched: false,
      budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: false },
      signal: controller.signal,
      onEvent: (event) => events.push(event),
      ...change,
    }),
  };
}

/** The default model, but for much smaller pictures, so that tests are quick. */
export const SMALL_MODEL: ModelSpec = { ...findModel(DEFAULT_MODEL), sizes: { kind: 'free', step: 16, minPixels: 4096, maxPixels: 262_144, maxEdge: 512, maxRatio: 3 } };

/** The same for pictures so small that few need a single tile only. */
export const TINY_MODEL: ModelSpec = { ...SMALL_MODEL, sizes: { kind: 'free', step: 16, minPixels: 4096, maxPixels: 16_384, maxEdge: 128, maxRatio: 3 } };

/** A paid engine whose pictures a test makes; it remembers what it was asked. */
export class ScriptedEngine implements ImageEngine {
  readonly id = 'openai';
  readonly quality = 'medium';
  readonly paid = true;
  readonly lane = 'scripted';
  readonly previews = 1;
  readonly calls: (GenerateCall | EditCall)[] = [];

  constructor(
    readonly answer: (call: GenerateCall | EditCall, index: number) => Promise<readonly EncodedImage[]>,
    readonly model = SMALL_MODEL,
  ) {}

  generate(call: GenerateCall): Promise<Drawing> {
    return this.#draw(call);
  }

  edit(call: EditCall): Promise<Drawing> {
    return this.#draw(call);
  }

  async #draw(call: GenerateCall | EditCall): Promise<Drawing> {
    this.calls.push(call);
    const images = await this.answer(call, this.calls.length - 1);
    return { images, usage: { textInput: 10, imageInput: 0, imageOutput: 1000 * images.length }, requestId: `req-${this.calls.length}` };
  }
}

/** A PNG of one colour, through the worker. */
export async function plainPng(pixels: PixelClient, extent: Extent, seed = 1): Promise<Uint8Array> {
  const picture = await pixels.art({ extent, seed, motif: 'gradient', palette: [0x204060, 0xf0c080], accent: 0xff8040, tone: 'dark', light: 'day', energy: 0.5 });
  try {
    return await pixels.encode(picture, { format: 'png' });
  } finally {
    pixels.close(picture);
  }
}

/** A bench of its own for each test of a `describe`, and a PNG of that size for its engines to answer with. Both are there in tests and hooks only. */
export function useJobBench(extent: Extent): { readonly bench: () => JobBench; readonly png: () => Uint8Array } {
  const pixels = inProcessPixels();
  const state: { bench?: JobBench; png?: Uint8Array } = {};
  before(async () => void (state.png = await plainPng(pixels, extent)));
  beforeEach(() => void (state.bench = jobBench(pixels)));
  after(() => pixels.dispose());
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The bench is there in tests and hooks only');
    return value;
  };
  return { bench: () => there(state.bench), png: () => there(state.png) };
}

/** The request to draw a lake, so many times. */
export function lakeRequest(extent: Extent, count: number, embedRecipe: boolean): GenerateRequest {
  return { operation: 'generate', prompt: 'a lake', extent, format: 'png', count, seed: 1, embedRecipe, output: { kind: 'new', folder: 'memory:/w', stem: 'lake' } };
}
