import { PREVIEW_EVENT } from '../../core/eventStream';
import type { Answer } from '../../core/pixels';
import { AnswerReader } from './answerReader';

/** Reads the whole body of an Images API's answer; of a stream, whose previews are left out, what all its events say. Throws `bad-answer` where it holds neither pictures nor an error. */
export function readAnswer(body: Uint8Array): Answer {
  const reader = new AnswerReader(false);
  const answers = [...reader.push(body), ...reader.end()].filter(({ type }) => !type?.endsWith(PREVIEW_EVENT));
  const [only] = answers;
  if (answers.length === 1 && only) return only;
  const entries = answers.flatMap((answer) => answer.entries);
  return { entries, usage: answers.findLast(({ usage }) => usage)?.usage, ...(entries.length === 0 && { error: answers.find(({ error }) => error !== undefined)?.error }) };
}
