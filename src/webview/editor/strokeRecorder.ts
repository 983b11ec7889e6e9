import { MOST_POINTS, type StrokePoint } from '../../core/strokes';

/** Points of a stroke are kept in steps of an eighth of a pixel: finer is not seen, and longer to send. */
const GRAIN = 8;

/**
 * Takes in a pointer's way and keeps what a stroke needs of it: points at least a sixteenth of the brush apart. Whoever paints the segments as they are answered
 * has painted what the host will make of the points.
 */
export class StrokeRecorder {
  readonly #spacing: number;
  readonly #points: number[] = [];
  #last: StrokePoint | undefined;
  #skipped: StrokePoint | undefined;

  /** `size` is the brush's diameter in pixels of the picture. */
  constructor(size: number) {
    this.#spacing = Math.max(0.5, size / 16);
  }

  /** Flat: x, y, pressure. */
  get points(): readonly number[] {
    return this.#points;
  }

  /** Whether no further point may be added. */
  get isFull(): boolean {
    return this.#points.length >= 3 * (MOST_POINTS - 1);
  }

  /** Adds a point; answers the segment to paint, or undefined where the point is too near to the last. */
  add(point: StrokePoint): readonly [StrokePoint, StrokePoint] | undefined {
    const rounded = { x: rounding(point.x), y: rounding(point.y), pressure: Math.round(point.pressure * 64) / 64 };
    const last = this.#last;
    if (last && Math.hypot(rounded.x - last.x, rounded.y - last.y) < this.#spacing) {
      this.#skipped = rounded;
      return undefined;
    }
    return this.#take(rounded);
  }

  /** Ends the stroke where the pointer left it; answers a last segment to paint, if there is one. */
  end(): readonly [StrokePoint, StrokePoint] | undefined {
    return this.#skipped && this.#take(this.#skipped);
  }

  #take(point: StrokePoint): readonly [StrokePoint, StrokePoint] {
    const from = this.#last ?? point;
    this.#last = point;
    this.#skipped = undefined;
    this.#points.push(point.x, point.y, point.pressure);
    return [from, point];
  }
}

function rounding(value: number): number {
  return Math.round(value * GRAIN) / GRAIN;
}
