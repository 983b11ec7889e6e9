const INVALID = 255;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIX_BITS = new Uint8Array(256).fill(INVALID);
for (let value = 0; value < 64; value++) SIX_BITS[ALPHABET.charCodeAt(value)] = value;

/**
 * Decodes base64 (RFC 4648 §4; padding may be missing, as some servers leave it out). Undefined where the text is anything else, so that a damaged picture is
 * noticed here. Its own code since `atob` goes through a string of the same size and `Buffer` is Node's alone.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  const rest = end % 4;
  if (rest === 1 || (end < text.length && text.length % 4 !== 0)) return undefined;
  // What is not ASCII takes more bytes, none of which is in the alphabet.
  const codes = new TextEncoder().encode(text);
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  const sixBits = (at: number): number => SIX_BITS[codes[at] as number] as number;
  let to = 0;
  let seen = 0;
  for (let from = 0; from + 4 <= end; from += 4) {
    const a = SIX_BITS[codes[from] as number] as number;
    const b = SIX_BITS[codes[from + 1] as number] as number;
    const c = SIX_BITS[codes[from + 2] as number] as number;
    const d = SIX_BITS[codes[from + 3] as number] as number;
    seen |= a | b | c | d;
    bytes[to] = (a << 2) | (b >> 4);
    bytes[to + 1] = (b << 4) | (c >> 2);
    bytes[to + 2] = (c << 6) | d;
    to += 3;
  }
  if (rest > 0) {
    const a = sixBits(end - rest);
    const b = sixBits(end - rest + 1);
    const c = rest === 3 ? sixBits(end - 1) : 0;
    seen |= a | b | c;
    bytes[to] = (a << 2) | (b >> 4);
    if (rest === 3) bytes[to + 1] = (b << 4) | (c >> 2);
  }
  // Only `INVALID` has bits above the sixth.
  return seen > 63 || codes.length !== text.length ? undefined : bytes;
}
