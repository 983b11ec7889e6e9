/** Means of a map over square areas of it, each from a summed-area table (Crow 1984) in constant time. */
export class BlockMeans {
  private readonly sums: Float64Array;

  constructor(
    map: Float32Array,
    private readonly width: number,
    private readonly height: number,
  ) {
    const stride = width + 1;
    this.sums = new Float64Array(stride * (height + 1));
    for (let v = 0; v < height; v++) {
      let row = 0;
      for (let u = 0; u < width; u++) {
        row += map[v * width + u] as number;
        this.sums[(v + 1) * stride + u + 1] = (this.sums[v * stride + u + 1] as number) + row;
      }
    }
  }

  /** The mean over the area of `size` by `size` cells from (u, v); what lies outside of the map counts as 0. */
  at(u: number, v: number, size: number): number {
    const stride = this.width + 1;
    const left = Math.max(0, Math.min(this.width, u));
    const right = Math.max(left, Math.min(this.width, u + size));
    const top = Math.max(0, Math.min(this.height, v)) * stride;
    const bottom = Math.max(0, Math.min(this.height, v + size)) * stride;
    const { sums } = this;
    return ((sums[bottom + right] as number) - (sums[bottom + left] as number) - (sums[top + right] as number) + (sums[top + left] as number)) / (size * size);
  }
}
