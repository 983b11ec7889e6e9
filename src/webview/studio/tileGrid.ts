/** Where a tile lies on the page. */
export interface TilePlace {
  readonly left: number;
  readonly top: number;
}

/** The tile that an arrow key leads to, tiles being in reading order: the next or previous one, or the nearest of the row above or below. Undefined at an edge. */
export function tileTowards(key: string, from: number, tiles: readonly TilePlace[]): number | undefined {
  const here = tiles[from];
  if (!here) return undefined;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step !== undefined) return tiles[from + step] ? from + step : undefined;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const beyond = tiles.filter(({ top }) => (key === 'ArrowDown' ? top > here.top : top < here.top));
  const tops = beyond.map(({ top }) => top);
  const row = key === 'ArrowDown' ? Math.min(...tops) : Math.max(...tops);
  const inRow = beyond.filter(({ top }) => top === row);
  const nearest = inRow.reduce<TilePlace | undefined>((best, tile) => (best && Math.abs(best.left - here.left) <= Math.abs(tile.left - here.left) ? best : tile), undefined);
  return nearest && tiles.indexOf(nearest);
}
