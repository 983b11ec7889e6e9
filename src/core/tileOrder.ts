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

/** The windows in the order of `Turns`; undefined where some have no turn or where something stays empty. */
export function inOrder(windows: readonly Bounds[], empty: Rects, leastKnown: number): readonly Step[] | undefined {
  const turns = new Turns(windows, empty);
  turns.take(leastKnown);
  return turns.rest.length === 0 ? turns.steps : undefined;
}

/** A window that waits for its turn, with what is so far known of it. */
interface Turn {
  readonly window: Bounds;
  /** In pixels. */
  unknown: number;
  /** The share of it that is known: asked for far more often than it changes. */
  known: number;
  readonly after: number[];
  /** How many tiles, one after the other, it waits for. */
  depth: number;
}

/**
 * Puts windows into an order in which of each at least a share is known at its turn; windows that are left without anything to draw fall away. What is known only grows, so
 * that taking any window that may go next never closes the way for another: the order is free to be the one with the shortest chain of tiles that
 * wait for each other among windows that are half known, and of the best known where none is; and where it comes to a halt, a window more may let it go on.
 */
export class Turns {
  readonly steps: Step[] = [];
  /** What is still empty. */
  rest: Rects;
  private readonly left: Turn[];

  constructor(windows: readonly Bounds[], empty: Rects) {
    this.rest = empty;
    this.left = windows.map((window) => turnOf(window, areaInside(empty, window), [], 0)).filter(({ unknown }) => unknown > 0);
  }

  /** Windows that have had no turn yet, the best known first. */
  waiting(): readonly Bounds[] {
    return this.left.toSorted((a, b) => b.known - a.known).map(({ window }) => window);
  }

  /** Lets each window have its turn of which at least so much is known, until there is none. */
  take(leastKnown: number): void {
    while (this.rest.length > 0) {
      const at = nextOf(this.left, leastKnown);
      const [next] = at < 0 ? [] : this.left.splice(at, 1);
      if (!next) return;
      this.draw(next);
    }
  }

  /** Draws a window at once, known well enough or not. */
  insert(window: Bounds): void {
    const after = this.steps.flatMap(({ fresh }, index) => (areaInside(fresh, window) > 0 ? [index] : []));
    this.draw(turnOf(window, areaInside(this.rest, window), after, 1 + Math.max(-1, ...after.map((index) => this.depths[index] ?? 0))));
  }

  private readonly depths: number[] = [];

  private draw(next: Turn): void {
    const fresh = clip(this.rest, next.window);
    this.rest = subtract(this.rest, next.window);
    this.steps.push({ window: next.window, fresh, known: next.known, after: next.after });
    this.depths.push(next.depth);
    for (let i = this.left.length - 1; i >= 0; i--) {
      const turn = this.left[i] as Turn;
      const seen = meet(turn.window, next.window) ? areaInside(fresh, turn.window) : 0;
      if (seen === 0) continue;
      turn.unknown -= seen;
      turn.known = shareKnown(turn.window, turn.unknown);
      turn.after.push(this.steps.length - 1);
      turn.depth = Math.max(turn.depth, next.depth + 1);
      if (turn.unknown <= 0) this.left.splice(i, 1);
    }
  }
}

/** The index of the window that may go next and goes before all others; -1 where none may. */
function nextOf(left: readonly Turn[], leastKnown: number): number {
  let best = -1;
  for (let i = 0; i < left.length; i++) {
    const turn = left[i] as Turn;
    if (turn.known >= leastKnown && (best < 0 || goesBefore(turn, left[best] as Turn))) best = i;
  }
  return best;
}

function meet(a: Bounds, b: Bounds): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function turnOf(window: Bounds, unknown: number, after: number[], depth: number): Turn {
  return { window, unknown, known: shareKnown(window, unknown), after, depth };
}

function shareKnown(window: Bounds, unknown: number): number {
  return 1 - unknown / area(window);
}

function goesBefore(a: Turn, b: Turn): boolean {
  const byKnown = Math.min(a.known, HALF) - Math.min(b.known, HALF);
  return byKnown > 0 || (byKnown === 0 && a.depth < b.depth);
}

/** The windows without those that the others can do without, tried from the smallest. */
export function withoutNeedless(windows: readonly Bounds[], empty: Rects, leastKnown: number): readonly Bounds[] {
  let kept = windows;
  for (const window of [...windows].sort((a, b) => area(a) - area(b))) {
    const fewer = kept.filter((other) => other !== window);
    if (fewer.reduce<Rects>((rest, other) => (rest.length > 0 && meet(other, window) ? subtract(rest, other) : rest), clip(empty, window)).length > 0) continue;
    const steps = inOrder(fewer, empty, leastKnown);
    if (steps && seeNeighbours(steps)) kept = fewer;
  }
  return kept;
}

/** Whether of any two tiles that draw side by side the later one sees what the earlier one drew: else a seam would run between them. */
export function seeNeighbours(steps: readonly Step[]): boolean {
  return steps.every((step, index) =>
    steps.slice(0, index).every((earlier, other) => !touch(earlier.window, step.window) || step.after.includes(other) || !earlier.fresh.some((a) => step.fresh.some((b) => liesBeside(a, b)))),
  );
}

/** Whether two windows have a pixel in common, or pixels side by side. */
function touch(a: Bounds, b: Bounds): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

function liesBeside({ x, y, width, height }: Bounds, other: Bounds): boolean {
  return intersect({ x: x - 1, y, width: width + 2, height }, other) !== undefined || intersect({ x, y: y - 1, width, height: height + 2 }, other) !== undefined;
}
