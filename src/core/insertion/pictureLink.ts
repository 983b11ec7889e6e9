import type { Extent } from '../geometry';

/** A picture as a document links to it. */
export interface PictureLink {
  /** Relative to the document or a whole URI; not encoded. */
  readonly path: string;
  /** The path from the site's root, `/img/a.png`, where the file lies in a folder that is served as it is. */
  readonly served?: string;
  /** May be empty. */
  readonly alt: string;
  readonly extent: Extent;
  /** The same picture in other formats, beside it; the best first. */
  readonly alternatives?: readonly Alternative[];
}

export interface Alternative {
  /** Like that of the picture. */
  readonly path: string;
  readonly type: 'image/avif' | 'image/webp';
}

/** A link as text; the alt text is apart, so that an editor can select it. Empty where the form has none. */
export interface LinkMarkup {
  readonly before: string;
  readonly alt: string;
  readonly after: string;
  /** What the document must import for it. */
  readonly imports?: readonly Import[];
}

/** `import name from 'from'`; in braces where the module has it by that name. */
export interface Import {
  readonly name: string;
  readonly from: string;
  readonly braces?: true;
}
