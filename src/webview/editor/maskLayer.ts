import { boundsOf, intersect, type Bounds } from '../../core/geometry';
import type { View } from './viewport';

/** What of the mask's data a layer needs. */
export interface ShownMask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** How strongly a mask covers the picture, from 0 to 1. */
const STRENGTH = 0.5;

/**
 * Shows a mask on a canvas of the stage's size. `dirty` names the mask's pixels that have changed; without it all is drawn again.
 * `ratio` is device pixels for a CSS pixel. Reads one value of the mask for each device pixel, so its cost is that of what is seen.
 */
export function drawMask(context: CanvasRenderingContext2D, mask: ShownMask, view: View, ratio: number, colour: string, dirty?: Bounds): void {
  const { canvas } = context;
  const whole = boundsOf(canvas);
  const area = dirty ? intersect(whole, onDevice(dirty, view, ratio)) : whole;
  if (!area) return;
  const seen = intersect(area, onDevice(boundsOf(mask), view, ratio));
  if (!seen) return context.clearRect(area.x, area.y, area.width, area.height);
  if (!dirty) context.clearRect(0, 0, canvas.width, canvas.height);
  const image = context.createImageData(seen.width, seen.height);
  fillOverlay(new Uint32Array(image.data.buffer), mask, seen, view, ratio, overlayWord(colour));
  context.putImageData(image, seen.x, seen.y);
}

function fillOverlay(words: Uint32Array, mask: ShownMask, seen: Bounds, view: View, ratio: number, colour: number): void {
  const scale = view.scale * ratio;
  const columns = new Int32Array(seen.width);
  for (let x = 0; x < seen.width; x += 1) columns[x] = clamp((x + seen.x + 0.5 - view.x * ratio) / scale, mask.width);
  for (let y = 0, at = 0; y < seen.height; y += 1) {
    const row = clamp((y + seen.y + 0.5 - view.y * ratio) / scale, mask.height) * mask.width;
    for (let x = 0; x < seen.width; x += 1, at += 1) {
      const value = mask.data[row + (columns[x] as number)] as number;
      if (value !== 0) words[at] = (colour | ((value * STRENGTH) << 24)) >>> 0;
    }
  }
}

/** `#rrggbb` as the three lower bytes of a canvas's pixel, little-endian as every platform of VS Code has it. */
function overlayWord(colour: string): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
}

/** The device pixels that bounds of the picture touch. */
function onDevice(bounds: Bounds, view: View, ratio: number): Bounds {
  const left = Math.floor((bounds.x * view.scale + view.x) * ratio);
  const top = Math.floor((bounds.y * view.scale + view.y) * ratio);
  const right = Math.ceil(((bounds.x + bounds.width) * view.scale + view.x) * ratio);
  const bottom = Math.ceil(((bounds.y + bounds.height) * view.scale + view.y) * ratio);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function clamp(value: number, length: number): number {
  return Math.min(length - 1, Math.max(0, Math.floor(value)));
}
