import type { VaryStrength } from '../../core/pixels';
import { cosTurns, exp2, sinTurns } from '../../core/exactMath';
import type { PixelImage } from '../../core/image';
import { linearToOklab, oklabToLinear } from '../../core/oklab';
import type { Random } from '../random';
import { srgbLevel } from '../art/develop';

/** A change of tone in OKLab. */
export interface Grade {
  /** Factor of linear light. */
  readonly exposure: number;
  /** How far lightness is bent into an S around the middle, −1 to 1. */
  readonly contrast: number;
  /** Factor of chroma. */
  readonly saturation: number;
  /** Rotation of hue. */
  readonly cos: number;
  readonly sin: number;
  /** Shift towards orange (positive) or blue, at full lightness. */
  readonly warmth: number;
}

/** A grade that is seen beside the original and natural without it: warmth goes one way or the other by a step that is never small. */
export function chooseGrade(random: Random, strength: VaryStrength): Grade {
  const strong = strength === 'strong';
  const side = (): number => (random.next() < 0.5 ? -1 : 1);
  const turn = side() * (strong ? random.between(0.024, 0.052) : random.between(0.006, 0.018));
  return {
    // Up by less than down: what is bright already must not burn out.
    exposure: exp2(strong ? random.pick([-0.34, -0.2, 0.12, 0.2]) : random.pick([-0.16, -0.1, 0.08, 0.13])),
    contrast: strong ? random.between(-0.12, 0.4) : random.between(-0.06, 0.18),
    saturation: strong ? random.between(0.82, 1.28) : random.between(0.93, 1.12),
    cos: cosTurns(turn),
    sin: sinTurns(turn),
    warmth: side() * (strong ? random.between(0.012, 0.026) : random.between(0.006, 0.013)),
  };
}

/** Grades a row of linear, premultiplied RGBA and writes it to row `y` of the picture. */
export function gradeRow(row: Float32Array, grade: Grade, into: PixelImage, y: number): void {
  const { exposure, contrast, saturation, cos, sin, warmth } = grade;
  for (let x = 0, o = y * into.width * 4; x < into.width; x++, o += 4) {
    const alpha = Math.min(1, row[x * 4 + 3] as number);
    if (alpha < 0.5 / 255) continue;
    const gain = exposure / alpha;
    const [l, a, b] = linearToOklab([
      Math.max(0, row[x * 4] as number) * gain,
      Math.max(0, row[x * 4 + 1] as number) * gain,
      Math.max(0, row[x * 4 + 2] as number) * gain,
    ]);
    const within = Math.min(1, l);
    // The S goes through 0, ½ and 1: black and white stay.
    const bent = l + contrast * within * (1 - within) * (within - 0.5) * 2;
    const tint = warmth * within * (0.4 + 0.6 * (1 - within)) * 1.6;
    const graded = oklabToLinear([bent, (a * cos - b * sin) * saturation + tint * 0.45, (a * sin + b * cos) * saturation + tint]);
    into.data[o] = srgbLevel(graded[0]);
    into.data[o + 1] = srgbLevel(graded[1]);
    into.data[o + 2] = srgbLevel(graded[2]);
    into.data[o + 3] = alpha * 255;
  }
}
