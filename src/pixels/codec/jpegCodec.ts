import decoderFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import encoderFactory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultOptions } from '@jsquash/jpeg/meta.js';
import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { onWhite } from '../transform/onWhite';
import { decoded, withCodec } from './wasm';
import type { LoadWasm, WasmCodec } from './wasm';

// MozJPEG as WebAssembly. Load this module by import() on first use.

interface Decoder {
  /** `turn` applies the EXIF orientation. */
  decode(bytes: Uint8Array, turn: boolean): PixelImage | null;
}

interface Encoder {
  encode(rgba: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array;
}

/** RGBA twice, and a progressive file's coefficients in 16 bits. */
const DECODER: WasmCodec<Decoder> = { name: 'mozjpeg_dec', factory: decoderFactory, bytesPerPixel: 14 };
const ENCODER: WasmCodec<Encoder> = { name: 'mozjpeg_enc', factory: encoderFactory, bytesPerPixel: 40 };

/** Decodes a JPEG of grey or colour as it is stored, orientation not applied; CMYK it does not read. `extent` is what its header says. Throws whatever the codec throws. */
export function decodeJpeg(bytes: Uint8Array, extent: Extent, loadWasm: LoadWasm): Promise<PixelImage> {
  return withCodec(DECODER, extent, loadWasm, (codec) => decoded(codec.decode(bytes, false)));
}

/**
 * Encodes as JPEG of `quality` 1–100, transparency laid on white. Chroma is halved below 90, as `cjpeg` does it. One scan: several take twice the time
 * for 1–2 % fewer bytes.
 */
export function encodeJpeg(image: PixelImage, quality: number, loadWasm: LoadWasm): Promise<Uint8Array> {
  const { data, width, height } = onWhite(image);
  return withCodec(ENCODER, image, loadWasm, (codec) => codec.encode(data, width, height, { ...defaultOptions, progressive: false, quality }));
}
