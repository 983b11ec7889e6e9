import type { Extent } from './geometry';
import type { DrawnImage, EncodedImage, UnusableEnding } from './image';
import type { ModelSpec, Quality, ServedModel } from './models';
import type { Canvas, OnShare, Picture, VaryStrength } from './pixels';
import type { Usage } from './usage';

export type EngineId = 'openai' | 'offline';

/** How many more requests a server takes for now, by its own headers. */
export interface RateLimit {
  readonly remaining: number;
  /** Until there are more. */
  readonly resetSeconds: number | undefined;
}

/** A file that came where a picture was asked for, and why it can't be used as one. It may have been paid for. */
export interface UnusableFile {
  readonly bytes: Uint8Array;
  /** What it can be saved as without harm. */
  readonly extension: UnusableEnding;
  readonly why: string;
}

/** What an engine drew with one request: the bytes as they arrived, never re-encoded, with what the server said of them. There may be fewer pictures than were asked for. */
export interface Drawing {
  readonly images: readonly DrawnImage[];
  readonly unusable?: readonly UnusableFile[];
  readonly usage?: Usage;
  readonly requestId?: string;
  readonly rate?: RateLimit;
}

/** Takes down an answer while it comes, so that what is here outlives this process. */
export interface AnswerCopy {
  /** Given every piece of the body as it arrives, and awaited. Says whether it is taken down: the piece may then be given away. */
  body(piece: Uint8Array): Promise<boolean>;
  /** All of the body that was taken down. */
  written(): Promise<Uint8Array>;
  /** Given the bytes of the pictures in it as soon as they are known, in order; `part` is that of the `DrawnImage` that they become, unless they become none. */
  picture(part: number, bytes: Uint8Array): void;
  /** A picture's bytes have all been given, whatever else the body still brings. */
  pictureEnds(part: number): void;
}

/** What every call to an engine may use. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** How many previews to ask for, where the engine streams; the picture then comes with them. */
  readonly previews?: number;
  /** Told once the request is on its way and once an answer has begun; a picture under `preview` is unfinished and never a result. */
  readonly onProgress?: (progress: { readonly step: 'sent' | 'receiving' | 'preview'; readonly preview?: EncodedImage }) => void;
  /** Asked for once for each successful answer, and for each picture that has to be fetched from an address. */
  readonly copyAnswer?: () => AnswerCopy;
}

/** What a fill may use while it works. */
export interface FillContext {
  readonly signal: AbortSignal;
  readonly onShare: OnShare;
}

export interface GenerateCall {
  readonly prompt: string;
  /** Legal for the model. */
  readonly extent: Extent;
  readonly count: number;
  /** The offline engine's seed; the Images API has none. */
  readonly seed?: number;
  /** Only for a model that can. */
  readonly transparent?: boolean;
}

export interface EditCall {
  /** Never empty: where the person gave none the caller sends the stock text. */
  readonly prompt: string;
  /** PNG, JPEG or WebP, the first is the one the mask belongs to. */
  readonly images: readonly EncodedImage[];
  /** PNG of the first image's size, both conventions in one: draw = white with alpha 0, keep = black with alpha 255. */
  readonly mask?: EncodedImage;
  /** Legal for the model. */
  readonly extent: Extent;
  readonly count: number;
  /** Only for a model that can. */
  readonly transparent?: boolean;
}

export interface VariationCall {
  readonly image: EncodedImage;
  readonly extent: Extent;
  readonly count: number;
}

/**
 * Who draws. An engine offers what it can: one that has `fill` works without a prompt on the canvas itself, one that has `edit` wants a prompt and draws tiles;
 * `variation` is there only where the server has that route. All reject with an `ImageError`, and make one request a call, for at most `model.maxCount` pictures.
 */
export interface ImageEngine {
  readonly id: EngineId;
  readonly model: ModelSpec;
  /** Undefined where the model takes no quality. */
  readonly quality: Quality | undefined;
  /** Whether a call can cost money. */
  readonly paid: boolean;
  /** Whose limits a request counts against, such as a server's origin. */
  readonly lane: string;
  /** How many previews it streams of a single picture, each of which costs 100 output tokens. */
  readonly previews: number;
  /** Why a server that draws lacks edits of whole pictures, or edits by a mask, in words: known before anything is sent. */
  readonly lacks?: { readonly edit: string | undefined; readonly inpaint: string | undefined };
  /** What the server says it has; undefined where it has no such list. */
  models?(signal: AbortSignal): Promise<readonly ServedModel[] | undefined>;
  generate(call: GenerateCall, context: CallContext): Promise<Drawing>;
  edit?(call: EditCall, context: CallContext): Promise<Drawing>;
  variation?(call: VariationCall, context: CallContext): Promise<Drawing>;
  /** Fills what is to be drawn on the canvas from its surroundings, in place. */
  fill?(canvas: Canvas, seed: number, context: FillContext): Promise<void>;
  /** Makes the counterpart of a picture for dark pages without a model. */
  darken?(picture: Picture, context: CallContext): Promise<Picture>;
  /** Makes a neighbour of a picture without a model: tone and crop. */
  retouch?(picture: Picture, seed: number, strength: VaryStrength, context: CallContext): Promise<Picture>;
}
