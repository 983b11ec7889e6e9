import { FileSystemError, Uri, workspace } from 'vscode';
import { ImageError } from '../../core/errors';
import { LIST_FILE } from '../../core/list/pictureList';
import { baseName, displayPath, firstFolder, parentOf } from '../uris';
import { faultWords } from './listWords';
import { parseList, placeAt, type ListFault, type PictureList } from './parseList';

/** Above this no list is read, in bytes. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** A project's `easel.json` as its editor shows it, saved or not, else as it lies on the disk. */
export interface ProjectList extends PictureList {
  readonly uri: Uri;
  /** The folder that its paths start from and stay in. */
  readonly folder: Uri;
}

/** The list that a call means: the file that it names, else that of the first workspace folder. Rejects with `no-workspace`, and `bad-path` for another file or one outside the workspace. */
export function listUri(named: Uri | undefined): Uri {
  if (!named) return Uri.joinPath(firstFolder(), LIST_FILE);
  if (baseName(named) !== LIST_FILE) throw new ImageError('bad-path', `A picture list is named ${LIST_FILE}: ${displayPath(named)} is not.`);
  if (!workspace.getWorkspaceFolder(named)) throw new ImageError('bad-path', `${displayPath(named)} lies outside the workspace.`);
  return named;
}

/** Reads a list. Undefined where there is none; rejects with `bad-argument`, naming line and column, where it has a fault. */
export async function readList(uri: Uri): Promise<ProjectList | undefined> {
  const text = await readText(uri);
  if (text === undefined) return undefined;
  const { list, faults } = parseList(text);
  const [fault] = faults;
  if (!list || fault) throw refusal(uri, text, fault);
  return { ...list, uri, folder: parentOf(uri) };
}

/** Reads a list for its style alone: what is wrong with its pictures is nobody's business then. Rejects like `readList`. */
export async function readListStyle(uri: Uri): Promise<PictureList['style']> {
  const text = await readText(uri);
  if (text === undefined) return undefined;
  const { list, faults } = parseList(text);
  if (!list) throw refusal(uri, text, faults[0]);
  return list.style;
}

function refusal(uri: Uri, text: string, fault: ListFault | undefined): ImageError {
  const { line, column } = placeAt(text, fault ?? { start: 0, end: 0 });
  return new ImageError('bad-argument', `${displayPath(uri)}:${line}:${column}: ${fault ? faultWords(fault) : ''}`);
}

async function readText(uri: Uri): Promise<string | undefined> {
  const unsaved = workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
  if (unsaved) return unsaved.getText();
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > MAX_LIST_BYTES) throw new ImageError('bad-argument', `${displayPath(uri)} is too large for a list.`);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
