/**
 * Which neighbour Paeth's filter predicts: the one nearest to `left + up - upperLeft`, ties in that order. Fabian Giesen's formulation by minimum, maximum and
 * a threshold, here by sign masks, as branches on pixels are mispredicted.
 */
export function paethPredictor(left: number, up: number, upperLeft: number): number {
  const difference = left - up;
  const negative = difference & (difference >> 31);
  const low = up + negative;
  const high = left - negative;
  const threshold = 3 * upperLeft - left - up;
  const lowOrCorner = low ^ ((low ^ upperLeft) & ((threshold - high) >> 31));
  return high ^ ((high ^ lowOrCorner) & ((low - threshold) >> 31));
}
