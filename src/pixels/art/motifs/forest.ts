import type { LinearRgb } from '../../../core/oklab';
import { Noise } from '../noise';
import { blendOver, mixRgb } from '../ramp';
import type { Random } from '../../random';
import type { RowPainter, Scene } from '../scene';
import { clamp01, glow, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { endOfSky, nearestCover, Skyline } from '../skyline';

interface Tree {
  readonly x: number;
  readonly height: number;
  /** Half the width of the skirt over the height. */
  readonly slim: number;
  readonly boughs: number;
  readonly phase: number;
}

interface Stand {
  readonly rock: LinearRgb;
  readonly mist: LinearRgb;
  /** In each column, the y of the ground in units: the mist rises from it. */
  readonly ground: Float32Array;
  readonly mistDepth: number;
  readonly nearness: number;
}

const COUNT = 6;

/** Stands of conifers on hills, each paler and mistier the farther it is. */
export function forest(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const sky = makeSky(scene, spanY * 0.6, 'above the peaks');
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const near = ramp.at(0);
  const stands: Stand[] = [];
  const skylines: Skyline[] = [];
  for (let i = 0; i < COUNT; i++) {
    const nearness = i / (COUNT - 1);
    const base = spanY * mix(0.56, 1.1, nearness * (0.7 + 0.3 * nearness));
    const tall = spanY * mix(0.05, 0.46, nearness * nearness);
    const hill = (x: number): number => base - spanY * mix(0.2, 0.08, nearness) * (0.4 + 1.1 * noise.fractal(x * mix(1, 0.7, nearness) + i * 5.3, i * 9.1, 3));
    const trees = plant(random, spanX, tall, nearness);
    const widest = tall * 0.3;
    let first = 0;
    const skyline = new Skyline(width, (px) => {
      const x = px / unit;
      let y = hill(x);
      while (first < trees.length && (trees[first] as Tree).x < x - widest) first++;
      for (let k = first; k < trees.length; k++) {
        const tree = trees[k] as Tree;
        if (tree.x > x + widest) break;
        y = Math.min(y, crownEdge(tree, x, hill(tree.x)));
      }
      return y * unit;
    });
    skylines.push(skyline);
    const rock = mixRgb(ramp.at(mix(night ? 0.34 : 0.6, 0, Math.sqrt(nearness))), sky.haze, 0.6 * (1 - nearness) * (1 - nearness));
    stands.push({
      rock,
      mist: mixRgb(rock, mixRgb(sky.haze, ramp.at(0.6), nearness), night ? 0.3 : mix(0.8, 0.3, nearness)),
      ground: Float32Array.from({ length: width }, (_, x) => hill(x / unit)),
      mistDepth: tall * 0.9 + 0.02,
      nearness,
    });
  }
  const skyEnd = endOfSky(skylines, width);

  return (y, row) => {
    if (y < skyEnd) sky.paint(y, row);
    const v = (y + 0.5) / unit;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const away = glow((x + 0.5) / unit - sky.sunX, 0.45);
      for (let k = Math.max(0, nearestCover(skylines, x, y)); k < COUNT; k++) {
        const cover = (skylines[k] as Skyline).covers(x, y);
        if (cover === 0) continue;
        const { rock, mist, ground, mistDepth, nearness } = stands[k] as Stand;
        const fog = smoothstep(-0.85, 0.35, (v - (ground[x] as number)) / mistDepth);
        const warmth = clamp01((night ? 0.08 : 0.3) * (1 - nearness) * away);
        for (let c = 0; c < 3; c++) {
          const body = mix(mix(rock[c] as number, mist[c] as number, fog), sky.sun[c] as number, warmth);
          row[i + c] = mix(row[i + c] as number, body, cover);
        }
      }
    }
    const shade = 0.4 * smoothstep(0.82, 1.05, v / spanY);
    if (shade > 0) for (let i = 0; i < width * 3; i += 3) blendOver(row, i, near, shade);
  };
}

/** Trees from left to right, old and young mixed, now dense, now with a clearing. */
function plant(random: Random, spanX: number, tall: number, nearness: number): Tree[] {
  const trees: Tree[] = [];
  const gap = tall * mix(0.2, 0.17, nearness);
  for (let x = -tall; x < spanX + tall; ) {
    const old = random.next();
    trees.push({ x, height: tall * mix(0.3, 1, old * mix(0.55, 1, random.next())), slim: random.between(0.17, 0.24), boughs: 7 + random.below(6), phase: random.next() });
    x += gap * (random.next() < 0.08 ? random.between(1.5, 2.6) : random.between(0.3, 1.2));
  }
  return trees;
}

/** The y of a tree's outline over `x`: a spire whose flanks step out bough by bough, each drooping at its tip. */
function crownEdge(tree: Tree, x: number, ground: number): number {
  const side = x - tree.x;
  const away = Math.abs(side) / (tree.height * tree.slim);
  if (away >= 1) return Infinity;
  // Boughs are short at the top and long below; left and right do not mirror each other.
  const place = Math.sqrt(away) * tree.boughs + (side > 0 ? tree.phase : 0.37 + 0.5 * tree.phase);
  const step = place - Math.floor(place);
  const stair = (Math.floor(place) + step * step * step) / tree.boughs;
  const fall = 0.35 * away + 0.65 * clamp01(stair * stair);
  return ground - tree.height * (1 - fall);
}
