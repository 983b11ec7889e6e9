import * as code from './characterCodes';
import type { CodeOptions } from './codeModes';
import type { Findings } from './findings';
import { Finder } from './finder';
import { isLocalImage, type LinkDraft } from './imageLink';
import { markdownBlocks, type Paragraph } from './markdownBlocks';
import { describeSize, readTarget } from './markdownTarget';
import { CodeScanner } from './scanCode';

export interface MarkdownOptions {
  /** Whether it is MDX, with imports and JSX. */
  readonly mdx: boolean;
}

interface Definition {
  readonly start: number;
  readonly end: number;
  readonly heading: string | undefined;
}

const MAX_ALT = 1000;
const MAX_HEADING = 300;
const DEFINITION = /^[ \t>]{0,40}\[((?:[^\\[\]\n]|\\.){1,999})\]:[ \t]*(?:<([^<>\n]*)>|([^\s<]\S*))/gm;
const FRONT_MATTER_IMAGE = /^[ \t]{0,40}(?:-[ \t]{1,40})?([\w.-]{0,40}(?:image|cover|thumb|banner|hero|poster|avatar|logo|icon|photo|src|url)[\w.-]{0,40})[ \t]*[:=][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#][^\n#]*))/gim;
const FRONT_MATTER_TITLE = /^title[ \t]*[:=][ \t]*["']?([^"'\n]{1,200})/im;
/** Words without marks, escapes and pictures, one space between two: what most texts of links are. */
const PLAIN_WORDS = /^[^\s*_`\\![\]]+(?: [^\s*_`\\![\]]+)*$/;

/** Finds the pictures of a Markdown document: inline links, references and their definitions, HTML in it, and the front matter. Not those in code and comments. */
export function scanMarkdown(text: string, { mdx }: MarkdownOptions, findings: Findings): void {
  const finder = new Finder(text);
  const { frontMatter, paragraphs } = markdownBlocks(text);
  if (frontMatter) scanFrontMatter(text, frontMatter, findings);
  const scanner = new InlineScanner(finder, mdx, findings);
  for (const paragraph of paragraphs) {
    if (mdx && /^(?:import|export)\b/.test(text.slice(paragraph.start, paragraph.start + 7))) {
      new CodeScanner(finder, paragraph.start, paragraph.end, { begins: 'script', braces: true, jsx: true }, findings).run();
    } else scanner.scan(paragraph);
  }
  scanner.addReferences();
}

function scanFrontMatter(text: string, { start, end }: { readonly start: number; readonly end: number }, findings: Findings): void {
  const matter = text.slice(start, end);
  const heading = FRONT_MATTER_TITLE.exec(matter)?.[1]?.trim();
  for (const match of matter.matchAll(FRONT_MATTER_IMAGE)) {
    const [whole, key = '', ...values] = match;
    const address = values.find((value) => value !== undefined)?.trim() ?? '';
    const at = start + match.index + whole.indexOf(address, key.length);
    const isPreview = /og|social|twitter/i.test(key);
    const link: LinkDraft = { start: at, end: at + address.length, address, kind: 'url' };
    describe(link, undefined, heading);
    if (isPreview) link.purpose = 'og-card';
    findings.add(link);
  }
}

/** Reads paragraphs; references are put together when all are read. */
class InlineScanner {
  readonly #finder: Finder;
  readonly #text: string;
  readonly #tags: CodeOptions;
  readonly #findings: Findings;
  readonly #definitions = new Map<string, Definition>();
  readonly #references = new Map<string, string>();
  /** What stands in a `<h1>`, as on top of many a README. */
  #pageHeading: string | undefined;

  constructor(finder: Finder, mdx: boolean, findings: Findings) {
    this.#finder = finder;
    this.#text = finder.text;
    this.#tags = { begins: 'markup', braces: mdx, jsx: mdx };
    this.#findings = findings;
  }

  scan({ start, end, heading }: Paragraph): void {
    const text = this.#text;
    this.#define(start, end, heading);
    /** Where the texts of links begin that are still open. */
    const open: number[] = [];
    let noTagBefore = start;
    let at = start;
    while (at < end) {
      const character = text.charCodeAt(at);
      if (character === code.BACKSLASH) at += 2;
      else if (character === code.BACKTICK) at = this.#codeEnd(at, end);
      else if (character === code.OPENING_BRACKET) {
        open.push(at);
        at += 1;
      } else if (character === code.CLOSING_BRACKET) {
        const opening = open.pop();
        at = opening === undefined ? at + 1 : this.#linkEnd(opening, at, end, heading);
      } else if (character !== code.LESS_THAN) at += 1;
      else if (text.startsWith('<!--', at)) at = Math.min(end, this.#finder.find('-->', at, end) + 3);
      else if (at >= noTagBefore && code.isLetterCode(text.charCodeAt(at + 1))) {
        const close = tagEnd(text, at, end, this.#tags.braces);
        // What is no tag for want of an end makes none of what follows one, either.
        if (close === undefined) noTagBefore = end;
        else this.#readTag(at, close, end, heading);
        at = close ?? at + 1;
      } else at += 1;
    }
  }

  /** Adds the definitions, each with the text of its first use as a picture. */
  addReferences(): void {
    for (const [label, { start, end, heading }] of this.#definitions) {
      const alt = this.#references.get(label);
      const link: LinkDraft = { start, end, address: unescaped(this.#text.slice(start, end)), kind: 'url' };
      describe(link, alt, heading ?? this.#pageHeading);
      this.#findings.add(link);
    }
  }

  #define(start: number, end: number, heading: string | undefined): void {
    if (this.#finder.find(']:', start, end) === end) return;
    for (const match of this.#text.slice(start, end).matchAll(DEFINITION)) {
      const [whole, label = '', angled, plain] = match;
      const address = angled ?? plain ?? '';
      const at = start + match.index + whole.length - address.length - (angled === undefined ? 0 : 1);
      const key = normalized(label);
      if (!this.#definitions.has(key)) this.#definitions.set(key, { start: at, end: at + address.length, heading });
    }
  }

  #readTag(start: number, close: number, end: number, heading: string | undefined): void {
    if (/^<h[1-6][\s>]/i.test(this.#text.slice(start, start + 4))) {
      const closing = this.#finder.find('</', close, end);
      if (closing < end && closing - close < MAX_HEADING) this.#pageHeading = altOf(this.#text.slice(close, closing)) || this.#pageHeading;
    }
    new CodeScanner(this.#finder, start, close, this.#tags, this.#findings, heading ?? this.#pageHeading).run();
  }

  /** Behind the code that begins with these backticks; behind the backticks alone where nothing closes it. */
  #codeEnd(at: number, end: number): number {
    let opened = at;
    while (this.#text[opened] === '`') opened += 1;
    const ticks = this.#text.slice(at, opened);
    for (let close = this.#finder.find(ticks, opened, end); close < end; close = this.#finder.find(ticks, close, end)) {
      const from = close;
      while (this.#text[close] === '`') close += 1;
      if (close - from === ticks.length) return close;
    }
    return opened;
  }

  #linkEnd(opening: number, closing: number, end: number, heading: string | undefined): number {
    const text = this.#text;
    const words = (): string => altOf(text.slice(opening + 1, Math.min(closing, opening + MAX_ALT)));
    if (text[closing + 1] === '(') {
      const target = readTarget(text, closing + 2, end);
      if (target) {
        const { start, next } = target;
        const address = unescaped(text.slice(start, target.end));
        if (isLocalImage(address)) {
          const link: LinkDraft = { start, end: target.end, address, kind: 'url' };
          describe(link, words(), heading ?? this.#pageHeading);
          describeSize(link, text, next, end);
          this.#findings.add(link);
        }
        return next;
      }
    }
    if (text[opening - 1] === '!') {
      const label = /^\[([^[\]\n]{0,999})\]/.exec(text.slice(closing + 1, Math.min(end, closing + 1002)))?.[1] ?? '';
      const key = normalized(label === '' ? text.slice(opening + 1, Math.min(closing, opening + 1000)) : label);
      if (!this.#references.has(key)) this.#references.set(key, words());
    }
    return closing + 1;
  }
}

function describe(link: LinkDraft, alt: string | undefined, heading: string | undefined): void {
  if (alt) link.alt = alt;
  if (heading) link.heading = heading;
}

/** Behind the tag that begins here; undefined where it has no end before the paragraph's. */
function tagEnd(text: string, start: number, end: number, braces: boolean): number | undefined {
  let quote = '';
  let depth = 0;
  for (let at = start + 1; at < end; at += 1) {
    const character = text[at];
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (braces && character === '{') depth += 1;
    else if (braces && character === '}') depth -= 1;
    else if (character === '>' && depth <= 0) return at + 1;
  }
  return undefined;
}

/** The words of a link's text: pictures in it, marks and escapes aside. */
function altOf(markdown: string): string {
  if (PLAIN_WORDS.test(markdown)) return markdown;
  return unescaped(markdown.replace(/!\[[^\][]*\]\([^()]*\)/g, '')).replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim();
}

function unescaped(markdown: string): string {
  return markdown.includes('\\') ? markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1') : markdown;
}

function normalized(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase();
}
