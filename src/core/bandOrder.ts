import { clip, subtract, type Rects } from './empty';
import { intersect } from './geometry';
import type { Tile } from './pixels';

/**
 * Lets tiles whose drawing may also change what is known within `band` pixels of it wait for the earlier ones that they would change what is seen of, or that change what they see. Each is then sent the
 * same whatever order answers come in, and finds its earlier answer when the same request is made again. `empty` holds all that is drawn.
 */
export function waitForBands(tiles: readonly Tile[], empty: Rects, band: number): readonly Tile[] {
  let rest = empty;
  const written = tiles.map(({ window }) => {
    const fresh = clip(rest, window);
    rest = subtract(rest, window);
    return fresh.flatMap(({ x, y, width, height }) => intersect({ x: x - band, y: y - band, width: width + 2 * band, height: height + 2 * band }, window) ?? []);
  });
  const changes = (one: number, other: Tile): boolean => (written[one] ?? []).some((part) => intersect(part, other.window));
  return tiles.map((tile, index) => {
    const touched = tiles.flatMap((earlier, other) => (other < index && (changes(other, tile) || changes(index, earlier)) ? [other] : []));
    return { ...tile, after: [...new Set([...tile.after, ...touched])].sort((a, b) => a - b) };
  });
}
