import type { Extent } from '../../core/geometry';

/** One pass of an interlaced picture: its own size, its first pixel and the steps from pixel to pixel in the whole picture. */
export interface Pass extends Extent {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

const GRID = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
] as const;

/** The passes of an Adam7 picture in the order of the file, empty ones left out (PNG specification, 8.2). */
export function adam7(extent: Extent): Pass[] {
  return GRID.map((grid) => ({
    ...grid,
    width: Math.max(0, Math.ceil((extent.width - grid.x) / grid.stepX)),
    height: Math.max(0, Math.ceil((extent.height - grid.y) / grid.stepY)),
  })).filter((pass) => pass.width > 0 && pass.height > 0);
}
