import { findModel } from '../../../src/core/models';
import { createOpenAIEngine, type OpenAIEngineOptions } from '../../../src/engines/openai/openaiEngine';
import type { JobContext } from '../../../src/jobs/job';
import { createFetchPublic } from '../../../src/node/fetchPublic';
import type { PixelClient } from '../../../src/pixels/client';
import { startImagesServer, type ImagesServer } from '../../support/imagesServer/server';
import { jobBench, type JobBench } from '../../support/jobBench';
import { workerPixels } from './workerPixels';

/** A server that can be told to fail, a real pixel worker, and a table for jobs that is new for each test. */
export interface PlayedServer {
  readonly pixels: PixelClient;
  /** How many bytes the worker holds after a full collection. */
  readonly memory: () => Promise<number>;
  readonly server: ImagesServer;
  readonly bench: JobBench;
  /** What a job of a paid engine needs to ask this server. */
  context(options?: Partial<OpenAIEngineOptions>, change?: Partial<JobContext>): JobContext;
}

/** Gives a suite its server; what is returned answers it within a test. */
export function usePlayedServer(): () => PlayedServer {
  let worker: ReturnType<typeof workerPixels>;
  let server: ImagesServer;
  let bench: JobBench;
  before(async () => {
    worker = workerPixels();
    server = await startImagesServer({ profile: 'dall-e' });
  });
  after(async () => {
    worker.pixels.dispose();
    await server.close();
  });
  beforeEach(() => {
    server.reset();
    bench = jobBench(worker.pixels);
  });
  const context = (options: Partial<OpenAIEngineOptions> = {}, change: Partial<JobContext> = {}): JobContext => {
    const engine = createOpenAIEngine({ baseUrl: server.url, apiKey: server.key, model: findModel('dall-e-2'), quality: undefined, fetch, fetchPublic: createFetchPublic(), log: bench.log, pixels: worker.pixels, ...options });
    return bench.context(engine, { budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: true }, ...change });
  };
  return () => ({ ...worker, server, bench, context });
}
