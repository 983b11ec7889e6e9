import { areaInside, clip, subtract, type Rects } from './empty';
import { drawnFor } from './drawable';
import { area, type Bounds } from './geometry';
import type { SizeRule } from './models';

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

/**
 * Puts windows into an order in which of each at least `leastKnown` is known at its turn; windows that are left without anything to draw fall away.
 * Undefined where there is no such order, where a window cannot be drawn by the model, or where something stays empty. What is known only grows, so
 * that taking any window that may go next never closes the way for another: the order is free to be the one with the shortest chain of tiles that
 * wait for each other among windows that are half known, and of the best known where none is.
 */
export function inOrder(windows: readonly Bounds[], empty: Rects, rule: SizeRule, leastKnown: number): readonly Step[] | undefined {
  if (!windows.every((window) => drawnFor(window, rule))) return undefined;
  const steps: Step[] = [];
  let left = windows.map((window): Turn => ({ window, unknown: areaInside(empty, window), after: [], depth: 0 }));
  let rest = empty;
  while (rest.length > 0) {
    left = left.filter(({ unknown }) => unknown > 0);
    const next = left.reduce<Turn | undefined>((best, turn) => (knownOf(turn) >= leastKnown && (!best || goesBefore(turn, best)) ? turn : best), undefined);
    if (!next) return undefined;
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
  return steps;
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
export function withoutNeedless(windows: readonly Bounds[], empty: Rects, rule: SizeRule, leastKnown: number): readonly Bounds[] {
  let kept = windows;
  for (const window of [...windows].sort((a, b) => area(a) - area(b))) {
    const fewer = kept.filter((other) => other !== window);
    if (inOrder(fewer, empty, rule, leastKnown)) kept = fewer;
  }
  return kept;
}
