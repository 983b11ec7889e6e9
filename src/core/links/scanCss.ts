import { BACKSLASH, isSpaceCode, LINE_FEED } from './characterCodes';
import { codePoint } from './entities';
import { isLocalImage, MAX_ADDRESS, type Emit } from './imageLink';

/** What matters in a style sheet: comments, strings, addresses, and where a declaration ends. */
const TOKEN = /\/\*|\/\/|["']|\burl\(|\bimage-set\(|[;{}]/gi;

export interface CssOptions {
  /** Whether `//` begins a comment: in SCSS, Less and their kin. */
  readonly lineComments: boolean;
}

/** Finds the pictures of a style sheet, which is `text` from `start` to `end`: `url(…)`, quoted or not, and the strings of `image-set(…)`. Looks at each character a fixed number of times. */
export function scanCss(text: string, start: number, end: number, { lineComments }: CssOptions, emit: Emit): void {
  // A piece of its own, so that nothing is looked for behind its end.
  const css = text.slice(start, end);
  const token = new RegExp(TOKEN);
  let inImageSet = false;
  for (let match = token.exec(css); match; match = token.exec(css)) {
    const [word] = match;
    const after = match.index + word.length;
    if (word === '/*') token.lastIndex = orEnd(css.indexOf('*/', after), css.length);
    else if (word === '//') {
      if (lineComments) token.lastIndex = orEnd(css.indexOf('\n', after), css.length);
    } else if (word === '"' || word === "'") {
      const close = quotedEnd(css, word, after);
      if (inImageSet) found(css, after, close, start, emit);
      token.lastIndex = close + 1;
    } else if (word === ';' || word === '{' || word === '}') inImageSet = false;
    else if (word.length === 4) token.lastIndex = scanUrl(css, after, start, emit);
    else inImageSet = true;
  }
}

/** Reads what stands in `url(`; answers where to go on. */
function scanUrl(css: string, from: number, offset: number, emit: Emit): number {
  let start = from;
  while (isSpaceCode(css.charCodeAt(start))) start += 1;
  const quote = css[start];
  if (quote === '"' || quote === "'") {
    const close = quotedEnd(css, quote, start + 1);
    found(css, start + 1, close, offset, emit);
    return close + 1;
  }
  let at = start;
  while (at < css.length && at - start <= MAX_ADDRESS && !/[);}\n]/.test(css[at] ?? '')) at += css[at] === '\\' ? 2 : 1;
  let end = Math.min(at, css.length);
  while (end > start && isSpaceCode(css.charCodeAt(end - 1))) end -= 1;
  found(css, start, end, offset, emit);
  return at;
}

function found(css: string, start: number, end: number, offset: number, emit: Emit): void {
  if (end - start > MAX_ADDRESS) return;
  const address = unescapeCss(css.slice(start, end));
  // `@{name}` is Less's; webpack's tilde asks for a module.
  if (address.startsWith('@{') || !isLocalImage(address)) return;
  emit({ start: offset + start, end: offset + end, address, kind: address.startsWith('~') ? 'module' : 'url' });
}

/** Where a string ends: at its quote, or at the end of the line where that is missing. */
function quotedEnd(text: string, quote: '"' | "'", start: number): number {
  const quoteCode = quote.charCodeAt(0);
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quoteCode || code === LINE_FEED) return at;
    if (code === BACKSLASH && text.charCodeAt(at + 1) !== LINE_FEED) at += 1;
  }
  return text.length;
}

/** Whether an odd number of backslashes stands before a place. */
export function isEscaped(text: string, at: number, start: number): boolean {
  let backslashes = 0;
  while (at - backslashes > start && text[at - backslashes - 1] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function unescapeCss(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(?:([0-9a-f]{1,6})\s?|([^\n]))/gi, (_, hex: string | undefined, plain: string | undefined) => plain ?? codePoint(Number.parseInt(hex ?? '', 16)))
    : text;
}

function orEnd(index: number, end: number): number {
  return index < 0 ? end : index;
}
