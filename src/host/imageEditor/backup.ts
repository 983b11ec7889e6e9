import * as v from 'valibot';
import { ImageError } from '../../core/errors';
import type { MaskStep } from '../../core/strokes';
import { MASK_STEP } from '../../protocol/imageEditor';
import type { EditorContent, PaintedStep } from './editorDocument';

const HEADER = v.object({
  version: v.literal(1),
  /** SHA-256 of the file that was edited. */
  file: v.string(),
  /** Of the mask. */
  extent: v.object({ width: v.number(), height: v.number() }),
  steps: v.array(v.object({ id: v.string(), step: MASK_STEP })),
  badge: v.string(),
  /** Whether the picture follows; else it is the file's own. */
  hasPicture: v.boolean(),
});

/** Unsaved work as a backup holds it. */
export interface Backup {
  readonly file: string;
  readonly extent: { readonly width: number; readonly height: number };
  readonly steps: readonly PaintedStep[];
  readonly badge: string;
  /** A PNG; undefined where only the mask was changed. */
  readonly picture: Uint8Array | undefined;
}

const LENGTH_BYTES = 4;

/** The unsaved work as one file: the length of a JSON header (32 bits, little-endian), the header, the picture. */
export function formatBackup({ picture, steps, badge }: EditorContent, file: string, hasPicture: boolean): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({ version: 1, file, extent: picture.extent, steps: steps.map(({ id, step }): { id: string; step: MaskStep } => ({ id, step })), badge, hasPicture }),
  );
  const bytes = new Uint8Array(LENGTH_BYTES + header.length + (hasPicture ? picture.bytes.length : 0));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, LENGTH_BYTES);
  if (hasPicture) bytes.set(picture.bytes, LENGTH_BYTES + header.length);
  return bytes;
}

/** Reads what `formatBackup` wrote. Throws `broken-image` for anything else. */
export function parseBackup(bytes: Uint8Array): Backup {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const end = LENGTH_BYTES + length;
    const { hasPicture, ...header } = v.parse(HEADER, JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, end))));
    return { ...header, picture: hasPicture ? bytes.subarray(end) : undefined };
  } catch (cause) {
    throw new ImageError('broken-image', 'The unsaved work could not be read.', { cause });
  }
}
