import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadWasm } from '../../src/pixels/codec/wasm';
import { ROOT } from './vscode/root';

/** The modules from the packages that they come with: the build copies them beside the program. */
export const loadWasm: LoadWasm = async (name) => new Uint8Array(await readFile(wasmFile(name)));

/** Where a module stands in its package. */
export function wasmFile(name: Parameters<LoadWasm>[0]): string {
  const owner = name.startsWith('mozjpeg') ? 'jpeg' : name.slice(0, name.indexOf('_'));
  return path.join(ROOT, 'node_modules/@jsquash', owner, 'codec', name.includes('_dec') ? 'dec' : 'enc', `${name}.wasm`);
}
