import { commands, type Uri } from 'vscode';
import { VIEW_TYPE } from './viewType';

/** What the manifest's selector takes. */
const EDITABLE = /\.(?:png|jpe?g|webp|gif|bmp)$/i;

/** Opens one picture in the image editor; false where it has to be edited in another way: there are several, or it is of a format that no page shows. */
export async function openImageEditor(uris: readonly Uri[]): Promise<boolean> {
  const [uri, ...others] = uris;
  if (!uri || others.length > 0 || !EDITABLE.test(uri.path)) return false;
  await commands.executeCommand('vscode.openWith', uri, VIEW_TYPE);
  return true;
}
