import type { Uri } from 'vscode';
import type { ImageLink } from '../../core/links/imageLink';

/** A link of a document whose picture is not there. */
export interface MissingLink {
  readonly link: ImageLink;
  /** Where the file belongs. */
  readonly target: Uri;
}

/** A document with what it misses. */
export interface MissingInDocument {
  readonly document: Uri;
  readonly missing: readonly MissingLink[];
}

/** Longer documents are not looked through, in UTF-16 units: reading one would be felt. */
export const MAX_LENGTH = 512 * 1024;
