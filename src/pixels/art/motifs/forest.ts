import { Noise } from '../noise';
import { blendOver, mixRgb } from '../ramp';
import type { Random } from '../random';
import type { RowPainter, Scene } from '../scene';
import { clamp01, glow, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { Skyline } from '../skyline';

interface Tree {
  readonly x: number;
  readonly height: number;
  readonly slim: number;
  readonly boughs: number;
  readonly phase: number;
}

/** Rows of conifers on hills, each row paler and mistier the farther it stands. */
export function forest(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const sky = makeSky(scene, spanY * 0.6);
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const near = ramp.at(0);
  const far = mixRgb(sky.haze, sky.zenith, 0.22);
  const count = 6;
  const rows = Array.from({ length: count }, (_, i) => {
    const nearness = i / (count - 1);
    const base = spanY * mix(0.52, 1.02, nearness * (0.75 + 0.25 * nearness));
    const tall = spanY * mix(0.045, 0.36, nearness * nearness) * mix(1, 0.8, Math.min(1, spanX / 8));
    const hill = (x: number): number => base - spanY * mix(0.15, 0.06, nearness) * (0.5 + noise.fractal(x * mix(1.1, 0.7, nearness) + i * 5.3, i * 9.1, 3));
    const trees = plant(random, spanX, tall, nearness);
    const widest = tall * 0.5;
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
    const rock = mixRgb(far, near, Math.sqrt(nearness) * 0.97 + 0.03);
    const mist = mixRgb(rock, sky.haze, night ? 0.22 : mix(0.72, 0.12, nearness));
    return { skyline, rock, mist, nearness, mistDepth: spanY * mix(0.12, 0.4, nearness) };
  });
  return (y, row) => {
    sky.paint(y, row);
    for (const { skyline, rock, mist, nearness, mistDepth } of rows) {
      for (let x = 0, i = 0; x < width; x++, i += 3) {
        const cover = skyline.covers(x, y);
        if (cover === 0) continue;
        const fog = smoothstep(0, mistDepth, skyline.depth(x, y) / unit);
        const warmth = 0.25 * (1 - nearness) * glow((x + 0.5) / unit - sky.sunX, 0.45);
        for (let c = 0; c < 3; c++) {
          const body = mix(mix(rock[c] as number, mist[c] as number, fog), sky.sun[c] as number, clamp01(warmth));
          row[i + c] = mix(row[i + c] as number, body, cover);
        }
      }
    }
    const shade = 0.3 * smoothstep(0.85, 1.05, (y + 0.5) / unit / spanY);
    if (shade > 0) for (let i = 0; i < width * 3; i += 3) blendOver(row, i, near, shade);
  };
}

/** Trees from left to right, in clumps, never in step. */
function plant(random: Random, spanX: number, tall: number, nearness: number): Tree[] {
  const trees: Tree[] = [];
  const gap = tall * mix(0.2, 0.34, nearness);
  for (let x = -tall; x < spanX + tall; ) {
    const size = random.next();
    trees.push({ x, height: tall * mix(0.45, 1, size * (0.5 + 0.5 * random.next())), slim: random.between(0.15, 0.21), boughs: 6 + random.below(5), phase: random.next() });
    x += gap * (random.next() < 0.12 ? random.between(1.8, 3.2) : random.between(0.35, 1.3));
  }
  return trees;
}

/** The y of a tree's outline over `x`: a spire whose flanks step out bough by bough. */
function crownEdge(tree: Tree, x: number, ground: number): number {
  const side = x - tree.x;
  const away = Math.abs(side) / (tree.height * tree.slim);
  if (away >= 1.15) return Infinity;
  const place = away * tree.boughs + (side > 0 ? tree.phase : 0.5 * tree.phase);
  const step = place - Math.floor(place);
  // A bough droops outward: within a step the outline rises again before it drops to the next.
  const drop = away + (0.62 / tree.boughs) * (step < 0.8 ? -step * 0.55 : (step - 0.8) * 3 - 0.44);
  return ground - tree.height * (1 - Math.max(0, drop));
}
