import * as v from 'valibot';
import type { EndKinds } from './channel';
import { STUDIO_WORDS } from './studioWords';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const Pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Prompt = v.pipe(v.string(), v.maxLength(100_000));
const Extent = v.object({ width: Pixels, height: Pixels });

/** What the person has set before pressing the button. */
export const WISH = v.object({
  prompt: Prompt,
  extent: Extent,
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
  /** One of the model's qualities; left out for the setting's. */
  quality: v.optional(v.pipe(v.string(), v.maxLength(20))),
  /** Left out for a new picture; else the candidate that is varied, in its own size. */
  vary: v.optional(v.object({ candidate: Id, strength: v.picklist(['subtle', 'strong']) })),
});

/** What stands in the composer, and since when (milliseconds since 1970): the page's own copy and the host's can differ after a crash, and the newer one counts. */
export const DRAFT = v.object({ at: v.number(), wish: WISH });

/** A finished picture that waits for a decision. */
const CandidateView = v.object({
  id: Id,
  run: Id,
  /** The address under which the webview may load it. */
  src: v.string(),
  prompt: v.string(),
  model: v.string(),
  extent: Extent,
  /** As a person knows the file, once it was kept. */
  keptAs: v.optional(v.string()),
});

/** What a run can be, in this order; the last four are ends. */
export const RUN_STATES = ['queued', 'drawing', 'composing', 'done', 'failed', 'cancelled', 'interrupted'] as const;

/** One press of the button, from queued to its end. */
const RunView = v.object({
  id: Id,
  /** Milliseconds since 1970. */
  at: v.number(),
  wish: WISH,
  /** Empty until it is known who draws. */
  model: v.string(),
  state: v.picklist(RUN_STATES),
  /** Progress, what was paid, or what went wrong, in words; may be empty. */
  detail: v.string(),
  /** What a person can do about a failure, beside *Run again*. */
  remedy: v.optional(v.string()),
});

/** Who draws, and what may be asked for. */
const Offer = v.object({
  /** Where it is drawn. */
  place: v.string(),
  model: v.string(),
  /** Sizes to show as tiles; `ratio` as people write it. */
  sizes: v.array(v.object({ ratio: v.string(), extent: Extent })),
  purposes: v.array(v.object({ label: v.string(), extent: Extent })),
  /** None where the model takes no quality; cheapest first. */
  qualities: v.array(v.object({ id: v.string(), label: v.string() })),
  /** The setting's, as this model has it. */
  quality: v.optional(v.string()),
});

/** What a wish would cost, in words, and whether it cannot be drawn as it stands. */
const PlanView = v.object({ cost: v.string(), note: v.string(), refused: v.boolean() });

/** All that the studio shows, in one answer. */
const StudioState = v.object({
  offer: Offer,
  /** Newest first. */
  prompts: v.array(v.string()),
  /** Newest first. */
  runs: v.array(RunView),
  /** Oldest first. */
  candidates: v.array(CandidateView),
  /** What stood in the composer last. */
  draft: v.optional(DRAFT),
  words: v.record(v.picklist(STUDIO_WORDS), v.string()),
});

const Nothing = v.null();
const OfRun = v.object({ run: Id });
const OfCandidate = v.object({ candidate: Id });
const OfCandidates = v.object({ candidates: v.pipe(v.array(Id), v.maxLength(100)) });

/**
 * What the host takes from the studio. Only what ends within moments is a question; what may wait for a person is told, and its outcome comes back as news.
 */
export const studioHost = {
  requests: {
    /** The first thing a studio says; the answer is all it needs. */
    ready: { params: Nothing, result: StudioState },
    /** What a wish would cost; nothing is sent. */
    plan: { params: WISH, result: PlanView },
  },
  notices: {
    /** Queues a wish. */
    run: WISH,
    /** Queues the wish of a run that has ended once more. */
    again: OfRun,
    cancel: OfRun,
    cancelAll: Nothing,
    /** Forgets a run that ended without pictures. */
    dismiss: OfRun,
    /** Does what helps against a run's failure. */
    remedy: OfRun,
    /** Writes the picture into the workspace. */
    keep: OfCandidate,
    discard: OfCandidates,
    /** Takes a discard back. */
    restore: OfCandidates,
    /** Keeps the picture if need be, then goes on with it. */
    use: v.object({ candidate: Id, action: v.picklist(['insert', 'edit', 'widen', 'reveal', 'open']) }),
    /** What stands in the composer now. */
    draft: DRAFT,
    /** Opens the choice of engine, model and key. */
    chooseEngine: Nothing,
  },
} as const satisfies EndKinds;

/** What the studio takes from the host. */
export const studioView = {
  requests: {},
  notices: {
    offer: Offer,
    run: RunView,
    runGone: OfRun,
    candidate: CandidateView,
    candidateGone: OfCandidate,
    prompts: v.array(v.string()),
  },
} as const satisfies EndKinds;

export type Wish = v.InferOutput<typeof WISH>;
export type Draft = v.InferOutput<typeof DRAFT>;
export type CandidateView = v.InferOutput<typeof CandidateView>;
export type RunView = v.InferOutput<typeof RunView>;
export type RunState = RunView['state'];
export type Offer = v.InferOutput<typeof Offer>;
export type PlanView = v.InferOutput<typeof PlanView>;
export type StudioState = v.InferOutput<typeof StudioState>;
export type UseAction = v.InferOutput<typeof studioHost.notices.use>['action'];

/** Reads a draft that was saved earlier; undefined where it is none (any more). */
export function parseDraft(value: unknown): Draft | undefined {
  const parsed = v.safeParse(DRAFT, value);
  return parsed.success ? parsed.output : undefined;
}

/** Whether a run has come to its end. */
export function hasEnded(state: RunState): boolean {
  return RUN_STATES.indexOf(state) >= RUN_STATES.indexOf('done');
}
