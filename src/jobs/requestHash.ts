import { sha256 } from '../core/hash';

/** One hash of all that an answer depends on, by which the same request is known again: SHA-256 in hex. */
export async function hashOf(parts: readonly (string | Uint8Array)[]): Promise<string> {
  const hashes = await Promise.all(parts.map(async (part) => (typeof part === 'string' ? `"${part}"` : sha256(part))));
  return sha256(new TextEncoder().encode(hashes.join('\n')));
}
