import * as zlib from 'node:zlib';
import { ImageError } from '../core/errors';
import type { Zlib } from '../core/ports';
import { crc32Table } from './crc32Table';

/** Output buffers are at most this large a piece: one for every picture up to 16 megapixels, a few for larger ones. */
const MAX_CHUNK = 64 * 1024 * 1024;
const MIN_CHUNK = 1024;

/** Memory for deflate's hash table (1–9): 9 is faster on pictures than zlib's 8. */
const MEM_LEVEL = 9;

/** Native where Node has it (22.2 and later). */
const crc32 = typeof zlib.crc32 === 'function' ? zlib.crc32 : crc32Table;

/** zlib by Node's thread pool. */
export const nodeZlib: Zlib = {
  inflate(bytes, maxOutput) {
    const chunkSize = Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, maxOutput));
    return new Promise((resolve, reject) => {
      zlib.inflate(bytes, { chunkSize, maxOutputLength: Math.max(1, maxOutput) }, (error, output) => {
        if (error) reject(inflateError(error, maxOutput));
        else resolve(output);
      });
    });
  },

  deflate(bytes, level) {
    const chunkSize = Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, bytes.length >> 1));
    return new Promise((resolve, reject) => {
      zlib.deflate(bytes, { level, memLevel: MEM_LEVEL, chunkSize }, (error, output) => {
        if (error) reject(new ImageError('cannot-save', 'The picture could not be compressed.', { cause: error }));
        else resolve(output);
      });
    });
  },

  crc32: (bytes, seed = 0) => crc32(bytes, seed),
};

function inflateError(error: NodeJS.ErrnoException, maxOutput: number): ImageError {
  return error.code === 'ERR_BUFFER_TOO_LARGE'
    ? new ImageError('too-large', `More than ${maxOutput} bytes come out of the compressed data.`, { cause: error })
    : new ImageError('broken-image', 'The compressed data is damaged.', { cause: error });
}
