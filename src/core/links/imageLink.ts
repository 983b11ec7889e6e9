import type { WriteFormat } from '../image';

/** A picture of this project as a document names it. Offsets are in UTF-16 units of the document's text. */
export interface ImageLink {
  /** Where the address begins, without quotes and brackets. */
  readonly start: number;
  readonly end: number;
  /** The address without the language's own escapes. A `url` is still percent-encoded and may have a query and a fragment. */
  readonly address: string;
  /** `url` is what a browser loads, `module` what a bundler imports: only that may be an alias of `tsconfig.json`. */
  readonly kind: 'url' | 'module';
  /** Undefined where the place has none. */
  readonly alt?: string;
  /** The heading above, or the page's title. */
  readonly heading?: string;
  /** In CSS pixels, from the attributes. */
  readonly width?: number;
  readonly height?: number;
  /** Device pixels for each CSS pixel: the `2x` of a `srcset`. */
  readonly density?: number;
  /** The picture's own width in pixels: the `800w` of a `srcset`. */
  readonly ownWidth?: number;
  /** Id of the purpose that the place in the document tells: an `og:image` is an `og-card`. */
  readonly purpose?: string;
}

/** A link that is being described. Long documents have thousands: properties are set one by one, since copying an object costs more than finding the link. */
export type LinkDraft = { -readonly [Name in keyof ImageLink]: ImageLink[Name] };

/** Takes what a scanner finds. */
export type Emit = (link: LinkDraft) => void;

/** Formats that can be generated, by the endings of file names in lower case. An SVG, a GIF or an ICO is no picture that a model draws. */
const GENERATED_FORMATS: Readonly<Record<string, WriteFormat>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp', avif: 'avif' };

/** The longest address that is looked at, in UTF-16 units. */
export const MAX_ADDRESS = 2000;

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;
/** Placeholders of template languages, shells and bundlers: what they stand for is not known here. */
const TEMPLATE = /[{}<>]|%[A-Z_]+%|#\{|\*/;

/** The format that a file of this name is generated in; undefined for any other. */
export function generatedFormat(name: string): WriteFormat | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(GENERATED_FORMATS, ending) ? GENERATED_FORMATS[ending] : undefined;
}

/** Whether an address names a picture of the project that could be generated: no scheme, no other host, no template, the right ending. */
export function isLocalImage(address: string): boolean {
  if (address.length > MAX_ADDRESS || address.length < 5) return false;
  const path = withoutQuery(address);
  const dot = path.lastIndexOf('.');
  const before = path[dot - 1];
  if (dot < 1 || before === '/' || before === '\\' || generatedFormat(path) === undefined) return false;
  return !address.startsWith('//') && !address.startsWith('\\\\') && !SCHEME.test(path) && !TEMPLATE.test(path);
}

/** An address up to its query or fragment. What begins with `#` may be a module's alias. */
export function withoutQuery(address: string): string {
  const query = address.indexOf('?', 1);
  const fragment = address.indexOf('#', 1);
  if (query < 0 && fragment < 0) return address;
  return address.slice(0, query < 0 || (fragment >= 0 && fragment < query) ? fragment : query);
}
