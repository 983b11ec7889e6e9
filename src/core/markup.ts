import type { Extent } from './geometry';

/** A picture as a document links to it. */
export interface PictureLink {
  /** Relative to the document or a whole URI; not encoded. */
  readonly path: string;
  /** May be empty. */
  readonly alt: string;
  readonly extent: Extent;
}

/** A link as text; the alt text is apart, so that an editor can select it. Empty where the form has none. */
export interface LinkMarkup {
  readonly before: string;
  readonly alt: string;
  readonly after: string;
}

type Form = (link: PictureLink) => LinkMarkup;

const markdown: Form = ({ path, alt }) => ({ before: '![', alt: oneLine(alt).replace(/[\\[\]]/g, '\\$&'), after: `](${encodePath(path)})` });

/** MDX reads braces as code and angle brackets as tags, also in an alt text. */
const mdx: Form = ({ path, alt }) => ({ before: '![', alt: oneLine(alt).replace(/[\\[\]{}<>]/g, '\\$&'), after: `](${encodePath(path)})` });

const html: Form = ({ path, alt, extent }) => ({
  before: `<img src="${escapeAttribute(encodePath(path))}" alt="`,
  alt: escapeAttribute(oneLine(alt)),
  after: `" width="${extent.width}" height="${extent.height}">`,
});

const jsx: Form = ({ path, alt, extent }) => ({
  before: `<img src="${escapeAttribute(encodePath(path))}" alt="`,
  alt: escapeAttribute(oneLine(alt)),
  after: `" width={${extent.width}} height={${extent.height}} />`,
});

const css: Form = ({ path }) => ({ before: `url("${encodePath(path)}")`, alt: '', after: '' });

const restructuredText: Form = ({ path, alt, extent }) => ({
  before: `.. image:: ${encodePath(path)}\n   :alt: `,
  alt: oneLine(alt),
  after: `\n   :width: ${extent.width}\n   :height: ${extent.height}`,
});

const asciidoc: Form = ({ path, alt, extent }) => ({
  before: `image::${encodePath(path)}["`,
  alt: oneLine(alt).replace(/["\]]/g, '\\$&'),
  after: `",${extent.width},${extent.height}]`,
});

/** Typst reads files by their names, not by URIs. */
const typst: Form = ({ path, alt }) => ({ before: `#image("${escapeString(path)}", alt: "`, alt: escapeString(oneLine(alt)), after: '")' });

/** LaTeX too. */
const latex: Form = ({ path, alt }) => ({ before: '\\includegraphics[width=\\linewidth, alt={', alt: escapeTex(oneLine(alt)), after: `}]{${path.replace(/[%#]/g, '\\$&')}}` });

const bare: Form = ({ path }) => ({ before: path, alt: '', after: '' });

/** Each language's own form, by VS Code's language id. */
const FORMS: Readonly<Record<string, Form>> = {
  markdown,
  mdx,
  quarto: markdown,
  html,
  vue: html,
  svelte: html,
  astro: html,
  php: html,
  handlebars: html,
  razor: html,
  css,
  scss: css,
  less: css,
  sass: css,
  stylus: css,
  javascriptreact: jsx,
  typescriptreact: jsx,
  restructuredtext: restructuredText,
  asciidoc,
  typst,
  latex,
  tex: latex,
};

/** A picture's link in a language's own form; the bare path where the language has none. */
export function linkMarkup(languageId: string, link: PictureLink): LinkMarkup {
  const form = Object.hasOwn(FORMS, languageId) ? FORMS[languageId] : undefined;
  return (form ?? bare)(link);
}

/** Percent-encodes what would end a link, open a query or a fragment, or be decoded to something else; letters of every script stay readable. */
export function encodePath(path: string): string {
  return path.replace(/[\s\p{Cc}"%#?()'<>\\^`{|}]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\{/g, '&#123;').replace(/\}/g, '&#125;');
}

function escapeString(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}

const TEX: Readonly<Record<string, string>> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };

function escapeTex(text: string): string {
  return text.replace(/[\\~^{}%#&$_]/g, (character) => TEX[character] ?? `\\${character}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
