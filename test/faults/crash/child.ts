import { text } from 'node:stream/consumers';
import { findModel } from '../../../src/core/models';
import { createOpenAIEngine } from '../../../src/engines/openai/openaiEngine';
import { createFetchPublic } from '../../../src/node/fetchPublic';
import { inProcessPixels } from '../../support/inProcessPixels';

/** How a window ends while a request with the key is under way, or because of it. `planted` throws the key itself, to show that the scan would find it. */
export const DEATHS = ['by an error that nobody catches', 'by a rejection that nobody handles', 'for want of memory', 'by a signal', 'planted'] as const;
export type Death = (typeof DEATHS)[number];

/** What the child is told on its standard input: a report names the command line and the environment. */
export interface CrashOrders {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly death: Death;
}

/** Makes a request with the key, and dies. */
async function main({ baseUrl, apiKey, death }: CrashOrders): Promise<void> {
  const log = { info: console.log, warn: console.log, error: console.log };
  const engine = createOpenAIEngine({ baseUrl, apiKey, model: findModel('gpt-image-2'), quality: 'low', fetch, fetchPublic: createFetchPublic(), log, pixels: inProcessPixels() });
  const onProgress = ({ step }: { readonly step: string }): void => {
    if (step !== 'sent') return;
    if (death === 'for want of memory') setTimeout(useUpMemory, 200);
    if (death === 'by a signal') setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 200);
  };
  const drawn = engine.generate({ prompt: 'a quiet harbour', extent: { width: 1024, height: 1024 }, count: 1 }, { signal: new AbortController().signal, onProgress });
  if (death === 'by a rejection that nobody handles') return void drawn;
  const error: unknown = await drawn.catch((failure: unknown) => failure);
  setImmediate(() => {
    throw death === 'planted' ? Object.assign(new Error(`Refused: ${apiKey}`), { headers: { authorization: apiKey } }) : error;
  });
}

function useUpMemory(): void {
  const all: unknown[] = [];
  for (;;) all.push(new Array(1e5).fill(all.length));
}

void text(process.stdin).then((orders) => main(JSON.parse(orders) as CrashOrders));
