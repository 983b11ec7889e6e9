/** Percent-encodes what would end a link, open a query or a fragment, or be decoded to something else; letters of every script stay readable. */
export function encodePath(path: string): string {
  return path.replace(/[\s\p{Cc}"%#?()'<>\\^`{|}]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/** For a text between double quotes in HTML, JSX and the templates of frameworks. */
export function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\{/g, '&#123;').replace(/\}/g, '&#125;');
}

/** For a string between double quotes in Typst. */
export function escapeString(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}

/** For a string between single quotes in JavaScript, and in Dart, which reads a dollar sign as code. */
export function escapeQuoted(text: string): string {
  return text.replace(/[\\'$]/g, '\\$&');
}

const TEX: Readonly<Record<string, string>> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };

export function escapeTex(text: string): string {
  return text.replace(/[\\~^{}%#&$_]/g, (character) => TEX[character] ?? `\\${character}`);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
