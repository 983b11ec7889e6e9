import type { Extent } from './geometry';
import { encodePath } from './markup';

/** A picture and its dark twin, as a document names them: relative to it or whole URIs, not encoded. */
export interface TwoPictures {
  readonly light: string;
  readonly dark: string;
  readonly alt: string;
  readonly extent: Extent;
}

/** The languages whose tags are JSX. */
const JSX = ['javascriptreact', 'typescriptreact', 'mdx'];

/** A `<picture>` that shows the dark one where the reader prefers dark pages: HTML, which Markdown takes too, or JSX. */
export function darkPictureMarkup(languageId: string, { light, dark, alt, extent }: TwoPictures): string {
  const { width, height } = extent;
  const jsx = JSX.includes(languageId);
  const size = jsx ? `width={${width}} height={${height}} />` : `width="${width}" height="${height}">`;
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" ${jsx ? 'srcSet' : 'srcset'}="${attribute(encodePath(dark).replaceAll(',', '%2C'))}"${jsx ? ' />' : '>'}`,
    `  <img src="${attribute(encodePath(light))}" alt="${attribute(alt.replace(/\s+/g, ' ').trim())}" ${size}`,
    '</picture>',
  ].join('\n');
}

/** Braces are code in JSX and in some templates, and text everywhere when written so. */
function attribute(text: string): string {
  return text.replace(/[&"<>{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}
