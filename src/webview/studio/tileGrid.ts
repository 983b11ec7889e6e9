/** Where a tile lies on the page. */
export interface TilePlace {
  readonly left: number;
  readonly top: number;
}

/** The nearest tile of the row above or below, where the arrow up or down leads; tiles are in reading order. Undefined at an edge and for other keys. */
export function rowTowards(key: string, from: number, tiles: readonly TilePlace[]): number | undefined {
  const here = tiles[from];
  if (!here) return undefined;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const beyond = tiles.filter(({ top }) => (key === 'ArrowDown' ? top > here.top : top < here.top));
  const tops = beyond.map(({ top }) => top);
  const row = key === 'ArrowDown' ? Math.min(...tops) : Math.max(...tops);
  const inRow = beyond.filter(({ top }) => top === row);
  const nearest = inRow.reduce<TilePlace | undefined>((best, tile) => (best && Math.abs(best.left - here.left) <= Math.abs(tile.left - here.left) ? best : tile), undefined);
  return nearest && tiles.indexOf(nearest);
}
