/** A page's words: set once by the host's first answer, before anything is shown. */
export interface Words<W extends string> {
  set(translated: Readonly<Partial<Record<W, string>>>): void;
  /** A text of the page in the person's language, `{0}`, `{1}` replaced by facts. */
  t(word: W, ...facts: readonly (string | number)[]): string;
}

/** The words of one page; until they are set each is its own name. */
export function pageWords<W extends string>(): Words<W> {
  const words = new Map<string, string>();
  return {
    set(translated) {
      for (const [word, text] of Object.entries<string | undefined>(translated)) if (text !== undefined) words.set(word, text);
    },
    t: (word, ...facts) => fill(words.get(word) ?? word, facts),
  };
}

/** Puts facts into a text; what a fact itself holds is not looked at again. */
export function fill(text: string, facts: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (placeholder, index: string) => String(facts[Number(index)] ?? placeholder));
}
