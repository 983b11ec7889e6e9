import { WorkspaceEdit, type TextDocument } from 'vscode';
import type { Addition } from '../../core/insertion/imports';
import type { Linkable } from './pictureOf';

/** A picture that has no file yet: it is written together with the link. */
export interface UnwrittenPicture extends Linkable {
  readonly bytes: Uint8Array;
  /** What is to be noted once the file is there. */
  readonly written?: () => Promise<void>;
}

export function isUnwritten(picture: Linkable | UnwrittenPicture): picture is UnwrittenPicture {
  return 'bytes' in picture;
}

/** What must happen beside the links: files that are not there yet, and imports. Together with the links it is one step to undo. */
export function besideLinks(document: TextDocument, pictures: readonly (Linkable | UnwrittenPicture)[], imports: Addition | undefined): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { uri, bytes } of pictures.filter(isUnwritten)) edit.createFile(uri, { contents: bytes });
  if (imports) edit.insert(document.uri, document.positionAt(imports.offset), imports.text);
  return edit;
}
