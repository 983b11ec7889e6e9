/**
 * `indexOf` for a scanner that asks again and again from further on: what was found, or not found, is remembered, so that all searches for one needle together
 * walk over the text once. Without it a text of openings with no end would cost the square of its length.
 */
export class Finder {
  readonly text: string;
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(text: string) {
    this.text = text;
  }

  /** Where `needle` stands next, at `from` or after it; `end` where it does not come before that. */
  find(needle: string, from: number, end: number): number {
    const known = this.#found.get(needle);
    let at: number;
    if (known && known.from <= from && (known.at < 0 || known.at >= from)) {
      at = known.at;
    } else {
      at = this.text.indexOf(needle, from);
      this.#found.set(needle, { from, at });
    }
    return at < 0 || at >= end ? end : at;
  }
}
