import type { Anchor, Bounds, Extent, Point } from './geometry';
import type { DrawnImage, ImageInfo, UnusableEnding, WriteFormat } from './image';
import type { IconFile } from './icons';
import type { MaskStep } from './strokes';
import type { TextReport } from './textReport';
import type { Usage } from './usage';

/** A decoded picture that lives in the pixel worker; this side holds only its number and size. */
export interface Picture {
  readonly id: number;
  readonly extent: Extent;
}

/** Plain colours on which a picture with a clear background is shown to a model that draws no transparency: they are cut out of its answer again. */
export type Backdrop = 'white' | 'grey' | 'green' | 'magenta';

/** One request's view of a canvas: two PNGs of the same size. */
export interface TileInput {
  readonly image: Uint8Array;
  readonly mask: Uint8Array;
  /** Where the picture stands on a clear background: what is behind it in `image`, `clear` where it is sent as it is. */
  readonly backdrop?: 'clear' | Backdrop;
}

/** A picture with a mask of what is to be drawn on it, in the worker: that on which edits and widenings are composed. */
export interface Canvas extends Picture {
  readonly kind: 'canvas';
}

/**
 * What is to be drawn, in pixels of the upright picture. A mask file in which some alpha is below 255 counts by its alpha (0 = draw), else luminance from 128 = draw.
 * `steps` is a mask as it was painted: the worker makes it.
 */
export type Region =
  | { readonly kind: 'bounds'; readonly bounds: Bounds }
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'steps'; readonly steps: readonly MaskStep[] };

/** One request's view of a canvas: the model sees `window` (in canvas pixels, wholly inside) scaled to `asked`, which is legal for it. */
export interface Tile {
  readonly window: Bounds;
  readonly asked: Extent;
  /** Indexes of the tiles of the same plan that must be composed before this one, as they are its context. */
  readonly after: readonly number[];
}

/** *exact*: not one kept pixel changes. *seamless*: kept pixels may change within `SEAMLESS_BAND` pixels of the drawn area. */
export const COMPOSE_MODES = ['exact', 'seamless'] as const;
export type ComposeMode = (typeof COMPOSE_MODES)[number];

/** How far into the kept area *seamless* may blend, in canvas pixels. */
export const SEAMLESS_BAND = 32;

/** What became of a model's answer to a tile. */
export interface PlacedTile {
  /** False where it shows another picture altogether, has a size by `wrongSizeFor`, or cannot be opened. The canvas is then unchanged. */
  readonly fits: boolean;
  /** The size that the answer has; undefined where it cannot be opened. */
  readonly drawn: Extent | undefined;
  /** Why it cannot be opened. */
  readonly damage?: string;
  /** Where the picture stands on a clear background and the answer is opaque all over: whether its background could be cut out, or fills the new part. */
  readonly background?: 'cut-out' | 'filled';
}

/** What a finished canvas holds, counted from the encoded bytes after decoding them again. */
export interface KeptReport {
  /** Pixels that were to be kept. */
  readonly kept: number;
  /** Of those, pixels that differ from the source in any of R, G, B, A. */
  readonly changed: number;
  /** Of these, pixels further than `SEAMLESS_BAND` from all that was to be drawn: none, or something is wrong. */
  readonly beyond: number;
}

/** What the worker is at within `finish`. */
export type PixelStep = 'writing' | 'checking';

/** Told at the beginning of each step. */
export type OnStep = (step: PixelStep) => void;

/** Told how much of the work is done, from 0 to 1. */
export type OnShare = (share: number) => void;

export interface EncodeOptions {
  readonly format: WriteFormat;
  /** 1–100, of formats that lose; a format's own default where left out. A WebP of 100 is without loss. PNG ignores it. */
  readonly quality?: number;
  /** JSON for the `easel` iTXt chunk (PNG only). */
  readonly recipe?: string;
}

/** What the offline engine can draw. */
export const MOTIFS = [
  'gradient',
  'mountains',
  'sea',
  'forest',
  'desert',
  'city',
  'retro',
  'waves',
  'low-poly',
  'dots',
  'tiles',
  'isometric',
  'blobs',
  'paper',
  'stars',
  'aurora',
  'topographic',
  'material',
  'card',
  'icon',
] as const;
export type MotifName = (typeof MOTIFS)[number];

/** What the motif `material` shows. */
export type Material = 'paper' | 'linen' | 'wood' | 'marble' | 'stone' | 'metal';

