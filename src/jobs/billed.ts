import { CATALOGUE_PIXELS, type PricedCall } from '../core/cost';
import type { Drawing } from '../core/engine';
import { area } from '../core/geometry';
import type { ModelSpec, Quality } from '../core/models';

/** Whether the server counts more pictures than it sent, so that asking for the rest would pay twice. A count that can't be judged is taken for such. */
export function mayHaveBilledMore({ images, usage }: Drawing, { extent }: PricedCall, model: ModelSpec, quality: Quality | undefined): boolean {
  if (usage?.imageOutput === undefined) return false;
  const each = quality === undefined ? undefined : model.outputTokens?.[quality];
  return each === undefined || usage.imageOutput > (images.length + 0.5) * each * (area(extent) / CATALOGUE_PIXELS);
}
