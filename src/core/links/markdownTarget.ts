import * as code from './characterCodes';
import { MAX_ADDRESS, type LinkDraft } from './imageLink';

/** A link's target with the offsets of its address, and where the text goes on. */
export interface Target {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

const MAX_TITLE = 1000;
const MAX_PARENTHESES = 32;
/** Pandoc's and kramdown's `{width=640 height=480}`, markdown-it's ` =640x480`. */
const SIZE_AFTER = /\{[^{}\n]{0,200}\}/y;

/** Reads what stands between the parentheses of a link: an address, bare or in angle brackets, and perhaps a title. Undefined where it is no link. */
export function readTarget(text: string, from: number, end: number): Target | undefined {
  const start = skipSpace(text, from, end);
  let at = start;
  let depth = 0;
  const isAngled = text[start] === '<';
  const last = Math.min(end, start + MAX_ADDRESS + 1);
  while (at < last) {
    const character = text.charCodeAt(at);
    if (character === code.BACKSLASH) at += 1;
    else if (isAngled) {
      if (character === code.GREATER_THAN || character === code.LINE_FEED) break;
    } else if (code.isSpaceCode(character)) break;
    else if (character === code.OPENING_PARENTHESIS && (depth += 1) > MAX_PARENTHESES) return undefined;
    else if (character === code.CLOSING_PARENTHESIS && (depth -= 1) < 0) break;
    at += 1;
  }
  if (isAngled && text[at] !== '>') return undefined;
  const rest = skipSpace(text, isAngled ? at + 1 : at, end);
  const closing = text[rest] === ')' ? rest : afterTitle(text, rest, end);
  return closing === undefined ? undefined : { start: isAngled ? start + 1 : start, end: Math.min(at, end), next: closing + 1 };
}

/** The closing parenthesis behind a title, or behind markdown-it's ` =640x480`. */
function afterTitle(text: string, from: number, end: number): number | undefined {
  const piece = text.slice(from, Math.min(end, from + MAX_TITLE));
  const match = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)|=\d{0,5}x\d{0,5})\s*(?=\))/s.exec(piece);
  return match ? from + match[0].length : undefined;
}

/** Adds the size that is written behind a link's address or, from `next` on, behind the link. */
export function describeSize(link: LinkDraft, text: string, next: number, end: number): void {
  const hasAttributes = next < end && text[next] === '{';
  if (!hasAttributes && next === link.end + 1) return;
  SIZE_AFTER.lastIndex = next;
  const attributes = hasAttributes ? (SIZE_AFTER.exec(text)?.[0] ?? '') : '';
  const [, imsizeWidth, imsizeHeight] = /=(\d{1,5})x(\d{1,5})\s*\)$/.exec(text.slice(Math.max(link.end, next - 20), next)) ?? [];
  const width = Number(imsizeWidth ?? /\bwidth="?(\d{1,5})(?:px)?["\s}]/.exec(attributes)?.[1] ?? 0);
  const height = Number(imsizeHeight ?? /\bheight="?(\d{1,5})(?:px)?["\s}]/.exec(attributes)?.[1] ?? 0);
  if (width > 0) link.width = width;
  if (height > 0) link.height = height;
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && at - from < MAX_TITLE && code.isSpaceCode(text.charCodeAt(at))) at += 1;
  return at;
}
