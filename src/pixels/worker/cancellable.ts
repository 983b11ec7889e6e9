import { throwIfCancelled } from '../../core/errors';
import type { Zlib } from '../../core/ports';

/** Compression that stops between two pieces once the signal is aborted: large pictures are read and written for seconds. */
export function cancellableZlib(zlib: Zlib, signal: AbortSignal): Zlib {
  return {
    ...zlib,
    inflatePieces: (parts, maxOutput, onPiece) =>
      zlib.inflatePieces(parts, maxOutput, (piece) => {
        throwIfCancelled(signal);
        onPiece(piece);
      }),
    deflatePieces: (pieces, effort) => zlib.deflatePieces(untilAborted(pieces, signal), effort),
  };
}

function* untilAborted(pieces: Iterable<Uint8Array>, signal: AbortSignal): Generator<Uint8Array> {
  for (const piece of pieces) {
    throwIfCancelled(signal);
    yield piece;
  }
}
