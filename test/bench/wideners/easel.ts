import { inProcessPixels } from '../../support/inProcessPixels';
import type { Widen } from './widener';

/** A widening as the extension does it, tile by tile. */
export const widen: Widen = async (source, plan, model) => {
  const pixels = inProcessPixels();
  const opened = await pixels.open(source);
  const canvas = await pixels.canvas(opened, plan.canvas, plan.at);
  for (const [index, tile] of plan.tiles.entries()) {
    const { image } = await pixels.tileInput(canvas, tile, false);
    const { fits } = await pixels.placeTile(canvas, tile, await model(index, image), 'exact');
    if (!fits) throw new Error('An answer did not fit.');
  }
  const { png, report } = await pixels.finish(canvas, undefined);
  if (report.changed > 0) throw new Error(`${report.changed} kept pixels changed.`);
  pixels.dispose();
  return png.length;
};
