import type { AnswerEntry } from './pixels';

/** An SVG in any of its beginnings. */
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i;
const HEAD_BYTES = 4096;

/** A file that came where a picture was asked for and can't be used as one: its bytes are kept, since they may have been paid for. */
export function unusable(bytes: Uint8Array, error: unknown): Exclude<AnswerEntry, { url: string }> {
  // Kept as plain text: an SVG can hold scripts and addresses, which nothing must run or load.
  if (SVG.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, HEAD_BYTES)))) return { bytes, damage: 'The server sent an SVG, which Easel does not open: ask for PNG.', extension: 'svg.txt' };
  return { bytes, damage: `The server sent a file that can't be used as a picture: ${error instanceof Error ? error.message : 'unreadable'}`, extension: 'bin' };
}
