import { Noise } from '../noise';
import { mixRgb, put } from '../ramp';
import { cellValue } from '../../random';
import type { RowPainter, Scene } from '../scene';
import { clamp01, mix } from '../shaping';

const COS30 = 0.8660254037844386;
/** Samples a pixel's edge is cut into where faces meet. */
const SUB = 3;

/** Blocks of many heights on a square ground, seen from above at equal angles. */
export function isometric(scene: Scene): RowPainter {
  const { random, ramp, accent, spec, unit, width, height } = scene;
  const noise = new Noise(random);
  const salt = random.below(1 << 30);
  const dark = spec.tone === 'dark';
  const block = unit * mix(0.15, 0.1, spec.energy);
  const tallest = 4;
  const originX = width / 2 / block;
  const originY = height / 2 / block;
  const shiftX = random.below(100);
  const shiftZ = random.below(100);

  const heightOf = (cx: number, cz: number): number => {
    const swell = 0.5 + 0.62 * noise.fractal((cx + shiftX) * 0.13, (cz + shiftZ) * 0.13, 2);
    return Math.round(2 * clamp01(swell * 0.85 + 0.2 * cellValue(cx, cz, salt)) * tallest) / 2;
  };
  // Every cell that a line of sight through the picture can meet.
  const reach = Math.ceil(originX / COS30 / 2 + originY + tallest) + 2;
  const side = 2 * reach + 1;
  const heights = Float32Array.from({ length: side * side }, (_, k) => heightOf((k % side) - reach, Math.floor(k / side) - reach));
  const cached = (cx: number, cz: number): number => heights[(cz + reach) * side + cx + reach] ?? 0;

  const hit: Hit = { cx: 0, cz: 0, face: 0, drop: 0 };
  const look = (px: number, py: number): Hit => cast(px / block - originX, py / block - originY, tallest, cached, hit);
  const accents = [mixRgb(accent, ramp.at(0.95), 0.12), mixRgb(accent, ramp.at(0.05), 0.15), mixRgb(accent, ramp.at(0.05), 0.38)] as const;
  const colour = ({ cx, cz, face, drop }: Hit, into: Float32Array, i: number): void => {
    const own = cellValue(cx, cz, salt + 5);
    if (own > 0.975) return put(into, i, accents[face]);
    const level = cached(cx, cz) / tallest;
    const faceTone = face === 0 ? 0.07 : (face === 1 ? -0.1 : -0.24) - 0.1 * clamp01(drop / 1.6);
    ramp.write((dark ? mix(0.08, 0.52, level) : mix(0.5, 0.98, level)) + faceTone + 0.06 * (own - 0.5), into, i);
  };

  const blank = (): Looked => ({ ids: new Int32Array(width), colours: new Float32Array(width * 3) });
  const lookAlong = (y: number, { ids, colours }: Looked): void => {
    for (let x = 0; x < width; x++) {
      const h = look(x + 0.5, y + 0.5);
      ids[x] = Math.imul(h.cx, 0x1f123bb5) ^ Math.imul(h.cz, 0x5f356495) ^ h.face;
      colour(h, colours, x * 3);
    }
  };
  let above = blank();
  let here = blank();
  let below = blank();
  lookAlong(-1, above);
  lookAlong(0, here);
  const sample = new Float32Array(3);
  return (y, row) => {
    lookAlong(y + 1, below);
    row.set(here.colours);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const id = here.ids[x];
      const even = above.ids[x] === id && below.ids[x] === id && (x === 0 || here.ids[x - 1] === id) && (x === width - 1 || here.ids[x + 1] === id);
      if (even) continue;
      // Where faces meet, the pixel is the mean of a grid of looks.
      row.fill(0, i, i + 3);
      for (let s = 0; s < SUB * SUB; s++) {
        colour(look(x + ((s % SUB) + 0.5) / SUB, y + (Math.floor(s / SUB) + 0.5) / SUB), sample, 0);
        for (let c = 0; c < 3; c++) row[i + c] = (row[i + c] as number) + (sample[c] as number) / (SUB * SUB);
      }
    }
    [above, here, below] = [here, below, above];
  };
}

/** One row of looks through the pixels' centres: which face is seen, and its colour. */
interface Looked {
  readonly ids: Int32Array;
  readonly colours: Float32Array;
}

interface Hit {
  cx: number;
  cz: number;
  /** 0 is the top, 1 the face towards +z (left), 2 the one towards +x (right). */
  face: 0 | 1 | 2;
  /** How far below the block's top, in blocks. */
  drop: number;
}

/**
 * Follows the line of sight through screen point (a, b), in blocks: it enters at the greatest height and goes down one for every step of −1 in both x and z,
 * cell by cell, until it meets a block.
 */
function cast(a: number, b: number, tallest: number, heightOf: (cx: number, cz: number) => number, hit: Hit): Hit {
  const difference = a / COS30;
  const sum = 2 * (b + tallest);
  let level = tallest;
  let x = (sum + difference) / 2;
  let z = (sum - difference) / 2;
  hit.cx = Math.floor(x);
  hit.cz = Math.floor(z);
  hit.face = 0;
  for (;;) {
    const top = heightOf(hit.cx, hit.cz);
    hit.drop = top - level;
    if (hit.drop >= 0) return hit;
    const toX = x - hit.cx;
    const toZ = z - hit.cz;
    const step = Math.min(toX, toZ);
    // For every step in x and z the line falls by as much: it meets the top before it leaves the cell, or goes on.
    if (level - step <= top) {
      hit.face = 0;
      return hit;
    }
    level -= step;
    x -= step;
    z -= step;
    if (toX <= toZ) {
      hit.cx--;
      hit.face = 2;
    } else {
      hit.cz--;
      hit.face = 1;
    }
  }
}
