import * as v from 'valibot';
import { MOST_POINTS } from '../core/strokes';
import type { EndKinds } from './channel';
import { EDITOR_WORDS } from './imageEditorWords';

const MAX_EDGE = 65_535;
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const Pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EDGE));
const Side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_EDGE));
const Offset = v.pipe(v.number(), v.integer(), v.minValue(-MAX_EDGE), v.maxValue(MAX_EDGE));
const Extent = v.object({ width: Pixels, height: Pixels });
const Bounds = v.object({ x: Offset, y: Offset, width: Pixels, height: Pixels });
const Prompt = v.pipe(v.string(), v.maxLength(100_000));
const Count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** A coordinate of the picture: a brush may be led beyond its edge. */
const Place = v.pipe(v.number(), v.finite(), v.minValue(-MAX_EDGE), v.maxValue(2 * MAX_EDGE));
/** What the steps of one mask may add up to, so that no page can fill the host's memory. */
export const MOST_STEPS = 2000;

function flat(size: number) {
  return v.pipe(
    v.array(Place),
    v.minLength(size),
    v.maxLength(size * MOST_POINTS),
    v.check((points) => points.length % size === 0),
    v.readonly(),
  );
}

/** Checks a `MaskStep` of src/core/strokes.ts. */
export const MASK_STEP = v.variant('kind', [
  v.object({
    kind: v.literal('brush'),
    erase: v.boolean(),
    size: v.pipe(v.number(), v.minValue(1), v.maxValue(4096)),
    hardness: Share,
    points: v.pipe(
      flat(3),
      v.check((points) => points.every((value, index) => index % 3 !== 2 || (value >= 0 && value <= 1))),
    ),
  }),
  v.object({ kind: v.literal('rectangle'), erase: v.boolean(), bounds: Bounds }),
  v.object({ kind: v.literal('lasso'), erase: v.boolean(), points: flat(2) }),
  v.object({ kind: v.literal('invert') }),
  v.object({ kind: v.literal('clear') }),
  v.object({ kind: v.literal('grow'), by: v.pipe(v.number(), v.integer(), v.minValue(-256), v.maxValue(256)) }),
]);

/** Redraws what is masked from a prompt, or fills it where that is empty. */
const EDIT_WISH = v.object({ prompt: Prompt, count: Count });

const Sides = v.object({ left: Side, right: Side, top: Side, bottom: Side });

/** Widens by these many pixels a side. */
const WIDEN_WISH = v.object({
  prompt: Prompt,
  count: Count,
  ...Sides.entries,
  mode: v.picklist(['exact', 'seamless']),
});

/** What a wish would cost, in words; `refused` where it cannot be drawn as it stands, `note` says why or what else is worth knowing. */
const PlanView = v.object({ cost: v.string(), note: v.string(), refused: v.boolean() });

/** A widening's plan: what each request would see, in pixels of the widened picture. */
const WidenPlan = v.object({ ...PlanView.entries, tiles: v.array(Bounds) });

/** What was drawn and waits for a decision. */
const Proposal = v.object({
  kind: v.picklist(['edit', 'widen']),
  /** Their pictures are asked for by `picture`. */
  candidates: v.array(Id),
  extent: Extent,
  /** Where the picture as it stands lies on a candidate. */
  at: v.object({ x: Side, y: Side }),
  /** What became of the pixels that were to stay, and what was paid; in words. */
  badge: v.string(),
});

/** All that can change. */
const EditorState = v.object({
  /** The picture as it stands; another one has another id. */
  picture: v.object({ id: Id, extent: Extent }),
  /** The mask's steps, in order. */
  steps: v.array(Id),
  /** In words, why the picture can only be looked at; empty where it can be edited. */
  viewOnly: v.string(),
  /** Who draws, and what that takes. */
  offer: v.object({ place: v.string(), free: v.boolean(), takesPrompt: v.boolean() }),
  run: v.object({ busy: v.boolean(), detail: v.string(), failure: v.string() }),
  proposal: v.optional(Proposal),
  /** What became of the pixels that were to stay when the picture last changed; may be empty. */
  badge: v.string(),
});

/** How the mask is shown, the same in every editor. */
export const LOOK = v.object({ overlay: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)) });

const Nothing = v.null();
const Bytes = v.object({ bytes: v.instance(Uint8Array) });

/** What the host takes from the editor's page. */
export const editorHost = {
  requests: {
    /** The first thing a page says. */
    ready: {
      params: Nothing,
      result: v.object({
        state: EditorState,
        look: LOOK,
        purposes: v.array(v.object({ label: v.string(), extent: Extent })),
        words: v.object(v.entriesFromList(EDITOR_WORDS, v.string())),
      }),
    },
    /** The file of the picture as it stands, or of a candidate. */
    picture: { params: v.object({ id: Id }), result: Bytes },
    /** Steps that the page does not know. */
    steps: { params: v.object({ ids: v.pipe(v.array(Id), v.maxLength(MOST_STEPS)) }), result: v.array(MASK_STEP) },
    planEdit: { params: EDIT_WISH, result: PlanView },
    planWiden: { params: WIDEN_WISH, result: WidenPlan },
    /** How far each side can go, the others being as they are, in one request; nothing where there are no requests. */
    widenReach: { params: Sides, result: v.nullable(Sides) },
  },
  notices: {
    /** A finished stroke or another step; its id is the page's. */
    paint: v.object({ id: Id, step: MASK_STEP }),
    edit: EDIT_WISH,
    widen: WIDEN_WISH,
    cancel: Nothing,
    accept: v.object({ candidate: Id }),
    discard: Nothing,
    /** The keys that undo and redo were pressed; VS Code has heard of them, too. */
    travel: v.object({ direction: v.picklist(['back', 'forth']) }),
    look: LOOK,
    /** Screen pixels for one pixel of the picture, for the status bar. */
    zoom: v.object({ scale: v.pipe(v.number(), v.finite(), v.minValue(0)) }),
  },
} as const satisfies EndKinds;

/** What the editor's page takes from the host. */
export const editorView = { requests: {}, notices: { state: EditorState } } as const satisfies EndKinds;

export type EditWish = v.InferOutput<typeof EDIT_WISH>;
export type WidenWish = v.InferOutput<typeof WIDEN_WISH>;
export type EditorState = v.InferOutput<typeof EditorState>;
export type Proposal = v.InferOutput<typeof Proposal>;
export type PlanView = v.InferOutput<typeof PlanView>;
export type WidenPlan = v.InferOutput<typeof WidenPlan>;
export type Look = v.InferOutput<typeof LOOK>;
export type Ready = v.InferOutput<typeof editorHost.requests.ready.result>;
