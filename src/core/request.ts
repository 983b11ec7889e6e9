import type { Anchor, Extent } from './geometry';
import type { GuidesOf } from './guides';
import type { WriteFormat } from './image';
import type { ComposeMode, Region, VaryStrength } from './pixels';

/**
 * Where the pictures go: n files of one stem are `stem`, `stem-2`, …; `exact` is one file of that very name, never over one that is there; `replace` overwrites
 * the source while its bytes are those that were read;
 * `candidates` keeps them outside the workspace until a person chooses, `folder` and `stem` being where a chosen one goes. `within` is the folder in which the files must really
 * lie by the time they are written, links followed: where settings, callers, lists or agents have named the place.
 */
export type Output =
  | { readonly kind: 'new'; readonly folder: string; readonly stem: string; readonly within?: string }
  | { readonly kind: 'exact'; readonly uri: string; readonly within?: string }
  | { readonly kind: 'candidates'; readonly run: string; readonly folder: string; readonly stem: string }
  | { readonly kind: 'replace'; readonly uri: string; readonly expected: string; readonly within?: string };

/** A source file: its bytes as read once, its hash for the recipe's `parent`. */
export interface Source {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** The pictures that one is drawn after. */
export type Guides = GuidesOf<Source>;

interface RequestBase {
  /** Trimmed; empty only where the operation works without one. */
  readonly prompt: string;
  readonly count: number;
  /** For the offline engine; the Images API has none. */
  readonly seed: number;
  readonly output: Output;
  /** Whether the recipe goes into the file. */
  readonly embedRecipe: boolean;
}

export interface GenerateRequest extends RequestBase {
  readonly operation: 'generate';
  /** The exact size that is delivered, whatever the model can draw. */
  readonly extent: Extent;
  readonly format: WriteFormat;
  /** Pictures that the model sees beside the prompt, where it can. */
  readonly guides?: Guides;
  /** Whether the background must be transparent: refused where the model cannot, never drawn opaque instead without a word. */
  readonly transparent?: boolean;
  /** Which part stays in view where the model draws another ratio and the rest is cut off; the centre by default. */
  readonly focus?: Anchor;
}

export interface InpaintRequest extends RequestBase {
  readonly operation: 'inpaint';
  readonly source: Source;
  readonly region: Region;
  readonly mode: ComposeMode;
}

export interface VariationRequest extends RequestBase {
  readonly operation: 'variation';
  readonly source: Source;
  readonly strength: VaryStrength;
}

/** What a widening aims at, before the source's size is known. */
export type WidenTarget =
  | { readonly kind: 'extent'; readonly extent: Extent }
  | { readonly kind: 'ratio'; readonly ratio: Extent }
  | { readonly kind: 'sides'; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

export interface OutpaintRequest extends RequestBase {
  readonly operation: 'outpaint';
  readonly source: Source;
  readonly target: WidenTarget;
  readonly anchor: Anchor;
  readonly mode: ComposeMode;
}

export interface BlendRequest extends RequestBase {
  readonly operation: 'blend';
  /** Two or more; the first gives the size, the place and the parent. */
  readonly sources: readonly Source[];
}

export interface DarkTwinRequest extends RequestBase {
  readonly operation: 'dark-twin';
  readonly source: Source;
}

/** One request carries all that its job needs: nothing below it reads settings. */
export type ImageRequest = GenerateRequest | InpaintRequest | VariationRequest | OutpaintRequest | BlendRequest | DarkTwinRequest;
