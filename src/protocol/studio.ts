import * as v from 'valibot';
import { WRITE_FORMATS } from '../core/image';
import type { EndKinds } from './channel';
import { STUDIO_WORDS } from './studioWords';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const Pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Prompt = v.pipe(v.string(), v.maxLength(100_000));
const Extent = v.object({ width: Pixels, height: Pixels });
const Bytes = v.instance(Uint8Array);
/** The most reference pictures of one wish. */
export const MOST_REFERENCES = 16;
/** Bytes; larger files are no references. */
const MOST_REFERENCE_BYTES = 50_000_000;

/** What the person has set before pressing the button. */
export const WISH = v.object({
  prompt: Prompt,
  extent: Extent,
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
  /** One of the model's qualities; left out for the setting's. */
  quality: v.optional(v.pipe(v.string(), v.maxLength(20))),
  /** What files the pictures become when they are kept; left out for the setting's. */
  format: v.optional(v.picklist(WRITE_FORMATS)),
  /** Pictures that are sent along for their look, by the ids of `addReference`; a variation has none. */
  references: v.optional(v.pipe(v.array(Id), v.maxLength(MOST_REFERENCES))),
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
  /** The address of the picture that it was made from, where that is still there. */
  before: v.optional(v.string()),
  /** As a person knows the file, once it was kept. */
  keptAs: v.optional(v.string()),
});

/** A picture that can be sent along. */
const ReferenceView = v.object({
  id: Id,
  /** The address under which the webview may load it. */
  src: v.string(),
  name: v.string(),
});

/** A picture of a run that is still being drawn: never a result. */
const Preview = v.object({ run: Id, bytes: Bytes });

/** What a run can be, in this order; the last four are ends. */
export const RUN_STATES = ['queued', 'drawing', 'composing', 'done', 'failed', 'cancelled', 'interrupted'] as const;

/** One press of the button, from queued to its end. */
const RunView = v.object({
  id: Id,
  /** Milliseconds since 1970. */
  at: v.number(),
  wish: WISH,
  /** Who draws, in words; empty until that is known. */
  model: v.string(),
  /** For how long it has been drawn when this is told, in milliseconds; only while it is. */
  drawnFor: v.optional(v.number()),
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
  /** What pictures can be kept as, and the setting's. */
  formats: v.array(v.object({ id: v.picklist(WRITE_FORMATS), label: v.string() })),
  format: v.picklist(WRITE_FORMATS),
  /** How many reference pictures the model sees; others are not sent. */
  references: v.number(),
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
  /** Of the draft and of all runs. */
  references: v.array(ReferenceView),
  /** What is known of runs that are being drawn. */
  previews: v.array(Preview),
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
    /** Takes in the bytes of a picture that was dropped or pasted. Rejects in words where they are none. */
    addReference: { params: v.object({ name: v.pipe(v.string(), v.maxLength(300)), bytes: v.pipe(
          Bytes,
          v.check(({ length }) => length <= MOST_REFERENCE_BYTES),
        ) }), result: ReferenceView },
    /** A candidate's file, for the clipboard. */
    picture: { params: OfCandidate, result: v.object({ bytes: Bytes }) },
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
    /** Lets the person pick reference pictures; they come as news. */
    pickReferences: Nothing,
    /** Takes files of the workspace as reference pictures; they come as news. */
    referenceFiles: v.object({ uris: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4000))), v.maxLength(MOST_REFERENCES)) }),
    /** Takes candidates as reference pictures; they come as news. */
    referenceCandidates: OfCandidates,
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
    preview: Preview,
    /** A reference picture for the wish that is being written. */
    reference: ReferenceView,
  },
} as const satisfies EndKinds;

export type Wish = v.InferOutput<typeof WISH>;
export type Draft = v.InferOutput<typeof DRAFT>;
export type CandidateView = v.InferOutput<typeof CandidateView>;
export type ReferenceView = v.InferOutput<typeof ReferenceView>;
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
