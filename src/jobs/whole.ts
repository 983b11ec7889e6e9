import type { CallContext, Drawing } from '../core/engine';
import type { PricedCall } from '../core/cost';
import type { Anchor, Extent } from '../core/geometry';
import { FILE_ENDINGS, type EncodedImage, type WriteFormat } from '../core/image';
import { formatRecipe, type Recipe } from '../core/recipe';
import type { Courier } from './courier';
import { deliver } from './deliver';
import type { JobContext, JobNote } from './job';
import type { Finished } from './prepared';

/** Whole pictures that need no composing: what each request asks for, and what each delivered picture must be. */
export interface WholeWork {
  readonly requests: readonly PricedCall[];
  readonly extent: Extent;
  /** What stays in view where a delivered picture has another ratio. */
  readonly focus?: Anchor;
  readonly format: WriteFormat;
  readonly embedRecipe: boolean;
  /** The recipe of the picture of that index. */
  readonly recipe: (index: number) => Recipe;
  /** Sends one request; `index` is that of its first picture. */
  readonly draw: (request: PricedCall, index: number, context: CallContext) => Promise<Drawing>;
}

/** How many pictures each request asks for: `count` in all, `most` at a time. */
export function split(count: number, most: number): number[] {
  const batches = Array.from({ length: Math.floor(count / most) }, () => most);
  return count % most === 0 ? batches : [...batches, count % most];
}

/** Draws, brings to size and hands on whole pictures, in order. Answers what is worth telling. */
export async function drawWhole(work: WholeWork, courier: Courier, context: JobContext, keep: (picture: Finished) => Promise<void>): Promise<readonly JobNote[]> {
  let kept = 0;
  let resized: Extent | undefined;
  for (const request of work.requests) {
    const first = kept;
    const dress = (image: EncodedImage, index: number): EncodedImage => dressed(image, work, first + index, context);
    const arrived = await courier.send({ priced: request, dress }, (callContext) => work.draw(request, first, callContext));
    for (const { image, outboxId } of arrived.slice(0, request.count)) {
      const recipe = work.recipe(kept);
      const { bytes, resizedFrom } = await deliver(image, work.extent, work.format, work.embedRecipe ? recipe : undefined, context, work.focus);
      resized = resizedFrom ?? resized;
      const staged = bytes === image.bytes ? outboxId : undefined;
      await keep({ bytes, extension: FILE_ENDINGS[work.format], recipe, answers: outboxId ? [outboxId] : [], ...(staged && { staged }) });
      kept += 1;
    }
  }
  const asked = work.requests.reduce((sum, request) => sum + request.count, 0);
  const notes: JobNote[] = resized ? [{ note: 'scaled', drawn: resized, delivered: work.extent }] : [];
  return kept < asked ? [...notes, { note: 'fewer', asked, got: kept }] : notes;
}

/** A PNG with its recipe, so that it needs nothing more where it has the right size. A damaged one stays as it is: it is told apart later. */
function dressed(image: EncodedImage, work: WholeWork, index: number, { setRecipe }: JobContext): EncodedImage {
  if (image.format !== 'png' || work.format !== 'png') return image;
  try {
    return { ...image, bytes: setRecipe(image.bytes, work.embedRecipe ? formatRecipe(work.recipe(index)) : undefined) };
  } catch {
    return image;
  }
}
