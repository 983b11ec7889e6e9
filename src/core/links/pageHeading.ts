import { entitiesDecoded } from './entities';

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'title']);
/** In UTF-16 units, tags aside. */
const MAX_HEADING = 200;

/** The heading under which a place of a page stands; its title above the first one. */
export class PageHeading {
  words: string | undefined;
  #start: number | undefined;

  constructor(words: string | undefined) {
    this.words = words;
  }

  /** Notes that a tag of this name, in lower case, ends at `at`. */
  opened(name: string, at: number): void {
    if (HEADINGS.has(name)) this.#start = at;
  }

  /** Notes that the closing tag of this name begins at `at` of the text. */
  closed(name: string, text: string, at: number): void {
    if (this.#start === undefined || !HEADINGS.has(name) || at - this.#start > 10 * MAX_HEADING) return;
    const words = entitiesDecoded(text.slice(this.#start, at)).replace(/<[^<>]*>|[{}]/g, '').replace(/\s+/g, ' ').trim();
    if (words !== '' && words.length <= MAX_HEADING) this.words = words;
    this.#start = undefined;
  }
}
