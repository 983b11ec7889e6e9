import type { OutpaintPlan } from '../../src/core/outpaint';
import { inProcessPixels } from '../support/inProcessPixels';

/** What answers a request: the number of the tile and the PNG that was sent. */
export type Model = (index: number, sent: Uint8Array) => Promise<Uint8Array>;

/** A widening as the extension does it, tile by tile; resolves to the bytes of the PNG. */
export async function widenByEasel(source: Uint8Array, plan: OutpaintPlan, model: Model): Promise<number> {
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
}
