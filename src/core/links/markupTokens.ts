import * as code from './characterCodes';
import { newScript, type TagMode, type TextMode } from './codeModes';
import type { CodeScanner } from './scanCode';
import { scanCss } from './scanCss';
import { addTagLinks, type Attribute, type Tag } from './tagLinks';

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const TAG_NAME = /<(?:([A-Za-z][\w.:-]*)(?=[\s/>])|(?=>))/y;
/** What begins like a tag in TypeScript, but is a type parameter. */
const TYPE_PARAMETER = /<[A-Z]\w*(?:\s+extends\s|>\s?\()/y;
/** Svelte ends its blocks by `{/if}`: no regular expression begins there. */
const BLOCK_END = /\{\/[a-z]/y;

/** Reads on between tags, up to the next tag or code and into it. */
export function scanText(scanner: CodeScanner, mode: TextMode): void {
  const { text, finder, end, options } = scanner;
  const angle = finder.find('<', scanner.at, end);
  const brace = options.braces ? finder.find('{', scanner.at, end) : end;
  scanner.at = Math.min(angle, brace);
  if (scanner.at >= end) return;
  if (brace < angle) {
    BLOCK_END.lastIndex = brace;
    scanner.at += BLOCK_END.test(text) ? 2 : 1;
    scanner.open(newScript(undefined));
    return;
  }
  const next = text.charCodeAt(angle + 1);
  if (next === code.SLASH) closeTag(scanner, mode);
  else if (text.startsWith('<!--', angle)) scanner.skipPast('-->');
  else if (text.startsWith('<?', angle)) scanner.skipPast('?>');
  else if (text.startsWith('<%', angle)) scanner.skipPast('%>');
  else {
    const tag = takeTagName(scanner);
    if (tag) scanner.open(tag);
    else scanner.at += 1;
  }
}

/** Begins a JSX expression if a tag stands here. */
export function openElement(scanner: CodeScanner): boolean {
  TYPE_PARAMETER.lastIndex = scanner.at;
  if (TYPE_PARAMETER.test(scanner.text)) return false;
  const tag = takeTagName(scanner);
  if (!tag) return false;
  scanner.open({ kind: 'text', depth: 0 });
  scanner.open(tag);
  return true;
}

/** Reads the next part of an opening tag. */
export function scanTag(scanner: CodeScanner, tag: Tag): void {
  if (scanner.takeWhile(code.isSpaceCode)) return;
  const { text, options } = scanner;
  const character = text.charCodeAt(scanner.at);
  if (character === code.GREATER_THAN) {
    scanner.at += 1;
    finishTag(scanner, tag, VOID.has(tag.name));
  } else if (character === code.SLASH) {
    scanner.at += 1;
    if (text[scanner.at] === '>') {
      scanner.at += 1;
      finishTag(scanner, tag, true);
    } else if (text[scanner.at] === '*') scanner.skipPast('*/');
  } else if (character === code.LESS_THAN) finishTag(scanner, tag, true);
  else if (character === code.OPENING_BRACE && options.braces) {
    scanner.at += 1;
    scanner.open(newScript(undefined));
  } else readAttribute(scanner, tag);
}

function takeTagName(scanner: CodeScanner): TagMode | undefined {
  const match = scanner.take(TAG_NAME);
  return match && { kind: 'tag', tag: { name: match[1]?.toLowerCase() ?? '', attributes: new Map() } };
}

function readAttribute(scanner: CodeScanner, tag: Tag): void {
  const { text, options, end } = scanner;
  const nameStart = scanner.at;
  if (!scanner.takeWhile(isNameCode)) {
    scanner.at += 1;
    return;
  }
  const name = text.slice(nameStart, scanner.at).toLowerCase();
  scanner.takeWhile(code.isSpaceCode);
  if (text.charCodeAt(scanner.at) !== code.EQUALS) return;
  scanner.at += 1;
  scanner.takeWhile(code.isSpaceCode);
  const attribute: Attribute = { literals: [] };
  if (!tag.attributes.has(name)) tag.attributes.set(name, attribute);
  const quote = text[scanner.at];
  const start = scanner.at;
  if (quote === '{' && options.braces) {
    scanner.at += 1;
    scanner.open(newScript(attribute));
  } else if (quote === '"' || quote === "'" || (quote === '`' && options.braces)) {
    const close = scanner.finder.find(quote, start + 1, end);
    // While a value is being typed, its end is missing: what follows is read on as attributes.
    scanner.at = close < end ? close + 1 : start + 1;
    if (close < end) attribute.literals.push({ start: start + 1, end: close, text: text.slice(start + 1, close), kind: 'url' });
  } else if (scanner.takeWhile(isUnquotedCode)) {
    attribute.literals.push({ start, end: scanner.at, text: text.slice(start, scanner.at), kind: 'url' });
  }
}

function finishTag(scanner: CodeScanner, tag: Tag, isWhole: boolean): void {
  const mode = scanner.close();
  addTagLinks(tag, scanner.text, scanner.heading.words, scanner.findings);
  scanner.heading.opened(tag.name, scanner.at);
  if (!isWhole && scanner.options.begins === 'markup' && scanner.isOutermost) readRaw(scanner, tag);
  if (mode?.kind !== 'text') return;
  if (!isWhole) mode.depth += 1;
  else if (mode.depth === 0) scanner.close();
}

function closeTag(scanner: CodeScanner, mode: TextMode): void {
  const nameStart = scanner.at + 2;
  const start = scanner.at;
  scanner.at = nameStart;
  scanner.takeWhile(isTagNameCode);
  scanner.heading.closed(scanner.text.slice(nameStart, scanner.at).toLowerCase(), scanner.text, start);
  scanner.skipPast('>');
  mode.depth -= 1;
  if (mode.depth <= 0) scanner.close();
}

/** Scripts and style sheets of a page are no markup. */
function readRaw(scanner: CodeScanner, { name, attributes }: Tag): void {
  if (name !== 'script' && name !== 'style' && name !== 'textarea') return;
  const close = scanner.finder.find(`</${name}`, scanner.at, scanner.end);
  const language = attributes.get('lang')?.literals[0]?.text;
  if (name === 'script') scanner.readScript(close, language?.endsWith('x') ?? false);
  else if (name === 'style') scanCss(scanner.text, scanner.at, close, { lineComments: language !== undefined }, scanner.findings.add);
  scanner.at = close;
}

/** What an attribute's name is made of: all but what would end it. */
function isNameCode(character: number): boolean {
  return isUnquotedCode(character) && character !== code.EQUALS && character !== code.SLASH && character !== code.OPENING_BRACE;
}

function isUnquotedCode(character: number): boolean {
  return character > 0x20 && character !== code.GREATER_THAN && character !== code.LESS_THAN && character !== code.DOUBLE_QUOTE && character !== code.SINGLE_QUOTE;
}

function isTagNameCode(character: number): boolean {
  return code.isLetterCode(character) || code.isDigitCode(character) || character === 0x2d || character === 0x2e || character === 0x3a || character === 0x5f;
}
