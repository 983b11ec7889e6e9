/** UTF-16 codes of the characters that decide: where a long text is walked through, numbers are compared much faster than strings. */
export const LINE_FEED = 0x0a;
export const DOUBLE_QUOTE = 0x22;
export const SINGLE_QUOTE = 0x27;
export const OPENING_PARENTHESIS = 0x28;
export const CLOSING_PARENTHESIS = 0x29;
export const ASTERISK = 0x2a;
export const PLUS = 0x2b;
export const FULL_STOP = 0x2e;
export const SLASH = 0x2f;
export const LESS_THAN = 0x3c;
export const EQUALS = 0x3d;
export const GREATER_THAN = 0x3e;
export const OPENING_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSING_BRACKET = 0x5d;
export const BACKTICK = 0x60;
export const OPENING_BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;

/** Whether it is white space of ASCII, as HTML, CSS and CommonMark have it. NaN, which stands behind a text's end, is not. */
export function isSpaceCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Whether it is a letter of ASCII. */
export function isLetterCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** Whether it may stand in a script's name: a letter, a digit, `_`, `$`, or one of the characters from U+0080 on. */
export function isWordCode(code: number): boolean {
  return isLetterCode(code) || isDigitCode(code) || code === 0x5f || code === 0x24 || (code >= 0x80 && code <= 0xffff);
}

/** Whether it is a digit of ASCII. */
export function isDigitCode(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
