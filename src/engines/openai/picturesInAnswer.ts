import { parseAnswer } from './answer';
import { decodeBase64 } from './base64';

/** The pictures in the body of an answer that a window received and did not live to take apart. None where the body is not whole; those that are only addresses are left out. */
export function picturesInAnswer(body: Uint8Array): Uint8Array[] {
  try {
    const { pictures } = parseAnswer(new TextDecoder().decode(body), new Headers());
    return pictures.flatMap((entry) => {
      const bytes = decodeBase64('base64' in entry ? entry.base64 : inDataUrl(entry.url));
      return bytes && bytes.length > 0 ? [bytes] : [];
    });
  } catch {
    return [];
  }
}

function inDataUrl(url: string): string {
  return /^data:[^,]*;base64,/i.test(url) ? url.slice(url.indexOf(',') + 1) : '';
}
