import type { LinearRgb } from '../../../core/oklab';
import { Noise } from '../noise';
import { mixRgb } from '../ramp';
import { cellValue } from '../random';
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
  const block = unit * mix(0.085, 0.055, spec.energy);
  const tallest = 4;
  const originX = width / 2 / block;
  const originY = height / 2 / block;
  const shiftX = random.below(100);
  const shiftZ = random.below(100);

  const heightOf = (cx: number, cz: number): number => {
    const swell = 0.5 + 0.62 * noise.fractal((cx + shiftX) * 0.13, (cz + shiftZ) * 0.13, 2);
    return Math.round(4 * clamp01(swell * 0.72 + 0.3 * cellValue(cx, cz, salt)) * tallest) / 4;
  };
  const heights = new Map<number, number>();
  const cached = (cx: number, cz: number): number => {
    const key = cx * 65536 + cz;
    const known = heights.get(key);
    if (known !== undefined) return known;
    const value = heightOf(cx, cz);
    heights.set(key, value);
    return value;
  };

  const hit: Hit = { cx: 0, cz: 0, face: 0, drop: 0 };
  const look = (px: number, py: number): Hit => cast(px / block - originX, py / block - originY, tallest, cached, hit);
  const shade = (into: [number, number, number], h: Hit, share: number): void => {
    const level = cached(h.cx, h.cz) / tallest;
    const own = cellValue(h.cx, h.cz, salt + 5);
    const tone = dark ? mix(0.16, 0.74, level) : mix(0.5, 0.98, level);
    const face = h.face === 0 ? 0.07 : h.face === 1 ? -0.1 : -0.24;
    const fallen = h.face === 0 ? 0 : -0.1 * clamp01(h.drop / 1.6);
    let colour: LinearRgb = ramp.at(tone + face + fallen + 0.06 * (own - 0.5));
    if (own > 0.94) colour = mixRgb(accent, ramp.at(h.face === 0 ? 0.95 : 0.05), h.face === 0 ? 0.12 : h.face === 1 ? 0.15 : 0.38);
    into[0] += colour[0] * share;
    into[1] += colour[1] * share;
    into[2] += colour[2] * share;
  };

  const identify = (y: number, into: Int32Array): void => {
    for (let x = 0; x < width; x++) {
      const h = look(x + 0.5, y + 0.5);
      into[x] = Math.imul(h.cx, 0x1f123bb5) ^ Math.imul(h.cz, 0x5f356495) ^ h.face;
    }
  };
  let above = new Int32Array(width);
  let here = new Int32Array(width);
  let below = new Int32Array(width);
  identify(-1, above);
  identify(0, here);
  return (y, row) => {
    identify(y + 1, below);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const id = here[x] as number;
      const even = above[x] === id && below[x] === id && (x === 0 || here[x - 1] === id) && (x === width - 1 || here[x + 1] === id);
      const colour: [number, number, number] = [0, 0, 0];
      if (even) shade(colour, look(x + 0.5, y + 0.5), 1);
      else {
        for (let s = 0; s < SUB * SUB; s++) shade(colour, look(x + ((s % SUB) + 0.5) / SUB, y + (Math.floor(s / SUB) + 0.5) / SUB), 1 / (SUB * SUB));
      }
      row.set(colour, i);
    }
    [above, here, below] = [here, below, above];
  };
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
  let sum = 2 * (b + tallest);
  let level = tallest;
  let x = (sum + difference) / 2;
  let z = (sum - difference) / 2;
  let cx = Math.floor(x);
  let cz = Math.floor(z);
  let face: 0 | 1 | 2 = 0;
  for (;;) {
    const top = heightOf(cx, cz);
    if (level <= top && face !== 0) break;
    const toX = x - cx;
    const toZ = z - cz;
    const step = Math.min(toX, toZ);
    // Along the line x and z fall by `step` and the height by as much: the sum falls by 2·step, the height by half of that.
    if (level - step <= top || top <= 0 && level - step <= 0) {
      hit.cx = cx;
      hit.cz = cz;
      hit.face = 0;
      hit.drop = 0;
      return hit;
    }
    level -= step;
    sum -= 2 * step;
    x -= step;
    z -= step;
    if (toX <= toZ) {
      cx--;
      face = 2;
    } else {
      cz--;
      face = 1;
    }
  }
  hit.cx = cx;
  hit.cz = cz;
  hit.face = face;
  hit.drop = heightOf(cx, cz) - level;
  return hit;
}
