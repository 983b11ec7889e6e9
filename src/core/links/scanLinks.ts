import type { CodeOptions } from './codeModes';
import { Finder } from './finder';
import { Findings } from './findings';
import type { ImageLink } from './imageLink';
import { CodeScanner } from './scanCode';
import { scanCss } from './scanCss';
import { scanMarkdown } from './scanMarkdown';

type Scan = (text: string, findings: Findings) => void;

const code = (options: CodeOptions): Scan => (text, findings) => new CodeScanner(new Finder(text), 0, text.length, options, findings).run();
const css = (lineComments: boolean): Scan => (text, findings) => scanCss(text, 0, text.length, { lineComments }, findings.add);
const page: CodeOptions = { begins: 'markup', braces: false, jsx: false };
const component: CodeOptions = { begins: 'markup', braces: true, jsx: true };
const html = code(page);
const jsx = code({ begins: 'script', braces: true, jsx: true });

/** An Astro component begins with code between two lines of dashes. */
const astro: Scan = (text, findings) => {
  const opening = /^\s*---/.exec(text)?.[0].length ?? 0;
  const close = opening > 0 ? text.indexOf('\n---', opening) : -1;
  const finder = new Finder(text);
  if (close >= 0) new CodeScanner(finder, opening, close, { begins: 'script', braces: true, jsx: false }, findings).run();
  new CodeScanner(finder, close < 0 ? 0 : close + 4, text.length, component, findings).run();
};

/** How each language is read, by VS Code's language id. */
const SCANS: Readonly<Record<string, Scan>> = {
  markdown: (text, findings) => scanMarkdown(text, { mdx: false }, findings),
  mdx: (text, findings) => scanMarkdown(text, { mdx: true }, findings),
  html,
  vue: html,
  svelte: code({ ...component, jsx: false }),
  astro,
  css: css(false),
  scss: css(true),
  less: css(true),
  javascript: jsx,
  javascriptreact: jsx,
  typescript: code({ begins: 'script', braces: true, jsx: false }),
  typescriptreact: jsx,
};

/** The languages' files, by the ending of their names, for documents that no editor has open. */
export const LANGUAGE_OF_ENDING: Readonly<Record<string, string>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'mdx',
  html: 'html',
  htm: 'html',
  vue: 'vue',
  svelte: 'svelte',
  astro: 'astro',
  css: 'css',
  scss: 'scss',
  less: 'less',
  js: 'javascript',
  mjs: 'javascript',
  jsx: 'javascriptreact',
  ts: 'typescript',
  tsx: 'typescriptreact',
};

/** The local pictures that a document names, in the order of its text; none for a language that is not read. Takes time in proportion to the text's length. */
export function scanLinks(languageId: string, text: string): ImageLink[] {
  const scan = Object.hasOwn(SCANS, languageId) ? SCANS[languageId] : undefined;
  if (!scan) return [];
  const findings = new Findings();
  scan(text, findings);
  return findings.all();
}
