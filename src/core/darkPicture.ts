import type { Extent } from './geometry';
import { encodePath, escapeAttribute, oneLine } from './insertion/escape';

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
    `  <source media="(prefers-color-scheme: dark)" ${jsx ? 'srcSet' : 'srcset'}="${escapeAttribute(encodePath(dark).replaceAll(',', '%2C'))}"${jsx ? ' />' : '>'}`,
    `  <img src="${escapeAttribute(encodePath(light))}" alt="${escapeAttribute(oneLine(alt))}" ${size}`,
    '</picture>',
  ].join('\n');
}
