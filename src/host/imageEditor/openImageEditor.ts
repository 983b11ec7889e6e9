import { commands, type Uri } from 'vscode';
import { IMAGE_EDITOR_VIEW_TYPE } from '../viewTypes';

/** What the manifest's selector takes. */
const EDITABLE = /\.(?:png|jpe?g|webp|avif|gif|bmp)$/i;

/** Whether the files can be painted on: one picture, of a format that a page shows. */
export function isPaintable(uris: readonly Uri[]): boolean {
  const [uri, ...others] = uris;
  return uri !== undefined && others.length === 0 && EDITABLE.test(uri.path);
}

/** Opens a picture in the image editor. */
export async function openImageEditor(uri: Uri): Promise<void> {
  await commands.executeCommand('vscode.openWith', uri, IMAGE_EDITOR_VIEW_TYPE);
}
