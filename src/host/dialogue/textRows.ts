import type { Choice } from './typedChoices';

/** What a row of a list shows at its least width, in characters. */
const ROW_CHARACTERS = 72;

/** A text as rows of a list, which can't be chosen: VS Code cuts off what is longer than a row. */
export function textRows(text: string): Choice<never>[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < ROW_CHARACTERS) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((label) => ({ label }));
}
