import decode, { init } from '@jsquash/webp/decode.js';
import { area } from '../../core/geometry';
import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { concat } from '../png/chunks';
import { paste } from '../transform/crop';
import { bitstreamExtent, firstFrame, webpChunks } from './headers/webp';
import type { WebpFrame } from './headers/webp';

// libwebp as WebAssembly. Load this module by import() on first use.

/** VP8X's bit for alpha. */
const ALPHA_FLAG = 0x10;

let compiled: WebAssembly.Module | undefined;

/**
 * Decodes a WebP, of an animation the first frame, as it is stored, orientation not applied. `extent` is what its header says; `loadWasm` gives the bytes of `webp_dec.wasm`, once.
 * Each picture gets a new instance: WebAssembly memory grows with the largest picture and never shrinks.
 */
export async function decodeWebp(bytes: Uint8Array, extent: Extent, loadWasm: () => Promise<Uint8Array>): Promise<PixelImage> {
  compiled ??= await WebAssembly.compile((await loadWasm()) as Uint8Array<ArrayBuffer>);
  await init(compiled as Parameters<typeof init>[0]);
  const { animated, x, y, ...frame } = firstFrame(webpChunks(bytes));
  const { width, height, data } = await decode(animated ? stillFile(frame) : bytes.slice().buffer);
  if (!animated) return { width, height, data };
  const canvas = { width: extent.width, height: extent.height, data: new Uint8ClampedArray(area(extent) * 4) };
  paste(canvas, { width, height, data }, { x, y });
  return canvas;
}

/** A frame as a file of its own: libwebp's plain decoder reads no animations. */
function stillFile({ picture, alpha }: Pick<WebpFrame, 'picture' | 'alpha'>): ArrayBuffer {
  const chunks = [...(alpha ? [chunk('VP8X', canvasData(bitstreamExtent(picture))), chunk(alpha.type, alpha.data)] : []), chunk(picture.type, picture.data)];
  const content = concat([ascii('WEBP'), ...chunks]);
  return concat([chunk('RIFF', content)]).buffer as ArrayBuffer;
}

/** VP8X for a picture with alpha: flags, then both sides less one in 24 bits. */
function canvasData(extent: Extent): Uint8Array {
  const data = new Uint8Array(10);
  const view = new DataView(data.buffer);
  view.setUint32(0, ALPHA_FLAG, true);
  view.setUint32(4, extent.width - 1, true);
  view.setUint16(7, (extent.height - 1) & 0xffff, true);
  return data;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length, true);
  return concat([ascii(type), length, data, new Uint8Array(data.length & 1)]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
