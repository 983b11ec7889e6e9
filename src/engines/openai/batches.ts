import type { Drawing, Usage } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { area, type Extent } from '../../core/geometry';
import type { EncodedImage } from '../../core/image';
import type { ModelSpec, Quality } from '../../core/models';
import type { Log } from '../../core/ports';
import { addUsage } from './answer';

/** What is asked for in all, and of whom. */
export interface Batch {
  readonly count: number;
  readonly extent: Extent;
  readonly model: ModelSpec;
  readonly quality: Quality | undefined;
  readonly log: Log;
}

/** The catalogue's output tokens are those of a picture of this many pixels. */
const CATALOGUE_PIXELS = 1024 * 1024;

/**
 * Asks until there are `count` pictures: at most as many at a time as the model draws, one at a time once the server has ignored `n`, and in at most `count` requests.
 * Ends early, with what there is, where the server has billed for pictures that it did not send, and where a later request fails: the earlier ones are paid for.
 */
export async function drawBatch(batch: Batch, ask: (count: number) => Promise<Drawing>): Promise<Drawing> {
  const { count, model, log } = batch;
  const images: EncodedImage[] = [];
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let next = Math.min(count, model.maxCount);
  for (let request = 0; request < count && images.length < count; request++) {
    const answer = await ask(next).catch((error: unknown) => {
      if (images.length === 0 || (error instanceof ImageError && error.reason === 'cancelled')) throw error;
      log.warn(`${images.length} of ${count} pictures came before a request failed: ${error instanceof Error ? error.message : 'no reason given'}`);
      return undefined;
    });
    if (!answer) break;
    images.push(...answer.images);
    usage = request === 0 ? answer.usage : addUsage(usage, answer.usage);
    requestId = answer.requestId ?? requestId;
    const ignored = answer.images.length < next;
    if (ignored && mayHaveBilledAll(answer, batch)) break;
    next = ignored ? 1 : Math.min(count - images.length, model.maxCount);
  }
  return { images: images.slice(0, count), usage, requestId };
}

/** Whether the server counts more pictures than it sent. A count that can't be judged is taken for such: asking again could pay twice. */
function mayHaveBilledAll({ images, usage }: Drawing, { extent, model, quality }: Batch): boolean {
  if (usage?.imageOutput === undefined) return false;
  const each = quality === undefined ? undefined : model.outputTokens?.[quality];
  return each === undefined || usage.imageOutput > (images.length + 0.5) * each * (area(extent) / CATALOGUE_PIXELS);
}
