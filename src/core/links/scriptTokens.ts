import type { CodeScanner } from './scanCode';
import { scanCss } from './scanCss';
import type { Attribute } from './tagLinks';

/** In code: what is known of the tokens just read. */
export interface ScriptMode {
  readonly kind: 'script';
  /** The attribute whose value this code is. */
  readonly attribute: Attribute | undefined;
  /** Whether the last token ended an operand: a slash then divides, and a `<` compares. */
  operand: boolean;
  /** Whether the last token was a plus: then a literal is only a part of an address. */
  joined: boolean;
  /** The last token, if it was a word, and the word before it. */
  word: string;
  before: string;
  /** The word before the parenthesis that was the last token. */
  callee: string;
  /** Takes the literal between backticks that has just ended. */
  literal?: (start: number, end: number) => void;
  /** Adds the literal that was read last, once it is known that no plus follows. */
  settle?: (() => void) | undefined;
}

/** Words after which an expression begins. */
const NO_OPERAND = new Set(['return', 'case', 'typeof', 'default', 'yield', 'await', 'else', 'do', 'in', 'of', 'delete', 'void', 'throw', 'new']);
const SPACE = /\s+/y;
const WORD = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
/** Ends with its line, so that a slash that was none costs no more than that. */
const REGEXP = /\/(?:[^\\/[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,500}\]?){0,2000}\/?\w{0,10}/y;

/** Reads the next token of code. */
export function scanScriptToken(scanner: CodeScanner, mode: ScriptMode): void {
  if (scanner.take(SPACE)) return;
  const { text, at } = scanner;
  const character = text[at];
  if (character === '/' && text[at + 1] === '/') return scanner.skipPast('\n');
  if (character === '/' && text[at + 1] === '*') return scanner.skipPast('*/');
  if (character === '+') mode.settle = undefined;
  else {
    mode.settle?.();
    mode.settle = undefined;
  }
  if (character === '"' || character === "'") return readString(scanner, mode, character);
  if (character === '`') {
    scanner.at += 1;
    const context = { ...mode };
    mode.literal = (start, end) => addLiteral(scanner, mode, context, start, end);
    passed(mode, { operand: true });
    return scanner.openTemplate();
  }
  if (character === '<' && scanner.options.jsx && !mode.operand && scanner.openElement()) return passed(mode, {});
  const word = scanner.take(WORD)?.[0];
  if (word !== undefined) return readWord(mode, word);
  const number = scanner.take(NUMBER)?.[0];
  if (number !== undefined) {
    mode.attribute?.literals.push({ start: at, end: at + number.length, text: number, kind: 'url' });
    return passed(mode, { operand: true });
  }
  if (character === '/' && !mode.operand && scanner.take(REGEXP)) return passed(mode, { operand: true });
  scanner.at += 1;
  if (character === '}') return scanner.closeScript(mode);
  if (character === '(') passed(mode, { callee: mode.word });
  else passed(mode, { operand: character === ')' || character === ']', joined: character === '+' });
  if (character === '{') scanner.openScript();
}

/** Notes the token that was read. */
function passed(mode: ScriptMode, { operand = false, joined = false, callee = '' }: { operand?: boolean; joined?: boolean; callee?: string }): void {
  mode.operand = operand;
  mode.joined = joined;
  mode.callee = callee;
  mode.before = mode.word;
  mode.word = '';
}

function readWord(mode: ScriptMode, word: string): void {
  const isFirst = mode.word === '' && !mode.operand;
  passed(mode, { operand: !NO_OPERAND.has(word) });
  mode.word = word;
  if (mode.attribute && isFirst && mode.attribute.literals.length === 0) mode.attribute.identifier ??= word;
}

/** A string ends with its quote, or with its line. */
function readString(scanner: CodeScanner, mode: ScriptMode, quote: string): void {
  const { text, end } = scanner;
  const start = scanner.at + 1;
  let at = start;
  while (at < end && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  const close = Math.min(at, end);
  scanner.at = text[close] === quote ? close + 1 : close;
  const context = { ...mode };
  passed(mode, { operand: true });
  if (text[close] === quote) addLiteral(scanner, mode, context, start, close);
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
