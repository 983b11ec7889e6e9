import type { Extent } from './geometry';
import type { EncodedImage } from './image';
import type { ModelSpec, Quality } from './models';
import type { Canvas, Picture } from './pixels';

export type EngineId = 'openai' | 'offline';

/** Tokens as the server counted them; what it leaves out stays undefined and the cost unknown. */
export interface Usage {
  readonly textInput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
}

/** What an engine drew: the bytes as they arrived, never re-encoded, with what the server said of them. */
export interface Drawing {
  readonly images: readonly EncodedImage[];
  readonly usage?: Usage;
  readonly requestId?: string;
}

/** What every call to an engine may use. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** Told once the request is on its way and once an answer has begun; a picture under `preview` is unfinished and never a result. */
  readonly onProgress?: (progress: { readonly step: 'sent' | 'receiving' | 'preview'; readonly preview?: EncodedImage }) => void;
  /** Asked for once for each successful answer; what it answers is given every piece of the body as it arrives, and awaited, so that a body which is here outlives this process. */
  readonly copyAnswer?: () => (piece: Uint8Array) => Promise<void>;
}

export interface GenerateCall {
  readonly prompt: string;
  /** Legal for the model. */
  readonly extent: Extent;
  readonly count: number;
  /** The offline engine's seed; the Images API has none. */
  readonly seed?: number;
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
}

export interface VariationCall {
  readonly image: EncodedImage;
  readonly extent: Extent;
  readonly count: number;
}

/**
 * Who draws. An engine offers what it can: one that has `fill` works without a prompt on the canvas itself, one that has `edit` wants a prompt and draws tiles;
 * `variation` is there only where the server has that route. All reject with an `ImageError`.
 */
export interface ImageEngine {
  readonly id: EngineId;
  readonly model: ModelSpec;
  /** Undefined where the model takes no quality. */
  readonly quality: Quality | undefined;
  /** Whether a call can cost money. */
  readonly paid: boolean;
  /** Why a server that draws lacks edits of whole pictures, or edits by a mask, in words: known before anything is sent. */
  readonly lacks?: { readonly edit: string | undefined; readonly inpaint: string | undefined };
  generate(call: GenerateCall, context: CallContext): Promise<Drawing>;
  edit?(call: EditCall, context: CallContext): Promise<Drawing>;
  variation?(call: VariationCall, context: CallContext): Promise<Drawing>;
  /** Fills what is to be drawn on the canvas from its surroundings, in place. */
  fill?(canvas: Canvas, seed: number, context: CallContext): Promise<void>;
  /** Makes a neighbour of a picture without a model: tone and crop. */
  retouch?(picture: Picture, seed: number, strength: VaryStrength, context: CallContext): Promise<Picture>;
}

export type VaryStrength = 'subtle' | 'strong';
