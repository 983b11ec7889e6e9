import { entitiesDecoded } from './entities';
import type { Findings } from './findings';
import type { Finder } from './finder';
import { isEscaped, scanCss } from './scanCss';
import { scanScriptToken, type ScriptMode } from './scriptTokens';
import { addTagLinks, type Attribute, type Tag } from './tagLinks';

/** How a language writes pages and code. */
export interface CodeOptions {
  /** What a document begins with: text and tags, or code. */
  readonly begins: 'markup' | 'script';
  /** Whether `{…}` between tags and in them is code: in JSX, Svelte and Astro. */
  readonly braces: boolean;
  /** Whether tags may stand in code. */
  readonly jsx: boolean;
}

/** Between tags. `depth` counts the open elements of a JSX expression, which ends with its first one. */
interface TextMode {
  readonly kind: 'text';
  depth: number;
}

interface TagMode {
  readonly kind: 'tag';
  readonly tag: Tag;
}

/** Between backticks; `from` is where the part begins that is being read. */
interface TemplateMode {
  readonly kind: 'template';
  readonly start: number;
  from: number;
}

type Mode = TextMode | TagMode | TemplateMode | ScriptMode;

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'title']);
const TAG_NAME = /<(?:([A-Za-z][\w.:-]*)(?=[\s/>])|(?=>))/y;
/** What begins like a tag in TypeScript, but is a type parameter. */
const TYPE_PARAMETER = /<[A-Z]\w*(?:\s+extends\s|>\s?\()/y;
const ATTRIBUTE_NAME = /[^\s=>/"'{<]+/y;
const UNQUOTED = /[^\s>"'<]+/y;
const SPACE = /\s+/y;
const MAX_HEADING = 200;

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
  at: number;
  #heading: string | undefined;
  #headingStart: number | undefined;
  readonly #modes: Mode[];

  /** `finder` is of the same text. */
  constructor(finder: Finder, start: number, end: number, options: CodeOptions, findings: Findings, heading?: string) {
    this.text = finder.text;
    this.at = start;
    this.end = end;
    this.options = options;
    this.findings = findings;
    this.finder = finder;
    this.#heading = heading;
    this.#modes = [options.begins === 'markup' ? { kind: 'text', depth: 0 } : newScript()];
  }

  run(): void {
    while (this.at < this.end) {
      const mode = this.#modes.at(-1);
      if (!mode) return;
      if (mode.kind === 'text') this.#readText(mode);
      else if (mode.kind === 'tag') this.#readTag(mode.tag);
      else if (mode.kind === 'template') this.#readTemplate(mode);
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

  /** Moves behind the next `needle`, or to the end. */
  skipPast(needle: string): void {
    this.at = Math.min(this.end, this.finder.find(needle, this.at, this.end) + needle.length);
  }

  openScript(attribute?: Attribute): void {
    this.#modes.push(newScript(attribute));
  }

  /** Ends the code that `}` closes. The code that a document begins with is ended by nothing. */
  closeScript(mode: ScriptMode): void {
    mode.settle?.();
    if (this.#modes.length === 1) return;
    this.#modes.pop();
    const outer = this.#modes.at(-1);
    if (outer?.kind === 'script') outer.operand = true;
    if (outer?.kind === 'template') outer.from = this.at;
  }

  openTemplate(): void {
    this.#modes.push({ kind: 'template', start: this.at, from: this.at });
  }

  /** Begins a JSX expression if a tag stands here. */
  openElement(): boolean {
    TYPE_PARAMETER.lastIndex = this.at;
    if (TYPE_PARAMETER.test(this.text)) return false;
    this.#modes.push({ kind: 'text', depth: 0 });
    if (this.#openTag()) return true;
    this.#modes.pop();
    return false;
  }

  #readText(mode: TextMode): void {
    const angle = this.finder.find('<', this.at, this.end);
    const brace = this.options.braces ? this.finder.find('{', this.at, this.end) : this.end;
    this.at = Math.min(angle, brace);
    if (this.at >= this.end) return;
    if (brace < angle) {
      // Svelte ends its blocks by `{/if}`: no regular expression begins there.
      this.at += /^\{\/[a-z]/.test(this.text.slice(brace, brace + 3)) ? 2 : 1;
      this.openScript();
    } else if (this.text.startsWith('<!--', this.at)) this.skipPast('-->');
    else if (this.text.startsWith('</', this.at)) this.#closeTag(mode);
    else if (this.text.startsWith('<?', this.at)) this.skipPast('?>');
    else if (this.text.startsWith('<%', this.at)) this.skipPast('%>');
    else if (!this.#openTag()) this.at += 1;
  }

  #openTag(): boolean {
    const match = this.take(TAG_NAME);
    if (!match) return false;
    this.#modes.push({ kind: 'tag', tag: { name: match[1]?.toLowerCase() ?? '', attributes: new Map() } });
    return true;
  }

  #readTag(tag: Tag): void {
    if (this.take(SPACE)) return;
    const { text } = this;
    const character = text[this.at];
    if (character === '>') {
      this.at += 1;
      this.#finishTag(tag, VOID.has(tag.name));
    } else if (character === '/') {
      this.at += 1;
      if (text[this.at] === '>') {
        this.at += 1;
        this.#finishTag(tag, true);
      } else if (text[this.at] === '*') this.skipPast('*/');
    } else if (character === '<') this.#finishTag(tag, true);
    else if (character === '{' && this.options.braces) {
      this.at += 1;
      this.openScript();
    } else this.#readAttribute(tag);
  }

  #readAttribute(tag: Tag): void {
    const name = this.take(ATTRIBUTE_NAME)?.[0].toLowerCase();
    if (name === undefined) {
      this.at += 1;
      return;
    }
    this.take(SPACE);
    if (this.text[this.at] !== '=') return;
    this.at += 1;
    this.take(SPACE);
    const attribute: Attribute = { literals: [] };
    if (!tag.attributes.has(name)) tag.attributes.set(name, attribute);
    const quote = this.text[this.at];
    if (quote === '{' && this.options.braces) {
      this.at += 1;
      this.openScript(attribute);
    } else if (quote === '"' || quote === "'" || (quote === '`' && this.options.braces)) {
      const start = this.at + 1;
      const close = this.finder.find(quote, start, this.end);
      this.at = start;
      // While a value is being typed, its end is missing: what follows is read on as attributes.
      if (close >= this.end) return;
      attribute.literals.push({ start, end: close, text: this.text.slice(start, close), kind: 'url' });
      this.at = close + 1;
    } else {
      const start = this.at;
      const value = this.take(UNQUOTED)?.[0];
      if (value !== undefined) attribute.literals.push({ start, end: start + value.length, text: value, kind: 'url' });
    }
  }

  #finishTag(tag: Tag, isWhole: boolean): void {
    this.#modes.pop();
    addTagLinks(tag, this.text, this.#heading, this.findings);
    if (HEADINGS.has(tag.name)) this.#headingStart = this.at;
    if (!isWhole && this.options.begins === 'markup' && this.#modes.length === 1) this.#readRaw(tag);
    const mode = this.#modes.at(-1);
    if (mode?.kind !== 'text') return;
    if (!isWhole) mode.depth += 1;
    else if (mode.depth === 0) this.#endElement();
  }

  #closeTag(mode: TextMode): void {
    const name = /^<\/([\w.:-]{0,60})/.exec(this.text.slice(this.at, this.at + 64))?.[1]?.toLowerCase() ?? '';
    if (HEADINGS.has(name)) this.#readHeading();
    this.skipPast('>');
    mode.depth -= 1;
    if (mode.depth <= 0) this.#endElement();
  }

  /** Ends a JSX expression. The text that a document begins with goes on to its end. */
  #endElement(): void {
    if (this.#modes.length === 1) return;
    this.#modes.pop();
    const outer = this.#modes.at(-1);
    if (outer?.kind === 'script') outer.operand = true;
  }

  #readHeading(): void {
    if (this.#headingStart === undefined || this.at - this.#headingStart > 10 * MAX_HEADING) return;
    const words = entitiesDecoded(this.text.slice(this.#headingStart, this.at)).replace(/<[^<>]*>|[{}]/g, '').replace(/\s+/g, ' ').trim();
    if (words !== '' && words.length <= MAX_HEADING) this.#heading = words;
    this.#headingStart = undefined;
  }

  /** Scripts and style sheets of a page are no markup. */
  #readRaw({ name, attributes }: Tag): void {
    if (name !== 'script' && name !== 'style' && name !== 'textarea') return;
    const close = this.finder.find(`</${name}`, this.at, this.end);
    const language = attributes.get('lang')?.literals[0]?.text;
    if (name === 'style') scanCss(this.text, this.at, close, { lineComments: language !== undefined }, this.findings.add);
    if (name === 'script') new CodeScanner(this.finder, this.at, close, { begins: 'script', braces: true, jsx: language?.endsWith('x') ?? false }, this.findings).run();
    this.at = close;
  }

  #readTemplate(mode: TemplateMode): void {
    const { text } = this;
    let stop = this.#templateStop(mode.from);
    while (stop < this.end && isEscaped(text, stop, mode.from)) stop = this.#templateStop(stop + 1);
    const isCode = text[stop] === '$';
    if (this.finder.find('url(', mode.from, stop) < stop) scanCss(text, mode.from, stop, { lineComments: false }, this.findings.add);
    this.at = Math.min(this.end, stop + (isCode ? 2 : 1));
    if (stop >= this.end) return;
    if (isCode) return this.openScript();
    this.#modes.pop();
    const outer = this.#modes.at(-1);
    if (outer?.kind !== 'script') return;
    outer.operand = true;
    if (mode.from === mode.start) outer.literal?.(mode.start, stop);
  }

  #templateStop(from: number): number {
    return Math.min(this.finder.find('`', from, this.end), this.finder.find('${', from, this.end));
  }
}

function newScript(attribute?: Attribute): ScriptMode {
  return { kind: 'script', attribute, operand: false, joined: false, word: '', before: '', callee: '' };
}
