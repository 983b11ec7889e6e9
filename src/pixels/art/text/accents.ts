import { APOSTROPHE, MARKS, STACKED, TONOS, TURNED_COMMA } from './font/marks';
import { extentOf, flatten, type Segment } from './penPath';

/** A letter's pen lines with its extent from left to right, in font units. */
export interface Accented {
  readonly segments: readonly Segment[];
  readonly left: number;
  readonly right: number;
}

/** How a mark is drawn on a letter: moved so far; `beside` where it takes room on the line. */
interface Placed {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly beside?: boolean;
}

/** The height of a letter over which marks stand as the font draws them. */
const X_HEIGHT = 68;
/** From a mark to another on top of it. */
const STACK = 33;
/** What a mark beside a letter leaves between them, from centre line to centre line. */
const CLEAR = 22;

const [HORN, UNDER_DOT, UNDER_COMMA, CEDILLA, OGONEK, CARON] = ['\u031b', '\u0323', '\u0326', '\u0327', '\u0328', '\u030c'];
/** Marks that leave the space over the letter free. */
const NOT_ABOVE = new Set([HORN, UNDER_DOT, UNDER_COMMA, CEDILLA, OGONEK, TONOS]);

/** Where a mark over the letter has its middle, where that is not the letter's own. */
const MIDDLES: Readonly<Record<string, number>> = { L: 6, α: 35 };
/** Where a horn begins on a round letter; on others a little under the right stem's top. */
const HORNS: Readonly<Record<string, readonly [x: number, y: number]>> = { o: [59, 57], O: [86, 84] };
/** Where an ogonek hangs, if not from the letter's right end. */
const OGONEKS: Readonly<Record<string, number>> = { e: 42, o: 40, O: 54, U: 40 };

/** A letter with its marks, each where its language sets it and clear of the letter and of one another. Undefined where the font lacks a mark. */
export function withMarks(base: string, path: string, marks: readonly string[]): Accented | undefined {
  const above = marks.filter((mark) => !NOT_ABOVE.has(mark));
  // An accent takes the place of the dot.
  const letter = flatten((base === 'i' || base === 'j') && above.length > 0 ? path.replace(/ D.*/, '') : path);
  const segments = [...letter];
  const wide = [...letter];
  let lower: string | undefined;
  for (const mark of marks) {
    const placed = place(base, letter, mark, lower);
    if (!placed) return undefined;
    const drawn = flatten(placed.path).map((s) => ({ ...s, ax: s.ax + placed.x, bx: s.bx + placed.x, ay: s.ay + placed.y, by: s.by + placed.y }));
    segments.push(...drawn);
    if (placed.beside) wide.push(...drawn);
    if (above.includes(mark)) lower = mark;
  }
  return { segments, ...extentOf(wide) };
}

/** `lower` is the mark that already stands over the letter. */
function place(base: string, letter: readonly Segment[], mark: string, lower: string | undefined): Placed | undefined {
  const path = MARKS[mark];
  if (path === undefined) return undefined;
  const { left, right } = extentOf(letter);
  const top = Math.round(Math.max(...letter.map((s) => Math.max(s.ay, s.by))));
  const middle = (left + right) / 2;
  switch (mark) {
    case HORN: {
      const [x, y] = HORNS[base] ?? [right, top - 10];
      return { path, x, y, beside: true };
    }
    case OGONEK:
      return { path, x: OGONEKS[base] ?? right, y: 0 };
    case CEDILLA:
      // Latvian's are commas.
      if (base === 'g') return { path: TURNED_COMMA, x: middle, y: 0 };
      return { path: 'kKlLnNrRG'.includes(base) ? (MARKS[UNDER_COMMA] ?? path) : path, x: middle, y: 0 };
    case UNDER_DOT:
    case UNDER_COMMA:
      // Beside a tail, not on it.
      return { path, x: base === 'y' ? right - 8 : middle, y: 0 };
    case TONOS:
      return { path, x: edgeOf(letter, -1) - CLEAR, y: 0, beside: true };
    case CARON:
      if ('dtlL'.includes(base)) return { path: APOSTROPHE, x: edgeOf(letter, 1) + CLEAR, y: 0, beside: true };
  }
  const [x, y] = lower === undefined ? [0, 0] : (STACKED[lower + mark] ?? [0, STACK]);
  return { path, x: (MIDDLES[base] ?? middle) + x, y: top - X_HEIGHT + y };
}

/** How far a letter reaches to the right (1) or left (−1) at the height of marks beside it. */
function edgeOf(letter: readonly Segment[], side: 1 | -1): number {
  const high = letter.flatMap(({ ax, ay, bx, by }) => {
    const low = Math.min(ay, by);
    const reach = Math.max(ay, by) - 76;
    if (reach < 0) return [];
    if (low >= 76) return [ax, bx];
    // Where the pen crosses that height, and where it ends above it.
    const t = reach / (reach + 76 - low);
    const [upper, under] = ay > by ? [ax, bx] : [bx, ax];
    return [upper, upper + (under - upper) * t];
  });
  return side === 1 ? Math.max(...high) : Math.min(...high);
}
