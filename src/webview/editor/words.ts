import type { EditorWord } from '../../protocol/imageEditorWords';
import { fill } from '../studio/words';

let words: Readonly<Record<EditorWord, string>> | undefined;

/** Sets the page's words, before anything is shown. */
export function setWords(translated: Readonly<Record<EditorWord, string>>): void {
  words = translated;
}

/** A text of the page in the person's language, `{0}`, `{1}` replaced by facts. */
export function t(word: EditorWord, ...facts: readonly (string | number)[]): string {
  return fill(words?.[word] ?? word, facts);
}
