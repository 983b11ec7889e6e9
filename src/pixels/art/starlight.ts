import type { LinearRgb } from '../../core/oklab';
import type { Scene } from './scene';
import { addLight } from './ramp';

interface Star {
  /** Pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly strength: number;
  readonly colour: LinearRgb;
  /** Length of the cross that a lens draws around the brightest, in pixels; 0 for none. */
  readonly spike: number;
}

export interface StarPlan {
  /** Stars in a square of one unit. */
  readonly perUnit: number;
  /** Light of the brightest, 1 = white. */
  readonly brightest: number;
  /** Stars keep above this height, in units. */
  readonly below: number;
  /** Share of stars that get a cross. */
  readonly crosses?: number;
}

const WARM: LinearRgb = [1, 0.82, 0.62];
const COLD: LinearRgb = [0.7, 0.82, 1];
const WHITE: LinearRgb = [1, 1, 1];

/** The stars of a picture, in the order of their rows. */
export interface Stars {
  addRow(y: number, row: Float32Array, dim: number): void;
}

/** Scatters stars: many faint, few bright, as the sky has them. */
export function placeStars({ random, spanX, unit, width }: Scene, plan: StarPlan): Stars {
  const count = Math.round(plan.perUnit * spanX * plan.below);
  const stars: Star[] = [];
  for (let i = 0; i < count; i++) {
    const rank = random.next();
    const bright = rank * rank * rank * rank * rank;
    const tint = random.next();
    const crossed = plan.crosses !== undefined && random.next() < plan.crosses * bright * 8;
    stars.push({
      x: random.between(0, spanX) * unit,
      y: random.between(0, plan.below) * unit,
      radius: Math.max(0.55, (0.0008 + 0.0013 * bright) * unit),
      strength: plan.brightest * (0.1 + 0.9 * bright) * Math.min(1, unit / 500 + 0.25),
      colour: tint < 0.22 ? WARM : tint < 0.55 ? COLD : WHITE,
      spike: crossed ? random.between(0.012, 0.035) * unit : 0,
    });
  }
  const reach = (star: Star): number => Math.max(star.radius * 4, star.spike) + 1;
  stars.sort((a, b) => a.y - reach(a) - (b.y - reach(b)));
  let active: Star[] = [];
  let next = 0;
  return {
    addRow(y, row, dim) {
      for (; next < stars.length; next++) {
        const star = stars[next] as Star;
        if (star.y - reach(star) > y + 1) break;
        active.push(star);
      }
      active = active.filter((star) => star.y + reach(star) > y);
      if (dim > 0) for (const star of active) drawStar(star, y, row, width, dim, reach(star));
    },
  };
}

function drawStar(star: Star, y: number, row: Float32Array, width: number, dim: number, reach: number): void {
  const dy = y + 0.5 - star.y;
  for (let x = Math.max(0, Math.floor(star.x - reach)); x < Math.min(width, star.x + reach); x++) {
    const dx = x + 0.5 - star.x;
    const q = (dx * dx + dy * dy) / (star.radius * star.radius);
    const fade = Math.max(0, 1 - q / 16);
    let light = (fade * fade) / (1 + q * q);
    if (star.spike > 0) {
      const along = Math.max(Math.abs(dx), Math.abs(dy)) / star.spike;
      const across = Math.min(Math.abs(dx), Math.abs(dy)) / (star.radius * 0.7);
      if (along < 1) light += (0.6 * (1 - along) * (1 - along)) / (1 + across * across * across * across);
    }
    if (light > 0) addLight(row, x * 3, star.colour, light * star.strength * dim);
  }
}
