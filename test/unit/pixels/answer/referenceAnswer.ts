/** What an answer says as `JSON.parse` and `Buffer` read it at its end: what the reader that works on the way is held against. Undefined where it is to be refused. */
export function referenceAnswer(body: Uint8Array): readonly ReferenceEntry[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const { data, error, type } = json;
  const entries = (Array.isArray(data) ? data.filter(isRecord) : [json]).flatMap(entryOf);
  return entries.length > 0 || (error !== undefined && error !== null) || typeof type === 'string' ? entries : undefined;
}

/** `base64` undefined where what came is none. */
export type ReferenceEntry = { readonly url: string } | { readonly base64: string | undefined };

function entryOf(item: Readonly<Record<string, unknown>>): ReferenceEntry[] {
  const inline = item['b64_json'] ?? item['base64'];
  if (typeof inline === 'string' && inline !== '') return [base64Of(inline)];
  const url = item['url'];
  if (typeof url !== 'string' || url === '') return [];
  return url.startsWith('data:') ? [base64Of(url)] : [{ url }];
}

function base64Of(text: string): ReferenceEntry {
  if (!text.startsWith('data:')) return { base64: checked(text) };
  const [, base64] = /^data:[^,]*;base64,([^]*)$/i.exec(text) ?? [];
  return { base64: checked(base64) };
}

function checked(text: string | undefined): string | undefined {
  const sound = text !== undefined && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1 && (!text.endsWith('=') || text.length % 4 === 0);
  return sound ? Buffer.from(text, 'base64').toString('base64') : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
