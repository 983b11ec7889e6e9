import type { StudioWord } from '../../protocol/studioWords';

let words: Readonly<Partial<Record<StudioWord, string>>> = {};

/** Sets the page's words, before anything is shown. */
export function setWords(translated: Readonly<Partial<Record<StudioWord, string>>>): void {
  words = translated;
}

/** A text of the page in the person's language, `{0}`, `{1}` replaced by facts. */
export function t(word: StudioWord, ...facts: readonly (string | number)[]): string {
  return fill(words[word] ?? word, facts);
}

/** Puts facts into a text; what a fact itself holds is not looked at again. */
export function fill(text: string, facts: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (placeholder, index: string) => String(facts[Number(index)] ?? placeholder));
}
