import { l10n, QuickPickItemKind, TabInputCustom, TabInputText, Uri, window, workspace } from 'vscode';
import { baseName, displayPath } from '../uris';
import { askOne, askSeveral } from './quickInput';
import type { Choice } from './typedChoices';
import { BACK, type Back, type Position } from './wizard';

const IMAGE_NAME = /\.(?:png|jpe?g|webp|avif|gif|bmp|tiff?)$/i;
const IMAGE_GLOB = '**/*.{png,jpg,jpeg,webp,avif,gif,bmp,tif,tiff,PNG,JPG,JPEG,WEBP,AVIF,GIF,BMP,TIF,TIFF}';
const MOST_LISTED = 2000;

/** The pictures that a person means: those selected, else the one in front of them, else what they pick. Undefined where they turned away. */
export async function pickImages(uris: readonly Uri[], title: string, least: number): Promise<readonly Uri[] | undefined> {
  const images = uris.filter(isImage);
  // A file that was named all the same, whatever its name: reading it tells what it is.
  if (uris.length > 0 && images.length < least && uris.length >= least) return uris;
  if (images.length >= least && images.length > 0) return images;
  const front = imageInFront();
  if (least === 1 && front) return [front];
  const position: Position = { title, step: 1, total: 1, canGoBack: false };
  const picked = least > 1 ? await pickSeveral(position, least, images) : await pickImage(position, l10n.t('Which picture?'));
  if (picked === undefined || picked === BACK) return undefined;
  return picked instanceof Uri ? [picked] : picked;
}

/** Asks for one picture of the workspace, or any other by *Browse…*. Undefined where the person turned away. */
export async function pickImage(position: Position, placeholder: string): Promise<Uri | Back | undefined> {
  const browse = 'browse';
  const picked = await askOne<Uri | typeof browse>(position, {
    placeholder,
    choices: [{ label: `$(folder-opened) ${l10n.t('Browse…')}`, value: browse }, { label: '', kind: QuickPickItemKind.Separator }, ...(await imageChoices())],
  });
  if (picked !== browse) return picked;
  const chosen = await window.showOpenDialog({ canSelectMany: false, title: placeholder, filters: { [l10n.t('Images')]: ['png', 'jpg', 'jpeg', 'webp', 'avif', 'gif', 'bmp', 'tif', 'tiff'] } });
  return chosen?.[0];
}

/** Whether a file is an image by its name. */
export function isImage(uri: Uri): boolean {
  return IMAGE_NAME.test(uri.path);
}

/** Those that are named already stand first, ticked: the first picture may count for more than the others. */
async function pickSeveral(position: Position, least: number, named: readonly Uri[]): Promise<readonly Uri[] | Back | undefined> {
  const others = (await imageChoices()).filter(({ value }) => !named.some((uri) => uri.toString() === value?.toString()));
  return askSeveral(position, { placeholder: l10n.t('Which pictures? At least {0}', least), choices: [...named.map((uri) => ({ ...imageChoice(uri), picked: true })), ...others] }, least);
}

async function imageChoices(): Promise<Choice<Uri>[]> {
  const files = await workspace.findFiles(IMAGE_GLOB, '**/node_modules/**', MOST_LISTED);
  return files.map(imageChoice).sort((a, b) => a.label.localeCompare(b.label));
}

function imageChoice(file: Uri): Choice<Uri> {
  return { label: baseName(file), description: displayPath(file).slice(0, -baseName(file).length), value: file };
}

function imageInFront(): Uri | undefined {
  const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return shown && isImage(shown) ? shown : undefined;
}
