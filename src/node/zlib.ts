import { finished } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { codeOf } from '../core/errorCode';
import { ImageError } from '../core/errors';
import type { Effort, Zlib } from '../core/ports';
import { crc32Table } from './crc32Table';

/** Output of one go is at most this large a piece. */
const MAX_CHUNK = 1024 * 1024;
const MIN_CHUNK = 1024;
/** What is deflated comes in pieces of this size. */
const PIECE = 256 * 1024;
/** What is inflated is handed on in pieces of this size, and taken in such of at least this size: each change of threads costs as much as inflating some kilobytes, and many PNGs come in 8 kB chunks. */
const INFLATED_PIECE = 1024 * 1024;

/** Memory for deflate's hash table (1–9): 9 is faster on pictures than zlib's 8. */
const MEM_LEVEL = 9;

/**
 * What zlib does with filtered rows. On photographs level 4 takes half of 6's time for 3 % more bytes, and leaving out matches of five bytes and fewer takes 1–3 % off again; half of the
 * window is a tenth faster and costs nothing there, 1 % on screenshots. Runs alone take half of the time and make photographs 4–9 % larger.
 */
const EFFORTS: Readonly<Record<Effort, zlib.ZlibOptions>> = {
  compact: { level: 4, strategy: zlib.constants.Z_FILTERED, windowBits: 14 },
  quick: { level: 1, strategy: zlib.constants.Z_RLE },
};

/** Native where Node has it (22.2 and later). */
const crc32 = typeof zlib.crc32 === 'function' ? zlib.crc32 : crc32Table;

/** zlib by Node's thread pool. */
export const nodeZlib: Zlib = {
  inflate(bytes, maxOutput) {
    return new Promise((resolve, reject) => {
      zlib.inflate(bytes, { chunkSize: chunkSizeFor(maxOutput), maxOutputLength: Math.max(1, maxOutput) }, (error, output) => {
        if (error) reject(inflateError(error, maxOutput));
        else resolve(output);
      });
    });
  },

  deflate(bytes, level) {
    return new Promise((resolve, reject) => {
      zlib.deflate(bytes, { level, memLevel: MEM_LEVEL, chunkSize: chunkSizeFor(bytes.length >> 1) }, (error, output) => {
        if (error) reject(deflateError(error));
        else resolve(output);
      });
    });
  },

  inflatePieces(parts, maxOutput, onPiece) {
    return new Promise((resolve, reject) => {
      const stream = zlib.createInflate({ chunkSize: Math.max(MIN_CHUNK, Math.min(INFLATED_PIECE, maxOutput)) });
      let length = 0;
      stream.on('data', (piece: Uint8Array) => {
        length += piece.length;
        if (length > maxOutput) return void stream.destroy(tooMuch(maxOutput));
        // Not at once: the stream asks for its next piece behind this listener, and that one is then made meanwhile.
        queueMicrotask(() => {
          if (stream.destroyed && stream.errored) return;
          try {
            onPiece(piece);
          } catch (error) {
            stream.destroy(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
      stream.on('error', (error) => reject(error instanceof ImageError ? error : inflateError(error, maxOutput)));
      // Behind the microtask of the last piece.
      stream.on('end', () => queueMicrotask(() => resolve()));
      for (const part of joined(parts, INFLATED_PIECE)) stream.write(part);
      stream.end();
    });
  },

  async deflatePieces(pieces, effort) {
    const stream = zlib.createDeflate({ ...EFFORTS[effort], memLevel: MEM_LEVEL, chunkSize: PIECE });
    const output: Uint8Array[] = [];
    stream.on('data', (piece: Uint8Array) => output.push(piece));
    const ended = finished(stream).catch((error: Error) => {
      throw deflateError(error);
    });
    try {
      // One piece is compressed while the next one is made, and no more wait in line.
      let last = Promise.resolve();
      for (const piece of pieces) {
        await last;
        last = new Promise((resolve) => stream.write(piece, () => resolve()));
      }
    } catch (error) {
      ended.catch(() => undefined);
      stream.destroy();
      throw error;
    }
    stream.end();
    await ended;
    return output;
  },

  crc32: (bytes, seed = 0) => crc32(bytes, seed),
};

/** The same bytes in fewer parts: small ones are put together until there are `least` bytes. */
function* joined(parts: readonly Uint8Array[], least: number): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < least) continue;
    yield waiting.length === 1 ? part : Buffer.concat(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting);
}

function chunkSizeFor(length: number): number {
  return Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, length));
}

function inflateError(error: Error, maxOutput: number): ImageError {
  return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooMuch(maxOutput, error) : new ImageError('broken-image', 'The compressed data is damaged.', { cause: error });
}

function tooMuch(maxOutput: number, cause?: Error): ImageError {
  return new ImageError('too-large', `More than ${maxOutput} bytes come out of the compressed data.`, { cause });
}

function deflateError(error: Error): ImageError {
  return new ImageError('cannot-save', 'The picture could not be compressed.', { cause: error });
}
