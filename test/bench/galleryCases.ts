import type { Extent } from '../../src/core/geometry';
import type { Mask, PixelImage } from '../../src/core/image';
import type { ComposeMode, Tile } from '../../src/core/pixels';
import { CHAIN, SOURCE, STRIP } from './chain';

/** A canvas, what of it is to be drawn, the tiles in which a model draws it, and the points to look at closely. */
export interface Case {
  readonly name: string;
  readonly extent: Extent;
  /** How much of a pixel is to be drawn, 0–255. */
  readonly drawn: (x: number, y: number) => number;
  readonly tiles: readonly Pick<Tile, 'window' | 'asked'>[];
  readonly details: readonly Point[];
  readonly mode: ComposeMode;
  /** Of pictures on a clear background: how opaque the picture is at a point, 0–255, and whether the model draws transparency. */
  readonly clear?: { readonly alpha: (x: number, y: number) => number; readonly drawn: boolean };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const SIDE = 1024;
const SQUARE: Extent = { width: SIDE, height: SIDE };
const WHOLE = [tileAt(0, 0)];

function tileAt(x: number, y: number): Case['tiles'][number] {
  return { window: { ...SQUARE, x, y }, asked: SQUARE };
}

const CORNER = {
  extent: SQUARE,
  drawn: (x: number, y: number): number => (x > 560 && y > 600 ? 255 : 0),
  tiles: WHOLE,
  details: [{ x: 560, y: 600 }, { x: 800, y: 600 }],
};

/** A shape with wavy edges above and below, each of them a pixel soft, whose right half is to be drawn. */
const RIBBON = {
  extent: SQUARE,
  drawn: (x: number): number => (x >= SIDE / 2 ? 255 : 0),
  tiles: WHOLE,
  details: [{ x: SIDE / 2, y: edgeAt(SIDE / 2, 230) }, { x: SIDE / 2, y: 520 }, { x: SIDE / 2, y: edgeAt(SIDE / 2, 800) }, { x: 800, y: edgeAt(800, 230) }],
  mode: 'exact',
} as const;

function edgeAt(x: number, y: number): number {
  return Math.round(y + 60 * Math.sin(x / 90) + 25 * Math.sin(x / 31));
}

function inRibbon(x: number, y: number): number {
  const above = y + 0.5 - (230 + 60 * Math.sin(x / 90) + 25 * Math.sin(x / 31));
  const below = 800 + 60 * Math.sin(x / 90) + 25 * Math.sin(x / 31) - y - 0.5;
  return 255 * Math.max(0, Math.min(1, 0.5 + Math.min(above, below)));
}

export const CASES: readonly Case[] = [
  {
    name: 'both sides',
    extent: { width: 2 * SIDE, height: SIDE },
    drawn: (x) => (x < SIDE / 2 || x >= 1.5 * SIDE ? 255 : 0),
    tiles: [tileAt(0, 0), tileAt(SIDE, 0)],
    details: [{ x: 512, y: 200 }, { x: 512, y: 800 }, { x: 1536, y: 200 }, { x: 1536, y: 800 }],
    mode: 'exact',
  },
  { name: 'a hole in the middle', extent: SQUARE, drawn: (x, y) => (Math.hypot(x - 500, y - 540) < 200 ? 255 : 0), tiles: WHOLE, details: [{ x: 320, y: 500 }, { x: 640, y: 680 }], mode: 'exact' },
  { name: 'a corner', ...CORNER, mode: 'exact' },
  { name: 'a corner, seamless', ...CORNER, mode: 'seamless' },
  { name: 'four sides', extent: SQUARE, drawn: (x, y) => (Math.min(x, y, SIDE - 1 - x, SIDE - 1 - y) < 192 ? 255 : 0), tiles: WHOLE, details: [{ x: 192, y: 192 }, { x: 832, y: 700 }], mode: 'exact' },
  { name: 'an L', extent: SQUARE, drawn: (x, y) => (x < 300 || y > 760 ? 255 : 0), tiles: WHOLE, details: [{ x: 300, y: 760 }, { x: 300, y: 300 }], mode: 'exact' },
  { name: 'a soft brush', extent: SQUARE, drawn: (x, y) => 255 * Math.max(0, Math.min(1, (260 - Math.hypot(x - 520, y - 500)) / 80)), tiles: WHOLE, details: [{ x: 300, y: 480 }, { x: 700, y: 640 }], mode: 'exact' },
  { name: 'a clear background, drawn clear', ...RIBBON, clear: { alpha: inRibbon, drawn: true } },
  { name: 'a clear background, cut out of a backdrop', ...RIBBON, clear: { alpha: inRibbon, drawn: false } },
  {
    name: 'a chain to 20 to 1',
    extent: STRIP,
    drawn: (x) => (x >= SOURCE.width ? 255 : 0),
    tiles: CHAIN,
    details: Array.from({ length: 7 }, (_, k) => ({ x: SOURCE.width + 320 * k + 100, y: 62 })),
    mode: 'exact',
  },
];

/** What of a case's canvas is to be drawn. */
export function maskOf({ extent, drawn }: Case): Mask {
  return { ...extent, data: Uint8Array.from({ length: extent.width * extent.height }, (_, i) => Math.round(drawn(i % extent.width, Math.floor(i / extent.width)))) };
}

/** What a case's canvas is to show in the end: a photograph, as far as the case is opaque. */
export function truthOf(photograph: PixelImage, { clear }: Case): PixelImage {
  if (!clear) return photograph;
  const data = photograph.data.slice();
  for (let i = 0; i < data.length / 4; i++) data[4 * i + 3] = Math.round(clear.alpha(i % photograph.width, Math.floor(i / photograph.width)));
  return { ...photograph, data };
}
