import * as code from './characterCodes';
import { newScript, type ScriptMode, type TemplateMode } from './codeModes';
import { openElement } from './markupTokens';
import type { CodeScanner } from './scanCode';
import { isEscaped, scanCss } from './scanCss';

/** Words after which an expression begins. */
const NO_OPERAND = new Set(['return', 'case', 'typeof', 'default', 'yield', 'await', 'else', 'do', 'in', 'of', 'delete', 'void', 'throw', 'new']);
/** Ends with its line, so that a slash that was none costs no more than that. */
const REGEXP = /\/(?:[^\\/[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,500}\]?){0,2000}\/?\w{0,10}/y;

/** Reads the next token of code. */
export function scanScriptToken(scanner: CodeScanner, mode: ScriptMode): void {
  if (scanner.takeWhile(isScriptSpace)) return;
  const { text, at } = scanner;
  const character = text.charCodeAt(at);
  const next = character === code.SLASH ? text.charCodeAt(at + 1) : 0;
  if (next === code.SLASH) return scanner.skipPast('\n');
  if (next === code.ASTERISK) return scanner.skipPast('*/');
  if (mode.settle) {
    if (character !== code.PLUS) mode.settle();
    mode.settle = undefined;
  }
  if (code.isWordCode(character)) return code.isDigitCode(character) ? readNumber(scanner, mode) : readWord(scanner, mode);
  if (character === code.DOUBLE_QUOTE || character === code.SINGLE_QUOTE) return readString(scanner, mode, character);
  if (character === code.BACKTICK) return beginTemplate(scanner, mode);
  if (character === code.LESS_THAN && scanner.options.jsx && !mode.operand && openElement(scanner)) return passed(mode, false);
  if (character === code.SLASH && !mode.operand && scanner.take(REGEXP)) return passed(mode, true);
  scanner.at += 1;
  if (character === code.CLOSING_BRACE) {
    scanner.close();
    return;
  }
  const callee = character === code.OPENING_PARENTHESIS ? mode.word : '';
  passed(mode, character === code.CLOSING_PARENTHESIS || character === code.CLOSING_BRACKET);
  mode.callee = callee;
  mode.joined = character === code.PLUS;
  if (character === code.OPENING_BRACE) scanner.open(newScript(undefined));
}

/** Reads the next part of what stands between backticks: up to their end, or into the code of a `${…}`. */
export function scanTemplate(scanner: CodeScanner, mode: TemplateMode): void {
  const { text, finder, end } = scanner;
  const nextStop = (from: number): number => Math.min(finder.find('`', from, end), finder.find('${', from, end));
  let stop = nextStop(mode.from);
  while (stop < end && isEscaped(text, stop, mode.from)) stop = nextStop(stop + 1);
  if (finder.find('url(', mode.from, stop) < stop) scanCss(text, mode.from, stop, { lineComments: false }, scanner.findings.add);
  const isCode = text[stop] === '$';
  scanner.at = Math.min(end, stop + (isCode ? 2 : 1));
  if (stop >= end) return;
  if (isCode) return scanner.open(newScript(undefined));
  const outer = scanner.close();
  if (outer?.kind === 'script' && mode.from === mode.start) outer.literal?.(mode.start, stop);
}

function beginTemplate(scanner: CodeScanner, mode: ScriptMode): void {
  scanner.at += 1;
  const context = { ...mode };
  mode.literal = (start, end) => addLiteral(scanner, mode, context, start, end);
  passed(mode, true);
  scanner.open({ kind: 'template', start: scanner.at, from: scanner.at });
}

/** Notes the token that was read; `operand`: whether it ended one. */
function passed(mode: ScriptMode, operand: boolean): void {
  mode.operand = operand;
  mode.joined = false;
  mode.callee = '';
  mode.before = mode.word;
  mode.word = '';
}

function readWord(scanner: CodeScanner, mode: ScriptMode): void {
  const start = scanner.at;
  scanner.takeWhile(code.isWordCode);
  const word = scanner.text.slice(start, scanner.at);
  const isFirst = mode.word === '' && !mode.operand;
  passed(mode, !NO_OPERAND.has(word));
  mode.word = word;
  if (mode.attribute && isFirst && mode.attribute.literals.length === 0) mode.attribute.identifier ??= word;
}

function readNumber(scanner: CodeScanner, mode: ScriptMode): void {
  const start = scanner.at;
  scanner.takeWhile(isNumberCode);
  mode.attribute?.literals.push({ start, end: scanner.at, text: scanner.text.slice(start, scanner.at), kind: 'url' });
  passed(mode, true);
}

/** A string ends with its quote, or with its line. */
function readString(scanner: CodeScanner, mode: ScriptMode, quote: number): void {
  const { text, end } = scanner;
  const start = scanner.at + 1;
  let at = start;
  let character = text.charCodeAt(at);
  while (at < end && character !== quote && character !== code.LINE_FEED) {
    at += character === code.BACKSLASH ? 2 : 1;
    character = text.charCodeAt(at);
  }
  const close = Math.min(at, end);
  const isClosed = text.charCodeAt(close) === quote;
  scanner.at = isClosed ? close + 1 : close;
  const context = { ...mode };
  passed(mode, true);
  if (isClosed) addLiteral(scanner, mode, context, start, close);
}

/** Takes up a literal; `context` is what stood before it. What it is for is known only when the next token is. */
function addLiteral(scanner: CodeScanner, mode: ScriptMode, context: ScriptMode, start: number, end: number): void {
  if (context.joined || end === start) return;
  const { word, before, callee, attribute } = context;
  const written = scanner.text.slice(start, end);
  const text = written.includes('\\') ? written.replace(/\\(.)/gs, '$1') : written;
  const isModule = word === 'from' || word === 'import' || callee === 'require' || callee === 'import';
  mode.settle = () => {
    const link = { start, end, address: text, kind: isModule ? 'module' : 'url' } as const;
    if (attribute) attribute.literals.push({ start, end, text, kind: link.kind });
    else if (word === 'from') scanner.findings.addImport(before, link);
    else if (isModule || callee === 'URL') scanner.findings.add(link);
    else if (written.includes('url(')) scanCss(scanner.text, start, end, { lineComments: false }, scanner.findings.add);
  };
}

/** White space as scripts have it, which is more than ASCII's. */
function isScriptSpace(character: number): boolean {
  return code.isSpaceCode(character) || character === 0xa0 || character === 0x2028 || character === 0x2029 || character === 0xfeff;
}

function isNumberCode(character: number): boolean {
  return code.isWordCode(character) || character === code.FULL_STOP;
}
