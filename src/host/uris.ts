import { Uri, workspace } from 'vscode';
import { ImageError } from '../core/errors';
import type { UriArgument } from './commands/args';

/** A file that a caller or a menu named: relative to the first workspace folder, an absolute path, a URI as text, or a `Uri`. Rejects with `bad-path` and `no-workspace`. */
export function resolveUri(argument: UriArgument): Uri {
  if (typeof argument !== 'string') return argument instanceof Uri ? argument : fromParts(argument);
  const text = argument.trim();
  if (text === '') throw new ImageError('bad-path', 'A file name is empty.');
  if (/^(?:[\\/]|[a-z]:[\\/])/i.test(text)) return Uri.file(text);
  // Two letters at least: one is a Windows drive.
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return fromText(text);
  const folder = firstFolder();
  const uri = Uri.joinPath(folder, text);
  if (!isInside(folder, uri)) throw new ImageError('bad-path', `A relative file must lie in the workspace: ${text}`);
  return uri;
}

/** Whether a file or folder lies below a folder, by its name alone: links are not followed. */
export function isInside(folder: Uri, uri: Uri): boolean {
  const root = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.scheme === folder.scheme && uri.authority === folder.authority && uri.path.startsWith(root);
}

/** The first workspace folder. Rejects with `no-workspace`. */
export function firstFolder(): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new ImageError('no-workspace', 'No folder is open.');
  return folder.uri;
}

/** A URI as the rooms pass it around. */
export function toUri(text: string): Uri {
  return Uri.parse(text, true);
}

/** A file as a person knows it: relative to the workspace where it lies in it; the workspace's folder itself by its name. */
export function displayPath(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder?.uri.toString() === uri.toString()) return folder.name;
  return workspace.asRelativePath(uri, (workspace.workspaceFolders?.length ?? 0) > 1);
}

/** The last segment. */
export function baseName(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The folder that a file lies in. */
export function parentOf(uri: Uri): Uri {
  return Uri.joinPath(uri, '..');
}

function fromText(text: string): Uri {
  try {
    return Uri.parse(text, true);
  } catch (cause) {
    throw new ImageError('bad-path', `That is no URI: ${text}`, { cause });
  }
}

function fromParts(parts: Exclude<UriArgument, string>): Uri {
  try {
    return Uri.from(parts);
  } catch (cause) {
    throw new ImageError('bad-path', 'That is no URI.', { cause });
  }
}
