import { codeOf } from '../../core/errorCode';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** A key shorter than this is a local server's dummy: taking it out would garble ordinary words. */
const SHORTEST_SECRET = 8;
const MAX_CAUSES = 4;

/** Makes the function that takes one key out of texts, however it is written there, and whatever else looks like a key. */
export function makeRedact(key: string): Redact {
  const forms = key.length < SHORTEST_SECRET ? [] : [key, encodeURIComponent(key), toBase64(key), JSON.stringify(key).slice(1, -1)];
  return (text) =>
    forms
      .reduce((rest, form) => rest.replaceAll(form, '[key]'), text)
      .replace(/\bBearer\s+[\w.~+/=*-]+/gi, 'Bearer [key]')
      .replace(/\bsk-[\w*-]{4,}/g, '[key]');
}

/**
 * A copy of an error that is safe to keep and to show: name, redacted message, code and causes, and nothing else. What the `openai` package and `fetch` throw
 * can hold headers and request bodies.
 */
export function safeCause(error: unknown, redact: Redact, depth = 0): Error | undefined {
  if (error === undefined || error === null || depth === MAX_CAUSES) return undefined;
  if (!(error instanceof Error)) return new Error(redact(typeof error === 'string' ? error : 'Unknown failure'));
  const cause = safeCause(error.cause, redact, depth + 1);
  const copy = new Error(redact(error.message), cause ? { cause } : undefined);
  copy.name = redact(error.name);
  const code = codeOf(error);
  return code === undefined ? copy : Object.assign(copy, { code: redact(code) });
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
