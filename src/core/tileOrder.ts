import { areaInside, clip, subtract, type Rects } from './empty';
import { area, intersect, type Bounds } from './geometry';

/** The least share of a widening's tile that is known at its turn. */
export const LEAST_KNOWN = 1 / 4;
/** Beyond this a tile that knows more is no better. */
const HALF = 1 / 2;

/** One tile at its turn. */
export interface Step {
  readonly window: Bounds;
  /** What it is the first to draw. */
  readonly fresh: Rects;
  /** The share of the window that is known before it is drawn. */
  readonly known: number;
  /** Steps whose drawing it sees. */
  readonly after: readonly number[];
}

/** How far windows get, one after the other. */
interface Turns {
  readonly steps: readonly Step[];
  /** What stays empty. */
  readonly rest: Rects;
  /** Windows of which too little is known, the best known first. */
  readonly waiting: readonly Bounds[];
}

/** The windows in the order of `takeTurns`; undefined where some have no turn or where something stays empty. */
export function inOrder(windows: readonly Bounds[], empty: Rects, leastKnown: number): readonly Step[] | undefined {
  const { steps, rest } = takeTurns(windows, empty, leastKnown);
  return rest.length === 0 ? steps : undefined;
}

/**
 * Puts windows into an order in which of each at least `leastKnown` is known at its turn; windows that are left without anything to draw fall away. What is known only grows, so
 * that taking any window that may go next never closes the way for another: the order is free to be the one with the shortest chain of tiles that
 * wait for each other among windows that are half known, and of the best known where none is.
 */
export function takeTurns(windows: readonly Bounds[], empty: Rects, leastKnown: number): Turns {
  const steps: Step[] = [];
  const left = windows.map((window): Turn => ({ window, unknown: areaInside(empty, window), after: [], depth: 0 })).filter(({ unknown }) => unknown > 0);
  let rest = empty;
  while (rest.length > 0) {
    const at = nextOf(left, leastKnown);
    const next = left[at];
    if (!next) break;
    const fresh = clip(rest, next.window);
    rest = subtract(rest, next.window);
    steps.push({ window: next.window, fresh, known: knownOf(next), after: next.after });
    left.splice(at, 1);
    for (let i = left.length - 1; i >= 0; i--) {
      const turn = left[i] as Turn;
      const seen = meet(turn.window, next.window) ? areaInside(fresh, turn.window) : 0;
      if (seen === 0) continue;
      turn.unknown -= seen;
      turn.after.push(steps.length - 1);
      turn.depth = Math.max(turn.depth, next.depth + 1);
      if (turn.unknown <= 0) left.splice(i, 1);
    }
  }
  return { steps, rest, waiting: left.toSorted((a, b) => knownOf(b) - knownOf(a)).map(({ window }) => window) };
}

/** A window that waits for its turn, with what is so far known of it. */
interface Turn {
  readonly window: Bounds;
  /** In pixels. */
  unknown: number;
  readonly after: number[];
  /** How many tiles, one after the other, it waits for. */
  depth: number;
}

/** The index of the window that may go next and goes before all others; -1 where none may. */
function nextOf(left: readonly Turn[], leastKnown: number): number {
  let best = -1;
  for (let i = 0; i < left.length; i++) {
    const turn = left[i] as Turn;
    if (knownOf(turn) >= leastKnown && (best < 0 || goesBefore(turn, left[best] as Turn))) best = i;
  }
  return best;
}

function meet(a: Bounds, b: Bounds): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function knownOf({ window, unknown }: Turn): number {
  return 1 - unknown / area(window);
}

function goesBefore(a: Turn, b: Turn): boolean {
  const byKnown = Math.min(knownOf(a), HALF) - Math.min(knownOf(b), HALF);
  return byKnown > 0 || (byKnown === 0 && a.depth < b.depth);
}

/** The windows without those that the others can do without, tried from the smallest. */
export function withoutNeedless(windows: readonly Bounds[], empty: Rects, leastKnown: number): readonly Bounds[] {
  let kept = windows;
  for (const window of [...windows].sort((a, b) => area(a) - area(b))) {
    const fewer = kept.filter((other) => other !== window);
    const steps = inOrder(fewer, empty, leastKnown);
    if (steps && seeNeighbours(steps)) kept = fewer;
  }
  return kept;
}

/** Whether of any two tiles that draw side by side the later one sees what the earlier one drew: else a seam would run between them. */
export function seeNeighbours(steps: readonly Step[]): boolean {
  return steps.every((step, index) =>
    steps.slice(0, index).every((earlier, other) => step.after.includes(other) || !earlier.fresh.some((a) => step.fresh.some((b) => liesBeside(a, b)))),
  );
}

function liesBeside({ x, y, width, height }: Bounds, other: Bounds): boolean {
  return intersect({ x: x - 1, y, width: width + 2, height }, other) !== undefined || intersect({ x, y: y - 1, width, height: height + 2 }, other) !== undefined;
}
