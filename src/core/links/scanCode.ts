import { newScript, type CodeOptions, type Mode } from './codeModes';
import type { Findings } from './findings';
import type { Finder } from './finder';
import { scanTag, scanText } from './markupTokens';
import { PageHeading } from './pageHeading';
import { scanScriptToken, scanTemplate } from './scriptTokens';

/**
 * Finds the pictures in markup and code. One pass with a stack of what is open: each character is looked at a fixed number of times, whatever the text,
 * and what is broken costs no more than the links in it.
 */
export class CodeScanner {
  readonly text: string;
  readonly end: number;
  readonly options: CodeOptions;
  readonly findings: Findings;
  readonly finder: Finder;
  readonly heading: PageHeading;
  at: number;
  readonly #modes: Mode[];

  /** `finder` is of the same text. */
  constructor(finder: Finder, start: number, end: number, options: CodeOptions, findings: Findings, heading?: string) {
    this.text = finder.text;
    this.at = start;
    this.end = end;
    this.options = options;
    this.findings = findings;
    this.finder = finder;
    this.heading = new PageHeading(heading);
    this.#modes = [options.begins === 'markup' ? { kind: 'text', depth: 0 } : newScript(undefined)];
  }

  /** Whether what the document begins with is all that is open. */
  get isOutermost(): boolean {
    return this.#modes.length === 1;
  }

  run(): void {
    while (this.at < this.end) {
      const mode = this.#modes.at(-1);
      if (!mode) return;
      if (mode.kind === 'text') scanText(this, mode);
      else if (mode.kind === 'tag') scanTag(this, mode.tag);
      else if (mode.kind === 'template') scanTemplate(this, mode);
      else scanScriptToken(this, mode);
    }
    for (const mode of this.#modes) if (mode.kind === 'script') mode.settle?.();
  }

  /** Takes what a sticky pattern matches here; undefined, and nothing moves, where it does not. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at += match[0].length;
    return match ?? undefined;
  }

  /** Moves behind the characters from here on of which something holds; answers whether there was one. */
  takeWhile(holds: (code: number) => boolean): boolean {
    const { text, at: start, end } = this;
    let at = start;
    while (at < end && holds(text.charCodeAt(at))) at += 1;
    this.at = at;
    return at > start;
  }

  /** Moves behind the next `needle`, or to the end. */
  skipPast(needle: string): void {
    this.at = Math.min(this.end, this.finder.find(needle, this.at, this.end) + needle.length);
  }

  open(mode: Mode): void {
    this.#modes.push(mode);
  }

  /** Ends what is open and answers what it stood in, which has got a value by it. What the document begins with is ended by nothing. */
  close(): Mode | undefined {
    if (this.#modes.length === 1) return undefined;
    this.#modes.pop();
    const outer = this.#modes.at(-1);
    if (outer?.kind === 'script') outer.operand = true;
    if (outer?.kind === 'template') outer.from = this.at;
    return outer;
  }

  /** Reads a page's script, up to `end`. */
  readScript(end: number, jsx: boolean): void {
    new CodeScanner(this.finder, this.at, end, { begins: 'script', braces: true, jsx }, this.findings).run();
    this.at = end;
  }
}
