import * as v from 'valibot';
import type { EndKinds } from './channel';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const Pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Prompt = v.pipe(v.string(), v.maxLength(100_000));
const Extent = v.object({ width: Pixels, height: Pixels });

/** What the person has set before pressing the button. */
const Wish = v.object({
  prompt: Prompt,
  extent: Extent,
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
  /** One of the engine's qualities; left out for the setting's. */
  quality: v.optional(v.pipe(v.string(), v.maxLength(20))),
});

/** A finished picture that waits for a decision. */
const CandidateView = v.object({
  id: Id,
  run: Id,
  /** The address under which the webview may load it. */
  src: v.string(),
  prompt: v.string(),
  model: v.string(),
  extent: Extent,
  at: v.number(),
  /** Workspace-relative path once it was kept. */
  keptAs: v.optional(v.string()),
});

/** One press of the button, from queued to its end. */
const RunView = v.object({
  id: Id,
  wish: Wish,
  state: v.picklist(['queued', 'drawing', 'composing', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Words for the state: progress, or what went wrong and what to do. */
  detail: v.string(),
  /** A run that died with its window may have been billed. */
  maybeBilled: v.boolean(),
});

/** Who draws, and what may be asked of it. */
const EngineView = v.object({
  label: v.string(),
  model: v.string(),
  paid: v.boolean(),
  sizes: v.array(Extent),
  qualities: v.array(v.string()),
  quality: v.optional(v.string()),
});

const Purpose = v.object({ id: Id, label: v.string(), extent: Extent });

/** All that the studio shows, in one answer. */
const StudioState = v.object({
  engine: EngineView,
  purposes: v.array(Purpose),
  /** Newest first. */
  prompts: v.array(v.string()),
  runs: v.array(RunView),
  candidates: v.array(CandidateView),
  /** Whether pictures can be kept: a folder is open and trusted. */
  canKeep: v.boolean(),
  /** Words of the person's language, by their English. */
  words: v.record(v.string(), v.string()),
});

const Nothing = v.null();
const OfCandidate = v.object({ candidate: Id });

/** What the host takes from the studio. */
export const studioHost = {
  requests: {
    /** The first thing a studio says; the answer is all it needs. */
    ready: { params: Nothing, result: StudioState },
    /** What a wish would cost; nothing is sent. */
    plan: { params: Wish, result: v.object({ words: v.string(), refused: v.boolean() }) },
    run: { params: Wish, result: v.object({ run: Id }) },
    keep: { params: OfCandidate, result: v.object({ keptAs: v.string() }) },
    discard: { params: OfCandidate, result: Nothing },
    /** Keeps the picture if need be, then goes on with it. */
    use: { params: v.object({ candidate: Id, action: v.picklist(['insert', 'vary', 'edit', 'widen', 'reveal']) }), result: Nothing },
  },
  notices: {
    cancel: v.object({ run: Id }),
    dismiss: v.object({ run: Id }),
    /** Opens the choice of engine, model and key. */
    chooseEngine: Nothing,
  },
} as const satisfies EndKinds;

/** What the studio takes from the host. */
export const studioView = {
  requests: {},
  notices: {
    engine: EngineView,
    run: RunView,
    candidate: CandidateView,
    /** An unfinished picture of a run, as bytes. */
    preview: v.object({ run: Id, bytes: v.instance(Uint8Array), type: v.string() }),
    candidateGone: OfCandidate,
    prompts: v.array(v.string()),
    /** A prompt that a command puts into the box. */
    propose: v.object({ prompt: Prompt }),
  },
} as const satisfies EndKinds;

export type Wish = v.InferOutput<typeof Wish>;
export type CandidateView = v.InferOutput<typeof CandidateView>;
export type RunView = v.InferOutput<typeof RunView>;
export type EngineView = v.InferOutput<typeof EngineView>;
export type StudioState = v.InferOutput<typeof StudioState>;