/** A drawing of the offline engine: everything it depends on, so that the same spec gives the same pixels on every platform. */
export interface ArtSpec {
  readonly extent: Extent;
  /** Any integer; its low 32 bits count. */
  readonly seed: number;
  readonly motif: MotifName;
  /** At least two sRGB colours, darkest role first, as 0xRRGGBB. */
  readonly palette: readonly number[];
  /** The colour that stands out against the palette, as 0xRRGGBB. */
  readonly accent: number;
  /** Whether the ground is taken from the dark or the light end of the palette. */
  readonly tone: 'dark' | 'light';
  /** The sky's own palette, written like `palette`, where the land alone has that one. */
  readonly sky?: readonly number[];
  /** The light of an outdoor scene. */
  readonly light: 'dawn' | 'day' | 'dusk' | 'night';
  /** The weather of an outdoor scene, where it is not fair. */
  readonly weather?: 'storm';
  /** 0 is calm: few, large, soft shapes; 1 is busy. */
  readonly energy: number;
  /** Whether the facets of the motif `low-poly` follow ranges of mountains. */
  readonly ranges?: true;
  /** What an icon shows, where the prompt names one of the glyphs it knows. */
  readonly glyph?: string;
  /** Which surface the motif `material` shows: paper where left out. */
  readonly material?: Material;
  /** Text to set in the picture, where the prompt quotes some. */
  readonly text?: string;
}

/** A drawing of the offline engine, with what became of its text where the spec has one. */
export interface Artwork extends Picture {
  readonly text?: TextReport;
}

/** One picture of a server's answer: its file, an address where it is to be had, or what keeps it from being one, with its bytes where there are any. */
export type AnswerEntry = DrawnImage | { readonly url: string } | { readonly damage: string; readonly bytes?: Uint8Array; readonly extension?: UnusableEnding };

/** What a server's answer says. */
export interface Answer<Entry = AnswerEntry> {
  /** The event's name, where it is one event of a stream. */
  readonly type?: string;
  readonly entries: readonly Entry[];
  readonly usage?: Usage;
  /** The JSON as text, cut at 64 kB, where it holds an error instead of pictures. */
  readonly error?: string;
}

/** An answer that the worker reads while it comes; this side holds only its number. */
export interface Reading {
  readonly kind: 'reading';
  readonly id: number;
}

/** A picture whose file has been given in pieces. */
export type PiecedImage = Omit<DrawnImage, 'bytes'> & { readonly part: number };

/** What a further piece of an answer brought. */
export interface ReadOn {
  /** The answer, or the events of a stream, that are whole by now. */
  readonly answers: readonly Answer<AnswerEntry | PiecedImage>[];
  /** Bytes of the pictures' files, in order; `part` is that of the picture that they become. */
  readonly pieces: readonly { readonly part: number; readonly bytes: Uint8Array }[];
  /** The parts whose bytes have all been given with this. */
  readonly ended: readonly number[];
}

/** How far a variation goes from its picture. */
export type VaryStrength = 'subtle' | 'strong';

/**
 * All work on pixels, done in a worker. Every method may reject with `cancelled`; `open` and `inspect` also with `not-an-image`, `broken-image` and `too-large`.
 * A picture stays in the worker until `close`; using a closed one rejects with `bad-argument`.
 */
