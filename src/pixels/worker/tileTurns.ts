import { boundsOf, intersect, type Bounds } from '../../core/geometry';
import type { Mask } from '../../core/image';
import { SEAMLESS_BAND, type ComposeMode } from '../../core/pixels';
import { isPending } from './pending';

interface Turn {
  readonly window: Bounds;
  /** How far beyond what is pending it may write, in pixels. */
  readonly reach: number;
  readonly over: Promise<void>;
}

/**
 * Whose turn it is on a canvas. To compose a tile reads its window alone, and writes there what is pending, in *seamless* mode `SEAMLESS_BAND` pixels more. Two tiles touch where one may write what the other
 * reads: what their windows share has something pending in it, or that near. Those wait for each other, in the order in which they came; all others may be worked on at once and end in whatever order, with
 * the same result to the bit. What is pending only ever gets less, so that tiles that do not touch now never will.
 */
export class TileTurns {
  readonly #turns = new Set<Turn>();

  /** Resolves to the end of the turn once it has begun: to be called whatever becomes of the tile. */
  async take(pending: Mask, window: Bounds, mode: ComposeMode): Promise<() => void> {
    const reach = mode === 'seamless' ? SEAMLESS_BAND : 0;
    const before = [...this.#turns].filter((turn) => touch(pending, turn.window, window, Math.max(turn.reach, reach)));
    let end = (): void => undefined;
    const turn: Turn = { window, reach, over: new Promise((resolve) => (end = resolve)) };
    this.#turns.add(turn);
    await Promise.all(before.map(({ over }) => over));
    return () => {
      this.#turns.delete(turn);
      end();
    };
  }
}

function touch(pending: Mask, a: Bounds, b: Bounds, reach: number): boolean {
  const shared = intersect(a, b);
  if (!shared) return false;
  const near = intersect(boundsOf(pending), { x: shared.x - reach, y: shared.y - reach, width: shared.width + 2 * reach, height: shared.height + 2 * reach });
  return near !== undefined && isPending(pending, near);
}
