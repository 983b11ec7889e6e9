import decoderFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import encoderFactory from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import { area } from '../../core/geometry';
import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { paste } from '../transform/crop';
import { bitstreamExtent, firstFrame, webpChunks } from './headers/webp';
import type { WebpFrame } from './headers/webp';
import { WEBP_FLAG, writeCanvas, writeRiffChunk, writeWebp } from './riff';
import { decoded, encoded, withCodec } from './wasm';
import type { LoadWasm, WasmCodec } from './wasm';

// libwebp as WebAssembly. Load this module by import() on first use.

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
  const before = alpha ? [writeCanvas(bitstreamExtent(picture), WEBP_FLAG.alpha), writeRiffChunk(alpha.type, alpha.data)] : [];
  return writeWebp([...before, writeRiffChunk(picture.type, picture.data)]);
}
