import { ImageError } from '../core/errors';
import type { Pixels } from '../core/pixels';
import type { WorkerPort } from '../core/ports';
import { TileWorkers } from './tileWorkers';
import { WorkerLink } from './workerLink';

/** The pixel worker seen from the other side. */
export interface PixelClient extends Pixels {
  /** Ends the workers; what is pending rejects with `cancelled`. */
  dispose(): void;
}

/**
 * Makes a client that starts its worker on first use, keeps it warm, and lets it go when idle. A second one is started, and let go, in the same way for a tile that comes while the first is at another,
 * if its window has at least `sharedFrom` pixels.
 */
export function createPixelClient(spawn: () => WorkerPort, sharedFrom = Infinity): PixelClient {
  const link = new WorkerLink(spawn);
  const second = new WorkerLink(spawn);
  const tiles = new TileWorkers(link, second, sharedFrom);
  return {
    pictureHash: (bytes, signal) => link.call('pictureHash', [bytes], signal),
    inspect: (bytes, signal) => link.call('inspect', [bytes], signal),
    beginAnswer: (streams, signal) => link.call('beginAnswer', [streams], signal),
    readOn: (reading, piece, isGiven, signal) => link.call('readOn', [reading, piece], signal, {}, isGiven ? [piece.buffer as ArrayBuffer] : []),
    endAnswer: (reading, signal) => link.call('endAnswer', [reading], signal),
    readAnswer: (body, signal) => link.call('readAnswer', [body], signal, {}, [body.buffer as ArrayBuffer]),
    open: (bytes, signal) => link.call('open', [bytes], signal),
    close: (...held) => link.close(held),
    encode: (picture, options, signal) => link.call('encode', [picture, options], signal),
    resize: (picture, extent, signal) => link.call('resize', [picture, extent], signal),
    cover: (picture, extent, signal, focus) => link.call('cover', [picture, extent, focus], signal),
    canvas: (picture, extent, at, region, signal) => link.call('canvas', [picture, extent, at, region], signal),
    copy: (canvas, signal) => link.call('copy', [canvas], signal),
    renew: (canvas, signal) => link.call('renew', [canvas], signal),
    pendingParts: (canvas) => link.call('pendingParts', [canvas]),
    drawAnything: (canvas, windows) => link.call('drawAnything', [canvas, windows]),
    tileInput: (canvas, tile, drawsClear, signal) => tiles.tileInput(canvas, tile, drawsClear, signal),
    placeTile: (canvas, tile, answer, mode, signal) => tiles.placeTile(canvas, tile, answer, mode, signal),
    fill: (canvas, seed, signal, onShare) => link.call('fill', [canvas, seed], signal, { onShare }),
    finish: (canvas, recipe, signal, onStep) => link.call('finish', [canvas, recipe], signal, { onStep }),
    art: (spec, signal) => link.call('art', [spec], signal),
    darken: (picture, signal) => link.call('darken', [picture], signal),
    retouch: (picture, seed, strength, signal) => link.call('retouch', [picture, seed, strength], signal),
    isOpaque: (bytes, signal) => link.call('isOpaque', [bytes], signal),
    cutOut: (picture, enclosed, signal) => link.call('cutOut', [picture, enclosed], signal),
    icons: (picture, signal) => link.call('icons', [picture], signal),
    dispose() {
      const error = new ImageError('cancelled', 'Easel was shut down.');
      link.end(error);
      second.end(error);
    },
  };
}

