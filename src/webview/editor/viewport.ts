import type { Bounds, Extent, Point } from '../../core/geometry';

/** How a picture is seen: a point of the picture times `scale`, moved by `x` and `y`, is its place on the stage, in CSS pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** What zooming by a step goes through, as in VS Code's own preview. */
const STEPS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 40, 64];
const LEAST = 0.01;
const MOST = 64;
/** Room that a fitted picture leaves on each side, in CSS pixels. */
const MARGIN = 24;
/** How much of the picture stays in sight when it is moved away, in CSS pixels. */
const IN_SIGHT = 48;

/** The whole of `bounds` in the middle of the stage; small pictures are not enlarged. */
export function fitView(bounds: Bounds, stage: Extent): View {
  const room = { width: Math.max(1, stage.width - 2 * MARGIN), height: Math.max(1, stage.height - 2 * MARGIN) };
  return centredView(bounds, stage, Math.min(1, room.width / bounds.width, room.height / bounds.height));
}

/** `bounds` in the middle of the stage at a scale. */
export function centredView(bounds: Bounds, stage: Extent, scale: number): View {
  const bounded = boundedScale(scale);
  return {
    scale: bounded,
    x: Math.round(stage.width / 2 - (bounds.x + bounds.width / 2) * bounded),
    y: Math.round(stage.height / 2 - (bounds.y + bounds.height / 2) * bounded),
  };
}

/** The view at another scale, the picture's point under `at` (on the stage) staying there. */
export function zoomedView(view: View, scale: number, at: Point): View {
  const bounded = boundedScale(scale);
  const ratio = bounded / view.scale;
  return { scale: bounded, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** The next larger or smaller step from a scale. */
export function nextScale(scale: number, larger: boolean): number {
  return larger ? (STEPS.find((step) => step > scale * 1.001) ?? MOST) : (STEPS.findLast((step) => step < scale * 0.999) ?? LEAST);
}

export function movedView(view: View, by: Point): View {
  return { ...view, x: view.x + by.x, y: view.y + by.y };
}

/** The view moved back so far that some of the picture stays in sight. */
export function keptInSight(view: View, bounds: Bounds, stage: Extent): View {
  const clamp = (offset: number, start: number, length: number, room: number): number => {
    const lowest = IN_SIGHT - (start + length) * view.scale;
    const highest = room - IN_SIGHT - start * view.scale;
    return Math.min(Math.max(offset, Math.min(lowest, highest)), Math.max(lowest, highest));
  };
  return { ...view, x: clamp(view.x, bounds.x, bounds.width, stage.width), y: clamp(view.y, bounds.y, bounds.height, stage.height) };
}

/** Whether all of `bounds` is to be seen. */
export function isWithin(view: View, bounds: Bounds, stage: Extent): boolean {
  const [start, end] = [toStage(view, bounds), toStage(view, { x: bounds.x + bounds.width, y: bounds.y + bounds.height })];
  return start.x >= 0 && start.y >= 0 && end.x <= stage.width && end.y <= stage.height;
}

/** A place on the stage as a point of the picture. */
export function toPicture(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

/** A point of the picture as a place on the stage. */
export function toStage(view: View, at: Point): Point {
  return { x: at.x * view.scale + view.x, y: at.y * view.scale + view.y };
}

function boundedScale(scale: number): number {
  return Math.min(MOST, Math.max(LEAST, scale));
}
