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
  let left = windows.map((window): Turn => ({ window, unknown: areaInside(empty, window), after: [], depth: 0 }));
  let rest = empty;
  while (rest.length > 0) {
    left = left.filter(({ unknown }) => unknown > 0);
    const next = left.reduce<Turn | undefined>((best, turn) => (knownOf(turn) >= leastKnown && (!best || goesBefore(turn, best)) ? turn : best), undefined);
    if (!next) break;
    const fresh = clip(rest, next.window);
    rest = subtract(rest, next.window);
    left = left.filter((turn) => turn !== next);
    for (const turn of left) {
      const seen = areaInside(fresh, turn.window);
      if (seen === 0) continue;
      turn.unknown -= seen;
      turn.after.push(steps.length);
      turn.depth = Math.max(turn.depth, next.depth + 1);
    }
    steps.push({ window: next.window, fresh, known: knownOf(next), after: next.after });
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
