import { ImageError } from '../../core/errors';
import { isRecord } from '../../core/isRecord';

/** A file as callers and menus name it: a `vscode.Uri`, its JSON, or a string. */
export type UriArgument = string | UriParts;

export interface UriParts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

/** A command's arguments in one form, whoever called. */
export interface CommandCall {
  /** A `caller` gets no dialogue: it is a keybinding, a task, an agent or a test. All else is a person. */
  readonly audience: 'person' | 'caller';
  /** In order, the clicked one first, none twice. */
  readonly uris: readonly UriArgument[];
  /** As they came, still unchecked; without `uri` and `uris`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Sorts out what a command was called with. Menus pass `(uri, uri[])` from the explorer and `(uri, {groupId, editorIndex})` from a tab; callers `(uri, options)`,
 * `(uri, uris, options)` or one object that holds `uri` or `uris` too. It is a caller's call if its options hold one of `keys` or are `{}`.
 * Rejects a caller's argument that is neither a file nor options with `bad-argument`.
 */
export function readArguments(args: readonly unknown[], keys: readonly string[]): CommandCall {
  const uris: UriArgument[] = [];
  let options: Readonly<Record<string, unknown>> | undefined;
  let strange = false;
  for (const arg of args) {
    if (arg === undefined || arg === null) continue;
    const file = fileOf(arg);
    if (file !== undefined) uris.push(file);
    else if (Array.isArray(arg)) {
      const files = arg.map(fileOf);
      uris.push(...files.filter((item) => item !== undefined));
      strange ||= files.includes(undefined);
    } else if (isRecord(arg) && !options) options = arg;
    else strange = true;
  }
  const named = Object.keys(options ?? {});
  const isCaller = named.length === 0 || named.some((key) => key === 'uri' || key === 'uris' || keys.includes(key));
  if (!options || !isCaller) return { audience: 'person', uris: distinct(uris), options: {} };

  const { uri, uris: more, ...rest } = options;
  for (const item of [uri, ...(Array.isArray(more) ? more : [more])]) {
    if (isUriArgument(item)) uris.push(item);
    else strange ||= item !== undefined && item !== null;
  }
  if (strange) throw new ImageError('bad-argument', 'A file must be given as a Uri or a string, several as an array of them, and options as one object.');
  return { audience: 'caller', uris: distinct(uris), options: rest };
}

/** The file that a value names or stands for: the menus of trees and of source control pass their rows, which hold it as `resourceUri`. */
function fileOf(value: unknown): UriArgument | undefined {
  if (isUriArgument(value)) return value;
  const resource: unknown = isRecord(value) ? value['resourceUri'] : undefined;
  return isUriArgument(resource) ? resource : undefined;
}

/** Whether a value names a file; whether that file is there is another question. */
export function isUriArgument(value: unknown): value is UriArgument {
  return typeof value === 'string' || (isRecord(value) && typeof value['scheme'] === 'string' && typeof value['path'] === 'string');
}

function distinct(uris: readonly UriArgument[]): UriArgument[] {
  const seen = new Set<string>();
  return uris.filter((uri) => {
    const name = typeof uri === 'string' ? uri : JSON.stringify([uri.scheme, uri.authority ?? '', uri.path, uri.query ?? '']);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
