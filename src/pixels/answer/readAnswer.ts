import type { Usage } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { EventReader } from '../../core/eventStream';
import type { Answer, AnswerEntry } from '../../core/pixels';
import { unusable } from '../../core/unusable';
import { inspectImage } from '../codec/inspect';
import { decodeBase64 } from './base64';

/** The largest file of one picture: 3840x2160 in RGBA, uncompressed, is 33 MB. */
const MAX_PICTURE_CHARACTERS = 64 * 1024 * 1024;
const LONGEST_ERROR = 64 * 1024;
const BEGINS_STREAM = /^(event|data|id|retry)?:/;

type Json = Readonly<Record<string, unknown>>;

/** Reads the JSON of an Images API's answer, of one event of its stream, or a whole stream, of which the previews are left out. Throws `bad-answer` where it holds neither pictures nor an error. */
export function readAnswer(body: Uint8Array): Answer {
  return BEGINS_STREAM.test(new TextDecoder().decode(body.subarray(0, 8))) ? readStream(body) : readJson(body);
}

function readStream(body: Uint8Array): Answer {
  const events = new EventReader().push(body).map(readJson).filter(({ type }) => !type?.endsWith('.partial_image'));
  return { entries: events.flatMap(({ entries }) => entries), usage: events.findLast(({ usage }) => usage)?.usage };
}

function readJson(body: Uint8Array): Answer {
  const text = new TextDecoder().decode(body);
  const json = parse(text);
  const type = typeof json['type'] === 'string' ? json['type'] : undefined;
  const items = Array.isArray(json['data']) ? json['data'].filter(isRecord) : [json];
  const entries = items.flatMap(readEntry);
  if (entries.length > 0) return { type, entries, usage: readUsage(json['usage']) };
  if (json['error'] !== undefined && json['error'] !== null) return { type, entries, error: text.slice(0, LONGEST_ERROR) };
  // An event may say something else on the way.
  if (type !== undefined) return { type, entries };
  throw new ImageError('bad-answer', Array.isArray(json['data']) ? 'The server answered without a picture.' : 'The server answered with JSON that holds no pictures.');
}

function parse(text: string): Json {
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch {
    // The parser's own message quotes the body, which may be anything.
  }
  throw new ImageError('bad-answer', 'The server answered with something that is no JSON object.');
}

function readEntry(item: Json): AnswerEntry[] {
  const inline = item['b64_json'] ?? item['base64'];
  if (typeof inline === 'string' && inline !== '') return [inline.startsWith('data:') ? fromDataUrl(inline) : fromBase64(inline)];
  const url = item['url'];
  if (typeof url !== 'string' || url === '') return [];
  return [url.startsWith('data:') ? fromDataUrl(url) : { url }];
}

function fromDataUrl(url: string): AnswerEntry {
  const comma = url.indexOf(',');
  if (!/;base64$/i.test(url.slice(0, Math.max(0, comma)))) return { damage: 'The server sent a data: address that is not base64.' };
  return fromBase64(url.slice(comma + 1));
}

function fromBase64(text: string): AnswerEntry {
  if (text.length > MAX_PICTURE_CHARACTERS) return { damage: 'The server sent a picture that is too large.' };
  const bytes = decodeBase64(text);
  return bytes ? asPicture(bytes) : { damage: 'The server sent a picture whose base64 is damaged.' };
}

function asPicture(bytes: Uint8Array): AnswerEntry {
  try {
    return { bytes, format: inspectImage(bytes).format };
  } catch (error) {
    return unusable(bytes, error);
  }
}

/** Tokens as the server counts them; a count that is none is left out, and no reason to lose a paid picture. */
function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const details = isRecord(value['input_tokens_details']) ? value['input_tokens_details'] : {};
  return { textInput: tokens(details['text_tokens']), imageInput: tokens(details['image_tokens']), imageOutput: tokens(value['output_tokens']) };
}

function tokens(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
