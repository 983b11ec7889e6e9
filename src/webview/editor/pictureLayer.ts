import type { Bounds, Extent } from '../../core/geometry';
import { toStage, type View } from './viewport';

/** A decoded picture with smaller copies of itself: to draw a large one small again and again would cost its full size each time. */
export interface ShownPicture extends Extent {
  /** The whole first, then each half as large. */
  readonly levels: readonly ImageBitmap[];
}

/** Below this edge no smaller copy is worth it, in pixels. */
const SMALLEST = 1024;
/** From this many device pixels for one of the picture's on, lines show where each begins. */
const GRID_FROM = 10;
const CHECK_EDGE = 8;

/** Decodes a file. Rejects where the browser cannot. */
export async function decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<ShownPicture> {
  const whole = await createImageBitmap(new Blob([bytes]));
  const levels = [whole];
  for (let width = whole.width >> 1, height = whole.height >> 1; Math.max(width, height) >= SMALLEST; width >>= 1, height >>= 1) {
    levels.push(await createImageBitmap(levels.at(-1) ?? whole, { resizeWidth: Math.max(1, width), resizeHeight: Math.max(1, height), resizeQuality: 'medium' }));
  }
  return { width: whole.width, height: whole.height, levels };
}

export function closePicture(picture: ShownPicture): void {
  for (const level of picture.levels) level.close();
}

/** Colours that the stage takes from the theme. */
export interface StageColours {
  readonly checks: readonly [string, string];
  readonly grid: string;
}

/** Draws the picture at `bounds` (in the coordinates of the document's picture) onto a canvas of the stage's size. */
export function drawPicture(context: CanvasRenderingContext2D, picture: ShownPicture, bounds: Bounds, view: View, ratio: number, colours: StageColours): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const corner = toStage(view, bounds);
  const scale = view.scale * ratio;
  const place = { x: corner.x * ratio, y: corner.y * ratio, width: bounds.width * scale, height: bounds.height * scale };
  drawChecks(context, place, ratio, colours.checks);
  const level = picture.levels.findLast((candidate) => candidate.width >= place.width) ?? picture.levels[0];
  if (!level) return;
  context.imageSmoothingEnabled = scale < 2;
  context.imageSmoothingQuality = 'medium';
  // Only what is in sight: the browser need not scale the rest.
  const left = Math.max(0, Math.floor(-place.x / scale));
  const top = Math.max(0, Math.floor(-place.y / scale));
  const right = Math.min(bounds.width, Math.ceil((canvas.width - place.x) / scale));
  const bottom = Math.min(bounds.height, Math.ceil((canvas.height - place.y) / scale));
  if (right <= left || bottom <= top) return;
  const [across, down] = [level.width / bounds.width, level.height / bounds.height];
  context.drawImage(level, left * across, top * down, (right - left) * across, (bottom - top) * down, place.x + left * scale, place.y + top * scale, (right - left) * scale, (bottom - top) * scale);
  if (scale >= GRID_FROM) drawGrid(context, { x: left, y: top, width: right - left, height: bottom - top }, place, scale, colours.grid);
}

function drawChecks(context: CanvasRenderingContext2D, place: Bounds, ratio: number, [first, second]: readonly [string, string]): void {
  const edge = Math.round(CHECK_EDGE * ratio);
  const tile = new OffscreenCanvas(2 * edge, 2 * edge);
  const tileContext = tile.getContext('2d');
  if (!tileContext) return;
  tileContext.fillStyle = first;
  tileContext.fillRect(0, 0, 2 * edge, 2 * edge);
  tileContext.fillStyle = second;
  tileContext.fillRect(0, 0, edge, edge);
  tileContext.fillRect(edge, edge, edge, edge);
  context.fillStyle = context.createPattern(tile, 'repeat') ?? first;
  context.fillRect(place.x, place.y, place.width, place.height);
}

function drawGrid(context: CanvasRenderingContext2D, seen: Bounds, place: Bounds, scale: number, colour: string): void {
  context.fillStyle = colour;
  const [top, height] = [place.y + seen.y * scale, seen.height * scale];
  const [left, width] = [place.x + seen.x * scale, seen.width * scale];
  for (let x = seen.x; x <= seen.x + seen.width; x += 1) context.fillRect(Math.round(place.x + x * scale), top, 1, height);
  for (let y = seen.y; y <= seen.y + seen.height; y += 1) context.fillRect(left, Math.round(place.y + y * scale), width, 1);
}
