import { LEADING, leadingOf } from './leading';
import type { Letter } from './outline';
import { lettersOf } from './outline';

/** One letter with the x of its origin on its line, in font units. */
export interface Placed {
  readonly letter: Letter;
  readonly x: number;
}

export interface Line {
  readonly placed: readonly Placed[];
  readonly width: number;
}

export interface Layout {
  readonly lines: readonly Line[];
  /** Pixels for one font unit. */
  readonly scale: number;
  /** Half the pen's width, in font units. */
  readonly pen: number;
  /** From baseline to baseline, in font units. */
  readonly leading: number;
}

/** Where text is set. Lengths in pixels. */
export interface TextBox {
  readonly width: number;
  readonly height: number;
  /** The largest cap height. */
  readonly largest: number;
  /** The smallest cap height that can be read. */
  readonly readable: number;
  /** 0 is flush left, 0.5 centred. */
  readonly align: number;
}

/** As many lines look well; more only where the letters could not be read otherwise. */
const FEW_LINES = 8;
const SPACE = 44;
const BANDS = 17;
const LOW = -34;
const BAND = 9;

/** Text set into a box as large as it goes, but no larger than its largest letters; a line break stays one. Undefined where nothing of it can be set. */
export function layOut(text: string, box: TextBox, pen: number): Layout | undefined {
  const paragraphs = text
    .split('\n')
    .map((paragraph) => paragraph.split(/\s+/).map((word) => setLine(lettersOf(word), pen)).filter((line) => line.placed.length > 0))
    .filter((words) => words.length > 0);
  const most = paragraphs.reduce((sum, words) => sum + words.length, 0);
  let best: Layout | undefined;
  for (let count = Math.max(1, paragraphs.length); count <= most && (count <= FEW_LINES || !best || best.scale * 100 < box.readable); count++) {
    // More lines are never higher letters than these.
    if (best && box.height / heightOf(count, LEADING, pen) <= best.scale) break;
    const lines = breakLines(paragraphs, count, pen);
    const leading = leadingOf(lines, box.align, pen);
    const widest = Math.max(...lines.map((line) => line.width)) + 2 * pen;
    const scale = Math.min(box.width / widest, box.height / heightOf(lines.length, leading, pen), box.largest / 100);
    // More lines only where they make the letters clearly larger, or readable at all.
    if (!best || scale > best.scale * (best.scale * 100 < box.readable ? 1 : 1.22)) best = { lines, scale, pen, leading };
  }
  return best;
}

function heightOf(lines: number, leading: number, pen: number): number {
  return (lines - 1) * leading + 100 + 2 * pen + 20;
}

/** Paragraphs of words on so many lines at most, the longest as short as can be. */
function breakLines(paragraphs: readonly (readonly Line[])[], count: number, pen: number): Line[] {
  const gap = SPACE + 2 * pen;
  const words = paragraphs.flat();
  let low = Math.max(...words.map((word) => word.width));
  let high = words.reduce((sum, word) => sum + word.width + gap, 0);
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (paragraphs.reduce((sum, paragraph) => sum + breaks(paragraph, gap, middle).length, 0) <= count) high = middle;
    else low = middle;
  }
  return paragraphs.flatMap((paragraph) => breaks(paragraph, gap, high).map((start, index, starts) => joinWords(paragraph.slice(start, starts[index + 1]), gap)));
}

/** Which words begin a line where none is longer than the limit, but for a single longer word. */
function breaks(words: readonly Line[], gap: number, limit: number): number[] {
  const starts: number[] = [];
  let width = Infinity;
  for (const [index, word] of words.entries()) {
    width += gap + word.width;
    if (width <= limit) continue;
    starts.push(index);
    width = word.width;
  }
  return starts;
}

function joinWords(words: readonly Line[], gap: number): Line {
  const placed: Placed[] = [];
  let width = -gap;
  for (const word of words) {
    const start = width + gap;
    placed.push(...word.placed.map(({ letter, x }) => ({ letter, x: x + start })));
    width = start + word.width;
  }
  return { placed, width };
}

/** Letters side by side with even gaps to the eye. */
function setLine(letters: readonly Letter[], pen: number): Line {
  const placed: Placed[] = [];
  let x = 0;
  let previous: Letter | undefined;
  let width = 0;
  for (const letter of letters) {
    x = previous ? x + previous.right + spacing(previous, letter, pen) - letter.left : -letter.left;
    placed.push({ letter, x });
    width = Math.max(width, x + letter.right);
    previous = letter;
  }
  return { placed, width };
}

/**
 * The gap between two letters' extents, in font units: their facing sides are compared band by band, and what counts is the mean gap with deep hollows cut off.
 * So straight letters stand apart, round ones closer, and AV or To move together.
 */
function spacing(left: Letter, right: Letter, pen: number): number {
  const a = profile(left, 1);
  const b = profile(right, -1);
  const hollow: number[] = [];
  for (let i = 0; i < BANDS; i++) {
    const one = a[i] as number;
    const other = b[i] as number;
    if (one === Infinity && other === Infinity) continue;
    hollow.push(Math.min(one, 26) + Math.min(other, 26));
  }
  const mean = hollow.reduce((sum, value) => sum + value, 0) / Math.max(1, hollow.length);
  const tightest = Math.min(...hollow);
  const clear = 2 * pen;
  return Math.max(clear + 24 - mean * 0.62, clear + 8 - tightest);
}

const profiles = new WeakMap<Letter, readonly [number[], number[]]>();

/** How far a letter stands back from its right (1) or left (−1) extent in each band of height. */
function profile(letter: Letter, side: 1 | -1): number[] {
  let both = profiles.get(letter);
  if (!both) {
    both = [sideOf(letter, 1), sideOf(letter, -1)];
    profiles.set(letter, both);
  }
  return side === 1 ? both[0] : both[1];
}

function sideOf(letter: Letter, side: 1 | -1): number[] {
  const back = new Array<number>(BANDS).fill(Infinity);
  for (const { ax, ay, bx, by } of letter.segments) {
    const steps = Math.max(1, Math.ceil(Math.abs(by - ay) / BAND) * 2);
    for (let i = 0; i <= steps; i++) {
      const y = ay + ((by - ay) * i) / steps;
      const x = ay === by ? (side === 1 ? Math.max(ax, bx) : Math.min(ax, bx)) : ax + ((bx - ax) * i) / steps;
      const band = Math.min(BANDS - 1, Math.max(0, Math.floor((y - LOW) / BAND)));
      back[band] = Math.min(back[band] as number, side === 1 ? letter.right - x : x - letter.left);
    }
  }
  return back;
}
