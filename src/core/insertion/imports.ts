import type { Import } from './pictureLink';

/** A text that goes into a document at an offset. */
export interface Addition {
  readonly offset: number;
  readonly text: string;
}

const STATEMENT = /^[ \t]*import\b[^;'"]{0,2000}['"][^'"\n]*['"][ \t]*;?[ \t]*$/gm;
/** What must stay at the top of a module. */
const HEAD = /^(?:#![^\n]*\n)?(?:[ \t]*(['"])use [a-z ]+\1;?[ \t]*\r?\n)*/;

/** Where imports go in a document and what is written there; undefined where it has them all. In components they go into the script, which is made where it is missing. */
export function addImports(languageId: string, text: string, imports: readonly Import[]): Addition | undefined {
  const missing = imports.filter(({ name, from }) => !new RegExp(`import\\s[^'"]{0,2000}\\b${escaped(name)}\\b[^'"]{0,2000}['"]${escaped(from)}['"]`).test(text));
  if (missing.length === 0) return undefined;
  const { start, end, open, close } = scriptOf(languageId, text);
  const script = text.slice(start, end);
  const indent = /^([ \t]*)import\b/m.exec(script)?.[1] ?? '';
  const lines = missing.map(({ name, from, braces }) => `${indent}import ${braces ? `{ ${name} }` : name} from '${from.replace(/[\\']/g, '\\$&')}';`);
  const last = [...script.matchAll(STATEMENT)].at(-1);
  if (last) return { offset: start + last.index + last[0].length, text: `\n${lines.join('\n')}` };
  const head = start === 0 ? (HEAD.exec(script)?.[0].length ?? 0) : 0;
  return { offset: start + head, text: `${open}${lines.join('\n')}\n${close}` };
}

/** The part of a document that holds its code, and what surrounds it where it must be made. */
function scriptOf(languageId: string, text: string): { readonly start: number; readonly end: number; readonly open: string; readonly close: string } {
  const whole = { start: 0, end: text.length, open: '', close: '' };
  if (languageId === 'vue' || languageId === 'svelte') {
    const opening = /<script\b[^>]{0,500}>[ \t]*\r?\n?/.exec(text);
    if (!opening) return { ...whole, end: 0, open: languageId === 'vue' ? '<script setup>\n' : '<script>\n', close: '</script>\n\n' };
    const start = opening.index + opening[0].length;
    return { ...whole, start, end: endOf(text, '</script', start) };
  }
  if (languageId === 'astro') {
    const opening = /^\s*---[ \t]*\r?\n/.exec(text)?.[0].length;
    return opening === undefined ? { ...whole, end: 0, open: '---\n', close: '---\n\n' } : { ...whole, start: opening, end: endOf(text, '\n---', opening - 1) };
  }
  if (languageId === 'mdx') {
    const matter = /^---\r?\n[^]*?\n---[ \t]*\r?\n/.exec(text)?.[0].length ?? 0;
    return { ...whole, start: matter, close: '\n' };
  }
  return { ...whole, close: /^\s*import\b/.test(text) ? '' : '\n' };
}

function endOf(text: string, needle: string, from: number): number {
  const at = text.indexOf(needle, from);
  return at < 0 ? text.length : at;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
