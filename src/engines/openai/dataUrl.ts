import type { EncodedImage } from '../../core/image';

/** A multiple of 3, so that only the last part is padded, and few enough for arguments. */
const ENCODED_AT_ONCE = 3 * 8192;

/** A picture as a `data:` address. */
export function dataUrl({ bytes, format }: EncodedImage): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += ENCODED_AT_ONCE) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + ENCODED_AT_ONCE))));
  return `data:image/${format};base64,${parts.join('')}`;
}
