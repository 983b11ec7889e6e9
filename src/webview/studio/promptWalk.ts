/** Walks earlier prompts as a shell walks commands; what was being typed waits at the near end. */
export class PromptWalk {
  /** -1 is what is being typed, 0 the newest prompt. */
  #place = -1;
  #typed = '';

  /** The prompt before the one that is shown; undefined where there is none. */
  older(shown: string, prompts: readonly string[]): string | undefined {
    this.#settle(shown, prompts);
    const next = prompts.findIndex((prompt, index) => index > this.#place && prompt !== shown);
    if (next < 0) return undefined;
    if (this.#place < 0) this.#typed = shown;
    this.#place = next;
    return prompts[next];
  }

  /** The prompt after the one that is shown, at last what was being typed; undefined where that is shown already. */
  newer(shown: string, prompts: readonly string[]): string | undefined {
    this.#settle(shown, prompts);
    if (this.#place < 0) return undefined;
    this.#place -= 1;
    return this.#place < 0 ? this.#typed : prompts[this.#place];
  }

  /** Who changes an earlier prompt is typing again. */
  #settle(shown: string, prompts: readonly string[]): void {
    if (prompts[this.#place] !== shown) this.#place = -1;
  }
}

/** Earlier prompts that hold all words of a search, in any case and order. */
export function searchPrompts(prompts: readonly string[], search: string): readonly string[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return prompts.filter((prompt) => {
    const text = prompt.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
