import { boundsOf, contains } from '../../core/geometry';
import type { Bounds, Extent } from '../../core/geometry';
import type { PngChunk } from './chunks';

/** Bytes of fcTL, and of the sequence number with which it and fdAT begin. */
const CONTROL_LENGTH = 26;
const SEQUENCE_LENGTH = 4;

/** A frame of an animation that is not the picture in IDAT. */
export interface PngFrame {
  /** Where its pixels go; around them the picture is clear. */
  readonly bounds: Bounds;
  /** Its fcTL and fdAT chunks. */
  readonly chunks: readonly PngChunk[];
  /** Its packed rows, as IDAT holds them. */
  readonly compressed: readonly Uint8Array[];
}

/**
 * The first frame of an animation whose picture in IDAT is there only for programs that show no animations, having no fcTL of its own (PNG specification, third edition, 11.3.6).
 * VS Code never shows that one, so it is not what somebody edits. Undefined where the picture in IDAT is the first frame, or there is no animation, or a frame that breaks the rules.
 */
export function firstFrame(chunks: readonly PngChunk[], extent: Extent): PngFrame | undefined {
  const pixels = chunks.findIndex(({ type }) => type === 'IDAT');
  const ahead = chunks.slice(0, pixels).map(({ type }) => type);
  if (!ahead.includes('acTL') || ahead.includes('fcTL')) return undefined;
  const behind = chunks.slice(pixels).filter(({ type }) => type === 'fcTL' || type === 'fdAT');
  const [control, ...rest] = behind;
  const next = rest.findIndex(({ type }) => type === 'fcTL');
  const data = next < 0 ? rest : rest.slice(0, next);
  if (control?.type !== 'fcTL' || control.data.length !== CONTROL_LENGTH || data.length === 0) return undefined;
  const view = new DataView(control.data.buffer, control.data.byteOffset, CONTROL_LENGTH);
  const bounds = { width: view.getUint32(4), height: view.getUint32(8), x: view.getUint32(12), y: view.getUint32(16) };
  if (bounds.width === 0 || bounds.height === 0 || !contains(boundsOf(extent), bounds)) return undefined;
  return { bounds, chunks: [control, ...data], compressed: data.map((chunk) => chunk.data.subarray(SEQUENCE_LENGTH)) };
}
