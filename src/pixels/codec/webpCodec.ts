import decoderFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import encoderFactory from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import { area } from '../../core/geometry';
import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { concat } from '../png/chunks';
import { paste } from '../transform/crop';
import { bitstreamExtent, firstFrame, webpChunks } from './headers/webp';
import type { WebpFrame } from './headers/webp';
import { decoded, encoded, withCodec } from './wasm';
import type { LoadWasm, WasmCodec } from './wasm';

// libwebp as WebAssembly. Load this module by import() on first use.

/** VP8X's bit for alpha. */
const ALPHA_FLAG = 0x10;

interface Decoder {
  decode(bytes: Uint8Array): PixelImage | null;
}

interface Encoder {
  encode(rgba: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null;
}

const DECODER: WasmCodec<Decoder> = { name: 'webp_dec', factory: decoderFactory, bytesPerPixel: 16 };
const ENCODER: WasmCodec<Encoder> = { name: 'webp_enc_simd', factory: encoderFactory, bytesPerPixel: 32 };

/** From here on nothing is lost; what WebP calls quality is then its effort. */
const LOSSLESS_QUALITY = 100;
const LOSSLESS_EFFORT = 75;

/** Decodes a WebP, of an animation the first frame, as it is stored, orientation not applied. `extent` is what its header says. Throws whatever the codec throws. */
export async function decodeWebp(bytes: Uint8Array, extent: Extent, loadWasm: LoadWasm): Promise<PixelImage> {
  const { animated, x, y, ...frame } = firstFrame(webpChunks(bytes));
  const image = await withCodec(DECODER, extent, loadWasm, (codec) => decoded(codec.decode(animated ? stillFile(frame) : bytes)));
  if (!animated) return image;
  const canvas = { width: extent.width, height: extent.height, data: new Uint8ClampedArray(area(extent) * 4) };
  paste(canvas, image, { x, y });
  return canvas;
}

/** Encodes as WebP of `quality` 1–100, alpha without loss; 100 keeps every byte, the colour under alpha 0 included. */
export function encodeWebp({ data, width, height }: PixelImage, quality: number, loadWasm: LoadWasm): Promise<Uint8Array> {
  const options = { ...defaultOptions, quality, ...(quality === LOSSLESS_QUALITY ? { lossless: 1, exact: 1, quality: LOSSLESS_EFFORT } : {}) };
  return withCodec(ENCODER, { width, height }, loadWasm, (codec) => encoded(codec.encode(data, width, height, options)));
}

/** A frame as a file of its own: libwebp's plain decoder reads no animations. */
function stillFile({ picture, alpha }: Pick<WebpFrame, 'picture' | 'alpha'>): Uint8Array {
  const chunks = [...(alpha ? [chunk('VP8X', canvasData(bitstreamExtent(picture))), chunk(alpha.type, alpha.data)] : []), chunk(picture.type, picture.data)];
  const content = concat([ascii('WEBP'), ...chunks]);
  return chunk('RIFF', content);
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
