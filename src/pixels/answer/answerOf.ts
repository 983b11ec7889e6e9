import type { Usage } from '../../core/usage';
import { ImageError } from '../../core/errors';
import { isRecord } from '../../core/isRecord';
import type { Answer, AnswerEntry } from '../../core/pixels';
import { unusable } from '../../core/unusable';
import { inspectImage } from '../codec/inspect';
import type { AnswerJson, Json } from './answerJson';
import type { Lifted } from './liftedString';

/** Finds what of it a text was lifted out as. */
type FindLifted = (value: unknown) => { readonly part: number; readonly lifted: Lifted } | undefined;

/** What an Images API's JSON, or one event of its stream, says. Its pictures are numbered from `first`. Throws `bad-answer` where it holds neither pictures nor an error. */
export function answerOf(read: AnswerJson, first: number): Answer {
  const { json, lifted: strings } = read.end();
  const find: FindLifted = (value) => {
    const lifted = typeof value === 'string' ? strings[Number(value)] : undefined;
    return lifted && { part: first + Number(value), lifted };
  };
  const type = typeof json['type'] === 'string' ? json['type'] : undefined;
  const items = Array.isArray(json['data']) ? json['data'].filter(isRecord) : [json];
  const entries = items.flatMap((item) => readEntry(item, find));
  if (entries.length > 0) return { type, entries, usage: readUsage(json['usage']) };
  if (json['error'] !== undefined && json['error'] !== null) return { type, entries, error: read.head };
  // An event may say something else on the way.
  if (type !== undefined) return { type, entries };
  throw new ImageError('bad-answer', Array.isArray(json['data']) ? 'The server answered without a picture.' : 'The server answered with JSON that holds no pictures.');
}

function readEntry(item: Json, find: FindLifted): AnswerEntry[] {
  const inline = find(item['b64_json'] ?? item['base64']);
  const found = inline && !isEmpty(inline.lifted) ? inline : find(item['url']);
  if (!found || isEmpty(found.lifted)) return [];
  const { part, lifted } = found;
  if ('text' in lifted) return [{ url: lifted.text }];
  return ['damage' in lifted ? lifted : asPicture(lifted.bytes, part)];
}

function isEmpty(lifted: Lifted): boolean {
  return 'text' in lifted && lifted.text === '';
}

function asPicture(bytes: Uint8Array, part: number): AnswerEntry {
  try {
    const info = inspectImage(bytes);
    return { bytes, format: info.format, info, part };
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