export interface Pixels {
  /** What a file is known by whatever recipe it carries: SHA-256 in hex of all its bytes but the recipe, of a file that is no whole PNG of all. */
  pictureHash(bytes: Uint8Array, signal?: AbortSignal): Promise<string>;
  /** Reads the header alone. */
  inspect(bytes: Uint8Array, signal?: AbortSignal): Promise<ImageInfo>;
  /** Begins to read an Images API's answer, which is megabytes of base64; `streams` where the server says that it is a stream of events. It stays in the worker until `close`. */
  beginAnswer(streams: boolean, signal?: AbortSignal): Promise<Reading>;
  /** Tells the worker the next piece of the body; one that `isGiven` fills its buffer, and goes there with it. What is called without waiting is done in order. Rejects with `bad-answer`. */
  readOn(reading: Reading, piece: Uint8Array, isGiven: boolean, signal?: AbortSignal): Promise<ReadOn>;
  /** The body is over. Rejects with `bad-answer`. */
  endAnswer(reading: Reading, signal?: AbortSignal): Promise<ReadOn>;
  /** Reads the whole body of an answer. The bytes are given away. Rejects with `bad-answer`. */
  readAnswer(body: Uint8Array, signal?: AbortSignal): Promise<Answer>;
  /** Decodes to an upright 8-bit RGBA picture. What a PNG says of its colours, resolution and authors (text), and the ICC profile of other formats, stay with it and are written again by `encode`: all into a PNG, the profile into the others. */
  open(bytes: Uint8Array, signal?: AbortSignal): Promise<Picture>;
  close(...held: readonly (Picture | Reading)[]): void;
  /** Rejects with `bad-argument` for a quality out of range and `too-large` for a picture that the format cannot hold. */
  encode(picture: Picture, options: EncodeOptions, signal?: AbortSignal): Promise<Uint8Array>;
  /** The picture at another size: resampled in linear light, alpha-premultiplied, Lanczos. */
  resize(picture: Picture, extent: Extent, signal?: AbortSignal): Promise<Picture>;
  /** The picture scaled to cover `extent`, and what stands over cut off so that `focus` stays in view: the centre by default. */
  cover(picture: Picture, extent: Extent, signal?: AbortSignal, focus?: Anchor): Promise<Picture>;

  /** A canvas of `extent` with the picture at `at` (its size is the picture's), everything else to be drawn; a region says what inside the picture is to be drawn too. Rejects with `mask-size`. */
  canvas(picture: Picture, extent: Extent, at: Point, region?: Region, signal?: AbortSignal): Promise<Canvas>;
  /** A canvas of its own with the same pixels and mask, for a further candidate. */
  copy(canvas: Canvas, signal?: AbortSignal): Promise<Canvas>;
  /** Puts a canvas on which nobody works back to what `canvas` made, for a further candidate in the same memory. */
  renew(canvas: Canvas, signal?: AbortSignal): Promise<void>;
  /** Rectangles that do not overlap and hold all that is still to be drawn: one where that is a rectangle, else some hundred at most, each no larger than what it holds; none where the mask is empty. */
  pendingParts(canvas: Canvas): Promise<readonly Bounds[]>;
  /** For each of some windows, whether anything is still to be drawn there once those before it are drawn. */
  drawAnything(canvas: Canvas, windows: readonly Bounds[]): Promise<readonly boolean[]>;
  /** What the model is sent for a tile: its window with the empty part filled from the surroundings, and the mask, both PNG of `tile.asked`. Opaque unless the picture stands on a clear background and the model `drawsClear`. */
  tileInput(canvas: Canvas, tile: Tile, drawsClear: boolean, signal?: AbortSignal): Promise<TileInput>;
  /** Registers, colour-matches and blends a model's answer into what is still to be drawn inside the tile's window, and marks that as known. */
  placeTile(canvas: Canvas, tile: Tile, answer: Uint8Array, mode: ComposeMode, signal?: AbortSignal): Promise<PlacedTile>;
  /** Content-aware fill of all that is still to be drawn. */
  fill(canvas: Canvas, seed: number, signal?: AbortSignal, onShare?: OnShare): Promise<void>;
  /** Encodes the canvas as PNG, decodes it again and counts what changed in the kept area against the picture it was made from. */
  finish(canvas: Canvas, recipe: string | undefined, signal?: AbortSignal, onStep?: OnStep): Promise<{ readonly png: Uint8Array; readonly report: KeptReport }>;

  /** Draws procedural art. */
  art(spec: ArtSpec, signal?: AbortSignal): Promise<Artwork>;
  /** Whether no pixel of a file is transparent. Rejects like `open`. */
  isOpaque(bytes: Uint8Array, signal?: AbortSignal): Promise<boolean>;
  /** The picture without its plain background, told by its border; `enclosed` areas of the same colour go, too. Rejects with `unsupported` where it is not plain. */
  cutOut(picture: Picture, enclosed: boolean, signal?: AbortSignal): Promise<Picture>;
  /** Draws the files of an icon set from a picture, in the order of `ICON_NAMES`. */
  icons(picture: Picture, signal?: AbortSignal): Promise<readonly IconFile[]>;
  /** The counterpart of a picture for dark pages: lightness upside down, hues as they were. */
  darken(picture: Picture, signal?: AbortSignal): Promise<Picture>;
  /** A neighbour of a picture by tone and crop, of the same size. */
  retouch(picture: Picture, seed: number, strength: VaryStrength, signal?: AbortSignal): Promise<Picture>;
}
