import decoderFactory from '@jsquash/avif/codec/dec/avif_dec.js';
import encoderFactory from '@jsquash/avif/codec/enc/avif_enc.js';
import { defaultOptions } from '@jsquash/avif/meta.js';
import { area } from '../../core/geometry';
import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { decoded, encoded, withCodec } from './wasm';
import type { LoadWasm, WasmCodec } from './wasm';

// libavif with libaom as WebAssembly. Load this module by import() on first use.

interface Decoder {
  decode(bytes: Uint8Array, bitDepth: 8): PixelImage | null;
}

interface Encoder {
  encode(rgba: Uint8Array, width: number, height: number, options: object): Uint8Array | null;
}

const DECODER: WasmCodec<Decoder> = { name: 'avif_dec', factory: decoderFactory, bytesPerPixel: 80 };
const ENCODER: WasmCodec<Encoder> = { name: 'avif_enc', factory: encoderFactory, bytesPerPixel: 80 };

/** libaom's effort, 0 (slowest) to 10: 8 takes 0.8 s a megapixel, 9 a quarter of it for 3 % more bytes. */
const SPEED = { careful: 8, fast: 9 };
const CAREFUL_PIXELS = 4 * 1024 * 1024;

/** libavif's numbers for 4:2:0 and 4:4:4. */
const HALVED = 1;
const FULL = 3;
/** From here on chroma keeps its resolution, as JPEG's does. */
const FULL_CHROMA_QUALITY = 90;

/** Decodes an AVIF as it is stored, turns and mirrors not applied; of a sequence the first picture. `extent` is what its header says. Throws whatever the codec throws. */
export function decodeAvif(bytes: Uint8Array, extent: Extent, loadWasm: LoadWasm): Promise<PixelImage> {
  return withCodec(DECODER, extent, loadWasm, (codec) => decoded(codec.decode(bytes, 8)));
}

/** Encodes as AVIF of `quality` 1–100, alpha without loss of its own. */
export function encodeAvif(image: PixelImage, quality: number, loadWasm: LoadWasm): Promise<Uint8Array> {
  const { width, height, data } = image;
  const options = {
    ...defaultOptions,
    quality,
    speed: area(image) <= CAREFUL_PIXELS ? SPEED.careful : SPEED.fast,
    subsample: quality < FULL_CHROMA_QUALITY ? HALVED : FULL,
  };
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return withCodec(ENCODER, image, loadWasm, (codec) => encoded(codec.encode(rgba, width, height, options)));
}
