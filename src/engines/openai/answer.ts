import { array, fallback, minValue, nullish, number, object, optional, pipe, safeParse, string, unknown } from 'valibot';
import type { Usage } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { readRefusal } from './refusal';

/** Where one picture of an answer is: in it, or at an address. */
export type PictureEntry = { readonly base64: string } | { readonly url: string };

export interface ImagesAnswer {
  readonly pictures: readonly PictureEntry[];
  readonly usage?: Usage;
}

const Tokens = pipe(number(), minValue(0));
const UsageSchema = object({
  input_tokens_details: optional(object({ text_tokens: optional(Tokens), image_tokens: optional(Tokens) })),
  output_tokens: optional(Tokens),
});
const AnswerSchema = object({
  data: array(object({ b64_json: nullish(string()), base64: nullish(string()), url: nullish(string()) })),
  // A count that is no count is as good as none, and no reason to lose a paid picture.
  usage: fallback(nullish(UsageSchema), undefined),
});
const ErrorSchema = object({ error: unknown() });

/** Reads a successful answer's body. Throws a `Refusal` where it holds `{error}`, and `bad-answer` where it is anything but a list of at least one picture. */
export function parseAnswer(body: string, headers: Headers): ImagesAnswer {
  const requestId = headers.get('x-request-id') ?? undefined;
  const bad = (message: string, cause?: unknown): ImageError => new ImageError('bad-answer', message, { httpStatus: 200, requestId, cause });
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // The parser's own message quotes the body, which may be anything.
    throw bad(`The server answered with ${headers.get('content-type')?.split(';')[0] ?? 'something'} that is no JSON.`);
  }
  const answer = safeParse(AnswerSchema, json);
  if (!answer.success) {
    const refused = safeParse(ErrorSchema, json);
    if (refused.success && refused.output.error !== null) throw readRefusal(200, headers, body);
    throw bad('The server answered with JSON that holds no pictures.');
  }
  const pictures = answer.output.data.flatMap(({ b64_json, base64, url }): PictureEntry[] => {
    const inline = b64_json ?? base64;
    if (inline) return inline.startsWith('data:') ? [{ url: inline }] : [{ base64: inline }];
    return url ? [{ url }] : [];
  });
  if (pictures.length === 0) throw bad('The server answered without a picture.');
  const { usage } = answer.output;
  if (!usage) return { pictures };
  return {
    pictures,
    usage: {
      textInput: usage.input_tokens_details?.text_tokens,
      imageInput: usage.input_tokens_details?.image_tokens,
      imageOutput: usage.output_tokens,
    },
  };
}

/** Adds up counts; one that is missing anywhere is missing from the sum. */
export function addUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (!a || !b) return undefined;
  const sum = (x: number | undefined, y: number | undefined): number | undefined => (x === undefined || y === undefined ? undefined : x + y);
  return { textInput: sum(a.textInput, b.textInput), imageInput: sum(a.imageInput, b.imageInput), imageOutput: sum(a.imageOutput, b.imageOutput) };
}
