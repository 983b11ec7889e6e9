import type { LinearRgb } from '../../core/oklab';
import { hexToLinear } from '../../core/oklab';
import type { ArtSpec } from '../../core/pixels';
import { Ramp } from './ramp';
import { Random } from '../random';

/** What every motif is drawn from. Lengths of shapes are told in units, so that a picture looks the same at any resolution. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** One unit in pixels: the shorter edge, but at least an eighth of the longer one. */
  readonly unit: number;
  /** The picture's size in units. */
  readonly spanX: number;
  readonly spanY: number;
  readonly random: Random;
  readonly ramp: Ramp;
  /** The sky's colours: those of the picture where the spec gives it none. */
  readonly skyRamp: Ramp;
  readonly accent: LinearRgb;
  readonly spec: ArtSpec;
}

/** Draws one row, `y` from the top, as linear light: three floats a pixel, 0–1, more where something glows. Rows are asked for once, in order. */
export type RowPainter = (y: number, row: Float32Array) => void;

/** Composes a picture: everything random is decided here, in time that does not grow with the picture's area. */
export type Motif = (scene: Scene) => RowPainter;

export function makeScene(spec: ArtSpec): Scene {
  const { width, height } = spec.extent;
  const ramp = new Ramp(spec.palette);
  const unit = Math.max(Math.min(width, height), Math.max(width, height) / 8);
  return {
    width,
    height,
    unit,
    spanX: width / unit,
    spanY: height / unit,
    random: new Random(spec.seed),
    ramp,
    skyRamp: spec.sky ? new Ramp(spec.sky) : ramp,
    accent: hexToLinear(spec.accent),
    spec,
  };
}
