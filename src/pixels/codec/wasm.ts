import { ImageError } from '../../core/errors';
import { area } from '../../core/geometry';
import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';

/** The WebAssembly modules that are shipped beside the program, by their files' names without ending. */
export type WasmName = 'webp_dec' | 'webp_enc_simd' | 'mozjpeg_dec' | 'mozjpeg_enc' | 'avif_dec' | 'avif_enc';

/** The bytes of a module. */
export type LoadWasm = (name: WasmName) => Promise<Uint8Array>;

/** What Emscripten makes of a codec: a function that answers a new instance. */
type Factory<Codec> = (options: object) => Promise<Codec>;

/** A codec of the Squoosh family and what it takes. */
export interface WasmCodec<Codec> {
  readonly name: WasmName;
  readonly factory: Factory<Codec>;
  /** The most memory that it takes for one pixel, in bytes, measured and rounded up. */
  readonly bytesPerPixel: number;
}

/** What a codec takes beside the pixels: its own tables, and the file's bytes. */
const BASE_BYTES = 48 * 1024 * 1024;
/** 32-bit WebAssembly as these codecs are built. */
const CEILING_BYTES = 2 ** 31;
const PAGE_BYTES = 65_536;

const compiled = new Map<WasmName, Promise<WebAssembly.Module>>();

/**
 * Runs `work` with an instance of its own for a picture of `extent`: WebAssembly memory grows with the largest picture and never shrinks, so that it is
 * left to the collector. The memory is bounded by the picture's size, so that a file whose content is larger than its header says costs no more than that.
 * Rejects with `too-large` where even the ceiling does not do; what the codec itself throws comes as it is.
 */
export async function withCodec<Codec, Result>(codec: WasmCodec<Codec>, extent: Extent, loadWasm: LoadWasm, work: (codec: Codec) => Result): Promise<Result> {
  const module = await compile(codec.name, loadWasm);
  const wanted = BASE_BYTES + area(extent) * codec.bytesPerPixel;
  const limit = Math.min(CEILING_BYTES, wanted);
  let refused = false;
  const instance = await codec.factory({
    noInitialRun: true,
    // The codecs tell standard output what is wrong with a file; nobody reads it there.
    print: () => undefined,
    printErr: () => undefined,
    // Without it some derive the module's address from that of a script, which a bundle has not.
    locateFile: (file: string) => file,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const created = new WebAssembly.Instance(module, imports);
      boundMemory(created, limit, () => (refused = true));
      done(created);
      return created.exports;
    },
  });
  try {
    return work(instance);
  } catch (error) {
    if (refused && limit === CEILING_BYTES) throw new ImageError('too-large', 'The picture needs more memory than this format has here.', { cause: error });
    throw error;
  }
}

/** What a decoder answered as a plain picture; it answers null for a file that it gives up. */
export function decoded(image: PixelImage | null): PixelImage {
  if (!image) throw new Error('The codec gave the file up.');
  const { width, height, data } = image;
  return { width, height, data };
}

/** What an encoder answered; it answers null where it fails. */
export function encoded(bytes: Uint8Array | null): Uint8Array {
  if (!bytes) throw new ImageError('cannot-save', 'The picture could not be encoded.');
  return bytes;
}

function compile(name: WasmName, loadWasm: LoadWasm): Promise<WebAssembly.Module> {
  let module = compiled.get(name);
  if (!module) {
    module = loadWasm(name).then((bytes) => WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>));
    module.catch(() => compiled.delete(name));
    compiled.set(name, module);
  }
  return module;
}

/** Makes the memory refuse to grow above the limit, which a codec meets as an allocation that failed. */
function boundMemory({ exports }: WebAssembly.Instance, limit: number, onRefused: () => void): void {
  const memory = Object.values(exports).find((exported) => exported instanceof WebAssembly.Memory);
  if (!memory) throw new Error('A codec without memory.');
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * PAGE_BYTES <= limit) return grow(pages);
    onRefused();
    throw new RangeError('The codec wants more memory than its picture may take.');
  };
}
