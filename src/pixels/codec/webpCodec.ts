import decode, { init } from '@jsquash/webp/decode.js';
import type { PixelImage } from '../../core/image';

// libwebp as WebAssembly. Load this module by import() on first use.

let compiled: WebAssembly.Module | undefined;

/**
 * Decodes a still WebP as it is stored, orientation not applied. `loadWasm` gives the bytes of `webp_dec.wasm`, once.
 * Each picture gets a new instance: WebAssembly memory grows with the largest picture and never shrinks.
 */
export async function decodeWebp(bytes: Uint8Array, loadWasm: () => Promise<Uint8Array>): Promise<PixelImage> {
  compiled ??= await WebAssembly.compile((await loadWasm()) as Uint8Array<ArrayBuffer>);
  await init(compiled as Parameters<typeof init>[0]);
  const { width, height, data } = await decode(bytes.slice().buffer);
  return { width, height, data };
}
