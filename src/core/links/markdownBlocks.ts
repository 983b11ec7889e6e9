/** A stretch of text without blank lines and without code: links and tags may stand in it, across its lines. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
  /** The heading above; for a heading itself, its own words. */
  readonly heading: string | undefined;
}

/** A Markdown document as its blocks. */
export interface Blocks {
  /** Where the YAML or TOML at the top stands, without its fences; undefined where there is none. */
  readonly frontMatter: { readonly start: number; readonly end: number } | undefined;
  readonly paragraphs: readonly Paragraph[];
}

/** Quotes and list items that a line may begin with. */
const CONTAINER = /^(?:[ \t]{0,40}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){1,20}/;
const FENCE = /^[ \t]*(`{3,}|~{3,})/;
const ATX = /^[ \t]{0,3}#{1,6}[ \t]+(.{1,300}?)[ \t#]*$/;
const SETEXT = /^[ \t]{0,3}(?:=+|-{2,})[ \t]*$/;
const RAW_HTML = /^[ \t]{0,3}<(pre|script|style|textarea)(?=[\s>]|$)/i;

const MAX_HEADING = 300;

/** Sorts the lines of a Markdown document: code, comments and raw HTML are left out. By the rules of CommonMark, with one container's depth for all. */
export function markdownBlocks(text: string): Blocks {
  const frontMatter = frontMatterOf(text);
  const paragraphs: Paragraph[] = [];
  let heading: string | undefined;
  let start: number | undefined;
  let lastLine = '';
  let inList = false;
  /** What ends the code, comment or raw HTML that is open; undefined where none is. */
  let closing: ((line: string) => boolean) | undefined;
  const endParagraph = (end: number): void => {
    if (start !== undefined) paragraphs.push({ start, end, heading });
    start = undefined;
  };
  for (const { at, end } of linesFrom(text, frontMatter ? frontMatter.end : 0)) {
    const line = text.slice(at, end);
    if (closing) {
      if (closing(line)) closing = undefined;
      continue;
    }
    if (line.trim() === '') {
      endParagraph(at);
      continue;
    }
    const container = CONTAINER.exec(line)?.[0] ?? '';
    const inner = line.slice(container.length);
    const opening = FENCE.exec(inner)?.[1];
    const raw = RAW_HTML.exec(line)?.[1]?.toLowerCase();
    if (opening !== undefined) closing = fenceEnd(opening, container.includes('>'));
    else if (raw !== undefined && !line.includes(`</${raw}`)) closing = (later) => later.includes(`</${raw}`);
    else if (/^[ \t]{0,3}<!--/.test(line) && !line.includes('-->')) closing = (later) => later.includes('-->');
    else if (start === undefined && !inList && /^(?: {4}|\t)/.test(line)) continue;
    else {
      const isItem = /[-*+.)][ \t]$/.test(container);
      inList = isItem || (inList && /^[ \t]/.test(line)) || (inList && start !== undefined);
      const words = ATX.exec(inner)?.[1] ?? (start !== undefined && SETEXT.test(line) ? lastLine.slice(0, MAX_HEADING).trim() : undefined);
      if (words !== undefined) heading = plainWords(words);
      start ??= at;
      lastLine = line;
      if (words !== undefined) endParagraph(end);
      continue;
    }
    endParagraph(at);
  }
  endParagraph(text.length);
  return { frontMatter, paragraphs };
}

/** A fence is closed by one of its kind that is as long, or by the end of the quote that it stands in. */
function fenceEnd(opening: string, inQuote: boolean): (line: string) => boolean {
  return (line) => {
    if (inQuote && !/^[ \t]*>/.test(line)) return true;
    const closing = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
    return closing !== undefined && closing[0] === opening[0] && closing.length >= opening.length;
  };
}

function frontMatterOf(text: string): Blocks['frontMatter'] {
  const opening = /^\ufeff?(---|\+\+\+)[ \t]*\r?\n/.exec(text);
  if (!opening) return undefined;
  const start = opening[0].length;
  const closing = text.indexOf(`\n${opening[1]}`, start - 1);
  return closing < 0 ? undefined : { start, end: closing + 1 };
}

/** The lines from a place on, without their ends. The fence that ends a front matter is the first. */
function* linesFrom(text: string, start: number): Generator<{ readonly at: number; readonly end: number }> {
  let at = start === 0 ? 0 : start + 3;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    yield { at, end: text[end - 1] === '\r' && end > at ? end - 1 : end };
    at = end + 1;
  }
}

/** A heading without its marks. */
function plainWords(markdown: string): string {
  return markdown
    .replace(/!?\[([^\][]{0,200})\](?:\([^()]{0,200}\))?/g, '$1')
    .replace(/<[^<>]{0,200}>|[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
