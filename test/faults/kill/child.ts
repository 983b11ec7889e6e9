import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256 } from '../../../src/core/hash';
import { findModel } from '../../../src/core/models';
import { createOpenAIEngine } from '../../../src/engines/openai/openaiEngine';
import { createFetchPublic } from '../../../src/node/fetchPublic';
import { runJob } from '../../../src/jobs/run';
import { inProcessPixels } from '../../support/inProcessPixels';
import { MemoryLog } from '../../support/memory';
import { nodeFiles } from '../../support/nodeFiles';
import { MODEL, VERBS } from './verbs';
import { countSteps, watchDisk, watchFetch } from './steps';
import { servicesOn, type Place } from './window';

/** What a child is told. */
export interface Orders extends Place {
  readonly verb: string;
  readonly baseUrl: string;
  /** 0: at no step. */
  readonly killAt: number;
}

/** One window's life: a verb from start to end over the real ports, unless it is killed before. Writes the names of its steps at the end. */
async function main(orders: Orders): Promise<void> {
  const verb = VERBS[orders.verb];
  if (!verb) throw new Error(`There is no verb ${orders.verb}`);
  const steps = countSteps(orders.killAt);
  const pixels = inProcessPixels();
  const uri = pathToFileURL(path.join(orders.workspace, 'photo.png')).href;
  const bytes = await nodeFiles.read(uri);
  const engine = createOpenAIEngine({
    baseUrl: orders.baseUrl,
    apiKey: '',
    model: findModel(MODEL),
    quality: 'low',
    fetch: watchFetch(steps, () => orders.arrived),
    fetchPublic: createFetchPublic(),
    log: new MemoryLog(),
    pixels,
  });
  watchDisk(steps);
  const context = {
    ...servicesOn(orders, pixels, orders.session),
    engine,
    prices: {},
    budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: true },
    watched: false,
    signal: new AbortController().signal,
    onEvent: () => {},
  };
  await runJob(verb.request(orders.workspace, { uri, bytes, hash: await sha256(bytes) }), context);
  writeFileSync(path.join(orders.arrived, 'steps'), JSON.stringify(steps.names));
  pixels.dispose();
}

main(JSON.parse(process.env['EASEL_ORDERS'] ?? '{}') as Orders).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
