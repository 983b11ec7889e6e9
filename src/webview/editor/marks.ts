import { boundsOf, type Bounds, type Extent, type Point, type Sides } from '../../core/geometry';
import { frameBounds, HANDLES, type Handle } from './frame';
import { toStage, type View } from './viewport';

/** Half the edge of a frame's handle, in CSS pixels. */
const HANDLE = 5;
/** How near the pointer must be to take a handle, in CSS pixels. */
const REACH = 12;
const HATCH = 10;

/** Draws a line that is seen on any picture: dark under light. */
function twice(context: CanvasRenderingContext2D, dash: readonly number[] = []): void {
  context.setLineDash([]);
  context.lineWidth = 3;
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)';
  context.stroke();
  context.setLineDash([...dash]);
  context.lineWidth = 1.25;
  context.strokeStyle = '#fff';
  context.stroke();
  context.setLineDash([]);
}

/** The ring of a brush of that diameter (in pixels of the picture), with a cross where it is moved by keys. */
export function drawBrush(context: CanvasRenderingContext2D, view: View, at: Point, size: number, byKeys: boolean): void {
  const { x, y } = toStage(view, at);
  const radius = Math.max(1.5, (size * view.scale) / 2);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  if (byKeys || radius < 4) {
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
      context.moveTo(x + dx * (radius + 3), y + dy * (radius + 3));
      context.lineTo(x + dx * (radius + 8), y + dy * (radius + 8));
    }
  }
  twice(context);
}

/** A line through flat points of the picture: what a lasso has caught so far. */
export function drawLasso(context: CanvasRenderingContext2D, view: View, points: readonly number[]): void {
  context.beginPath();
  for (let at = 0; at + 1 < points.length; at += 2) {
    const { x, y } = toStage(view, { x: points[at] as number, y: points[at + 1] as number });
    context.lineTo(x, y);
  }
  twice(context, [5, 4]);
}

export function drawRectangle(context: CanvasRenderingContext2D, view: View, bounds: Bounds, dash: readonly number[]): void {
  const corner = toStage(view, bounds);
  context.beginPath();
  context.rect(corner.x, corner.y, bounds.width * view.scale, bounds.height * view.scale);
  twice(context, dash);
}

/** The frame of a widening with its handles; what is new is hatched, and what each request would see is outlined. */
export function drawFrame(context: CanvasRenderingContext2D, view: View, extent: Extent, sides: Sides, tiles: readonly Bounds[], colour: string): void {
  const frame = frameBounds(extent, sides);
  hatch(context, view, frame, extent, colour);
  if (tiles.length > 1) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash([3, 5]);
    for (const tile of tiles) {
      const corner = toStage(view, { x: tile.x + frame.x, y: tile.y + frame.y });
      context.strokeRect(corner.x, corner.y, tile.width * view.scale, tile.height * view.scale);
    }
    context.setLineDash([]);
  }
  drawRectangle(context, view, boundsOf(extent), [4, 4]);
  drawRectangle(context, view, frame, []);
  for (const handle of HANDLES) {
    const { x, y } = handlePlace(view, frame, handle);
    context.beginPath();
    context.rect(x - HANDLE, y - HANDLE, 2 * HANDLE, 2 * HANDLE);
    context.fillStyle = '#fff';
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** The handle under a place of the stage. */
export function handleAt(view: View, extent: Extent, sides: Sides, at: Point): Handle | undefined {
  const frame = frameBounds(extent, sides);
  return HANDLES.find((handle) => {
    const place = handlePlace(view, frame, handle);
    return Math.abs(place.x - at.x) <= REACH && Math.abs(place.y - at.y) <= REACH;
  });
}

/** The mouse pointer over a handle. */
export function handleCursor({ x, y }: Handle): string {
  if (x === 0) return 'ns-resize';
  if (y === 0) return 'ew-resize';
  return x === y ? 'nwse-resize' : 'nesw-resize';
}

function handlePlace(view: View, frame: Bounds, { x, y }: Handle): Point {
  return toStage(view, { x: frame.x + (frame.width * (x + 1)) / 2, y: frame.y + (frame.height * (y + 1)) / 2 });
}

/** Hatches the frame around the picture. */
function hatch(context: CanvasRenderingContext2D, view: View, frame: Bounds, extent: Extent, colour: string): void {
  const outer = toStage(view, frame);
  const inner = toStage(view, { x: 0, y: 0 });
  const [width, height] = [frame.width * view.scale, frame.height * view.scale];
  context.save();
  context.beginPath();
  context.rect(outer.x, outer.y, width, height);
  context.rect(inner.x, inner.y, extent.width * view.scale, extent.height * view.scale);
  context.clip('evenodd');
  context.globalAlpha = 0.12;
  context.fillStyle = colour;
  context.fillRect(outer.x, outer.y, width, height);
  context.globalAlpha = 0.45;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let offset = -height; offset < width; offset += HATCH) {
    context.moveTo(outer.x + offset, outer.y + height);
    context.lineTo(outer.x + offset + height, outer.y);
  }
  context.stroke();
  context.restore();
}
