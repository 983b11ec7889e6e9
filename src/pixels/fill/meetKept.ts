import { FIRST_BLOCK, KEPT } from './ground';
import type { Ground } from './ground';
import { stepAt } from './seamSteps';
import type { Rect } from './rect';

const NEIGHBOURS = [[-1, 0], [1, 0], [0, -1], [0, 1]] as const;

/**
 * A smooth correction can't take up what changes from pixel to pixel along the edge of the kept area; left alone it shows as a line. The rest of the step is carried inward from each edge pixel, fading over some pixels.
 */
export function meetKept(ground: Ground, rect: Rect, corrections: readonly Float32Array[], fade: number): void {
  const { width, owner } = ground;
  const tileWidth = rect.x1 - rect.x0;
  const reached = new Uint8Array(tileWidth * (rect.y1 - rect.y0));
  let front: Rest[] = [];
  for (let y = rect.y0; y < rect.y1; y++) {
    for (let x = rect.x0; x < rect.x1; x++) {
      const i = y * width + x;
      if ((owner[i] as number) < FIRST_BLOCK) continue;
      const meets =
        (x > rect.x0 && owner[i - 1] === KEPT) ||
        (x + 1 < rect.x1 && owner[i + 1] === KEPT) ||
        (y > rect.y0 && owner[i - width] === KEPT) ||
        (y + 1 < rect.y1 && owner[i + width] === KEPT);
      if (!meets) continue;
      const at = (y - rect.y0) * tileWidth + x - rect.x0;
      const rest = restAt(ground, rect, x, y, corrections.map((plane) => plane[at] as number));
      if (!rest) continue;
      reached[at] = 1;
      front.push({ x, y, rest });
    }
  }
  for (let depth = 0; depth < fade && front.length > 0; depth++) {
    const share = 1 - depth / fade;
    const next: Rest[] = [];
    for (const { x, y, rest } of front) {
      const at = (y - rect.y0) * tileWidth + x - rect.x0;
      for (const [channel, plane] of corrections.entries()) plane[at] = (plane[at] as number) + share * (rest[channel] as number);
      for (const [dx, dy] of NEIGHBOURS) {
        const qx = x + dx;
        const qy = y + dy;
        if (qx < rect.x0 || qy < rect.y0 || qx >= rect.x1 || qy >= rect.y1 || (owner[qy * width + qx] as number) < FIRST_BLOCK) continue;
        const to = at + dy * tileWidth + dx;
        if (reached[to] === 1) continue;
        reached[to] = 1;
        next.push({ x: qx, y: qy, rest });
      }
    }
    front = next;
  }
}

/** A pixel with what its correction still lacks, by channel. */
interface Rest {
  readonly x: number;
  readonly y: number;
  readonly rest: readonly number[];
}

/** What the correction of a pixel next to kept ones lacks to meet them; undefined where its block's source does not reach that far. */
function restAt(ground: Ground, rect: Rect, x: number, y: number, correction: readonly number[]): number[] | undefined {
  const sum = new Float64Array(4);
  const step = new Float64Array(4);
  let edges = 0;
  for (const [dx, dy] of NEIGHBOURS) {
    const qx = x + dx;
    const qy = y + dy;
    if (qx < rect.x0 || qy < rect.y0 || qx >= rect.x1 || qy >= rect.y1 || ground.owner[qy * ground.width + qx] !== KEPT) continue;
    if (!stepAt(ground, qx, qy, x, y, correction.length, step)) continue;
    edges++;
    for (let channel = 0; channel < 4; channel++) sum[channel] = (sum[channel] as number) + (step[channel] as number);
  }
  return edges === 0 ? undefined : correction.map((value, channel) => (sum[channel] as number) / edges - value);
}
