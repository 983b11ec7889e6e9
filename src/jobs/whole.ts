import pLimit from 'p-limit';
import type { CallContext, Drawing } from '../core/engine';
import type { PricedCall } from '../core/cost';
import type { Anchor, Extent } from '../core/geometry';
import { FILE_ENDINGS, type WriteFormat } from '../core/image';
import { formatRecipe, type Recipe } from '../core/recipe';
import type { TextReport } from '../core/textReport';
import type { Courier } from './courier';
import { deliver } from './deliver';
import type { JobContext, JobNote } from './job';
import type { Finished } from './prepared';
import { textNotes } from './textNotes';

/** How many requests of a job are under way at the same time; the pacer may let out fewer. */
const PARALLEL_REQUESTS = 4;

/** Whole pictures that need no composing: what each request asks for, and what each delivered picture must be. */
export interface WholeWork {
  readonly requests: readonly PricedCall[];
  readonly extent: Extent;
  /** What stays in view where a delivered picture has another ratio. */
  readonly focus?: Anchor;
  readonly format: WriteFormat;
  /** Whether what comes must be transparent somewhere: told where it is not. */
  readonly transparent?: boolean;
  readonly embedRecipe: boolean;
  /** The recipe of the picture of that index. */
  readonly recipe: (index: number) => Recipe;
  /** Sends one request; `index` is that of its first picture. */
  readonly draw: (request: PricedCall, index: number, context: CallContext) => Promise<Drawing>;
}

/** How many pictures each request asks for, `count` in all and `most` at a time, with previews of a single one where a person watches. */
export function split(count: number, { engine, watched }: JobContext, most = engine.model.maxCount): { readonly count: number; readonly previews: number }[] {
  const batches = Array.from({ length: Math.floor(count / most) }, () => most);
  const all = count % most === 0 ? batches : [...batches, count % most];
  return all.map((each) => ({ count: each, previews: watched && each === 1 ? engine.previews : 0 }));
}

/** Draws requests side by side where a server does it; brings to size and hands on whole pictures, in order. Answers what is worth telling. */
export async function drawWhole(work: WholeWork, courier: Courier, context: JobContext, keep: (picture: Finished) => Promise<void>): Promise<readonly JobNote[]> {
  const { engine } = context;
  const limit = pLimit(engine.paid ? PARALLEL_REQUESTS : 1);
  const embedded = work.format === 'png' ? (index: number): string | undefined => (work.embedRecipe ? formatRecipe(work.recipe(index)) : undefined) : undefined;
  let failed = false;
  let planned = 0;
  const sendings = work.requests.map((request) => {
    const first = planned;
    planned += request.count;
    const sending = limit(async () => {
      // Once one has failed, no more money is spent.
      if (failed) return [];
      return courier.send({ priced: request, ...(embedded && { recipe: (index) => embedded(first + index) }) }, (count, callContext) => work.draw({ ...request, count }, first, callContext));
    });
    sending.catch(() => (failed = true));
    return { first, count: request.count, sending };
  });
  let kept = 0;
  let resized: Extent | undefined;
  let opaque = false;
  let text: TextReport | undefined;
  try {
    for (const { first, count, sending } of sendings) {
      for (const [index, { image, outboxId }] of (await sending).slice(0, count).entries()) {
        const recipe = work.recipe(first + index);
        const { file, resizedFrom } = await deliver(image, work.extent, work.format, work.embedRecipe ? recipe : undefined, context, work.focus);
        resized = resizedFrom ?? resized;
        const staged = file === image ? outboxId : undefined;
        await keep({ file, extension: FILE_ENDINGS[work.format], recipe, answers: outboxId ? [outboxId] : [], ...(staged && { staged }) });
        kept += 1;
        text ??= image.text;
        opaque ||= work.transparent === true && (await context.pixels.isOpaque(file.bytes, context.signal));
      }
    }
  } finally {
    failed = true;
    // What another request is about to bring must reach the outbox before the job ends.
    await Promise.allSettled(sendings.map(({ sending }) => sending));
  }
  const notes: JobNote[] = resized ? [{ note: 'scaled', drawn: resized, delivered: work.extent }] : [];
  if (opaque) notes.push({ note: 'opaque' });
  notes.push(...textNotes(text));
  return kept < planned ? [...notes, { note: 'fewer', asked: planned, got: kept }] : notes;
}
