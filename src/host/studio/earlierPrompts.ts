const MOST = 100;

/** The prompts that were used, newest first, none twice. */
export class EarlierPrompts {
  #list: readonly string[];

  constructor(list: readonly string[]) {
    this.#list = [...new Set(list)].slice(0, MOST);
  }

  get list(): readonly string[] {
    return this.#list;
  }

  add(prompt: string): void {
    const used = prompt.trim();
    if (used !== '') this.#list = [used, ...this.#list.filter((other) => other !== used)].slice(0, MOST);
  }
}
