import type { Deformation } from './deform';
import type { Similarity } from './similarity';
import type { Curve } from './tone';

/** How an answer is laid: where its points are found and how its levels are changed. */
export interface Fit {
  readonly at: Similarity;
  readonly deformation: Deformation;
  /** For red, green and blue. */
  readonly curves: readonly [Curve, Curve, Curve];
  /** What the levels are multiplied by after that, at each node of the deformation; bilinear between them. */
  readonly gains: Float32Array;
}
