const INVALID = 255;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DECODE = new Uint8Array(128).fill(INVALID);
for (let value = 0; value < 64; value++) DECODE[ALPHABET.charCodeAt(value)] = value;

/**
 * Decodes base64 (RFC 4648 §4; padding may be missing, as some servers leave it out). Undefined where the text is anything else, so that a damaged picture is
 * noticed here. Its own code since `atob` goes through a string of the same size and `Buffer` is Node's alone.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  const rest = end % 4;
  if (rest === 1 || (end < text.length && text.length % 4 !== 0)) return undefined;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  const sixBits = (at: number): number => {
    const char = text.charCodeAt(at);
    return char < 128 ? (DECODE[char] as number) : INVALID;
  };
  let to = 0;
  let bad = 0;
  for (let from = 0; from + 4 <= end; from += 4) {
    const a = sixBits(from);
    const b = sixBits(from + 1);
    const c = sixBits(from + 2);
    const d = sixBits(from + 3);
    bad |= a | b | c | d;
    bytes[to++] = (a << 2) | (b >> 4);
    bytes[to++] = (b << 4) | (c >> 2);
    bytes[to++] = (c << 6) | d;
  }
  if (rest > 0) {
    const a = sixBits(end - rest);
    const b = sixBits(end - rest + 1);
    const c = rest === 3 ? sixBits(end - 1) : 0;
    bad |= a | b | c;
    bytes[to++] = (a << 2) | (b >> 4);
    if (rest === 3) bytes[to] = (b << 4) | (c >> 2);
  }
  // Only `INVALID` has bits above the sixth.
  return bad > 63 ? undefined : bytes;
}
