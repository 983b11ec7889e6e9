import type { EditCall, GenerateCall } from '../../src/core/engine';
import type { EncodedImage, PixelImage } from '../../src/core/image';
import { decodeImage } from '../../src/pixels/codec/decode';
import { encodePng } from '../../src/pixels/png/encode';
import { nodeZlib } from '../../src/node/zlib';
import { redraw, type RedrawKind } from './redraw';
import { loadWasm } from './wasm';

const services = { zlib: nodeZlib, loadWasm };

/** A model that draws everything anew that it is sent, as the real ones do when they edit. */
export function redrawnAs(kind: RedrawKind, seed: number): (call: GenerateCall | EditCall) => Promise<EncodedImage[]> {
  return async (call) => {
    const [first] = 'images' in call ? call.images : [];
    if (!first) throw new Error('The call sends no picture to redraw');
    const { image } = await decodeImage(first.bytes, services);
    return copies(redraw(image, kind, seed), call.count);
  };
}

export const redrawn = redrawnAs('brief', 5);

/** Another picture altogether: noise of the size that was asked for. */
export async function strange({ extent, count }: GenerateCall | EditCall): Promise<EncodedImage[]> {
  const data = new Uint8ClampedArray(4 * extent.width * extent.height).map((_, at) => (at % 4 === 3 ? 255 : ((at * 2654435761) >>> 13) & 255));
  return copies({ ...extent, data }, count);
}

async function copies(image: PixelImage, count: number): Promise<EncodedImage[]> {
  const bytes = await encodePng(image, nodeZlib, {});
  return Array.from({ length: count }, () => ({ bytes, format: 'png' as const }));
}
