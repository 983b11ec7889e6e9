import { ImageError } from '../errors';
import type { Extent } from '../geometry';
import { FILE_ENDINGS, type WriteFormat } from '../image';
import { resolveFolder, splitFileName } from '../naming';

/** The file that lists a project's pictures. */
export const LIST_FILE = 'easel.json';

/** One entry as it stands in the file, its shape checked and nothing else. */
export interface RawEntry {
  readonly name: string;
  readonly prompt: string;
  readonly size: Extent;
  readonly format?: WriteFormat | undefined;
  readonly parent?: string | undefined;
}

/** Endings of file names and the format that each means. */
const FORMATS: Readonly<Record<string, WriteFormat>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp', avif: 'avif' };

/** A picture that the project wants. */
export interface ListedPicture {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** As the file says it: others name it so as their parent. */
  readonly name: string;
  /** The file, relative to the list's folder: segments, none of them `..`. */
  readonly path: readonly string[];
  /** As written, without the project's style. */
  readonly prompt: string;
  readonly extent: Extent;
  readonly format: WriteFormat;
  /** The picture that it is drawn after. */
  readonly parent: ListedPicture | undefined;
}

/** What is wrong with an entry, and where: `path` is keys and indexes of the JSON. */
export interface ListProblem {
  readonly path: readonly (string | number)[];
  readonly kind: 'bad-path' | 'bad-format' | 'same-file' | 'unknown-parent' | 'own-ancestor';
  /** What the words name: a path's fault, a name, a chain of names. */
  readonly fact: string;
}

export interface CheckedList {
  /** In the list's order; without those that have a problem. */
  readonly pictures: readonly ListedPicture[];
  readonly problems: readonly ListProblem[];
}

interface Draft {
  readonly index: number;
  readonly entry: RawEntry;
  readonly path: readonly string[];
  readonly format: WriteFormat;
}

/** Checks what a shape can't say: paths stay inside the list's folder, no two entries are one file, parents are there and no picture is its own ancestor. */
export function checkEntries(entries: readonly RawEntry[]): CheckedList {
  const problems: ListProblem[] = [];
  const drafts = entries.flatMap((entry, index) => draftOf(entry, index, problems));
  // Without regard to case: to Windows and macOS `Hero.png` and `hero.png` are one file.
  const byFile = new Map<string, Draft>();
  for (const draft of drafts) {
    const file = fileKey(draft.path);
    const earlier = byFile.get(file);
    if (earlier) problems.push({ path: ['pictures', draft.index, 'name'], kind: 'same-file', fact: earlier.entry.name });
    else byFile.set(file, draft);
  }
  const byName = new Map([...byFile.values()].map((draft) => [draft.entry.name, draft]));
  const pictures = new Map<Draft, ListedPicture>();
  for (const draft of byName.values()) link(draft, [], { byName, pictures, problems });
  return { pictures: [...pictures.values()].sort((a, b) => a.index - b.index), problems };
}

/** A picture's ancestors, the nearest first. */
export function ancestorsOf(picture: ListedPicture): ListedPicture[] {
  return picture.parent ? [picture.parent, ...ancestorsOf(picture.parent)] : [];
}

function draftOf(entry: RawEntry, index: number, problems: ListProblem[]): Draft[] {
  try {
    const segments = resolveFolder(entry.name);
    const last = segments.at(-1);
    if (last === undefined) throw new ImageError('bad-path', `"${entry.name}" names no file.`);
    const { extension } = splitFileName(last);
    const format = extension === undefined ? (entry.format ?? 'png') : formatOf(extension);
    if (!format || (entry.format && entry.format !== format)) {
      problems.push({ path: ['pictures', index, format ? 'format' : 'name'], kind: 'bad-format', fact: `.${extension}` });
      return [];
    }
    const file = extension === undefined ? `${last}.${FILE_ENDINGS[format]}` : last;
    return [{ index, entry, format, path: [...segments.slice(0, -1), file] }];
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    problems.push({ path: ['pictures', index, 'name'], kind: 'bad-path', fact: error.message });
    return [];
  }
}

function formatOf(extension: string): WriteFormat | undefined {
  return Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
}

interface Linking {
  readonly byName: ReadonlyMap<string, Draft>;
  /** Those that are linked already. */
  readonly pictures: Map<Draft, ListedPicture>;
  readonly problems: ListProblem[];
}

/** The picture of a draft with its parents; undefined where they have a problem. `below` are the names from which the parents were followed. */
function link(draft: Draft, below: readonly string[], linking: Linking): ListedPicture | undefined {
  const { index, entry, path, format } = draft;
  const done = linking.pictures.get(draft);
  if (done) return done;
  let parent: ListedPicture | undefined;
  if (entry.parent !== undefined) {
    const chain = [...below, entry.name];
    const parentDraft = linking.byName.get(entry.parent);
    const isOwnAncestor = parentDraft && chain.includes(entry.parent);
    // Each entry tells of itself alone: of what is missing above it and of the ring that it is part of.
    if (!parentDraft && below.length === 0) linking.problems.push({ path: ['pictures', index, 'parent'], kind: 'unknown-parent', fact: entry.parent });
    if (isOwnAncestor && chain[0] === entry.parent) linking.problems.push(ringOf(chain, linking.byName));
    if (!parentDraft || isOwnAncestor) return undefined;
    parent = link(parentDraft, chain, linking);
    if (!parent) return undefined;
  }
  const picture: ListedPicture = { index, name: entry.name, path, prompt: entry.prompt, extent: entry.size, format, parent };
  linking.pictures.set(draft, picture);
  return picture;
}

function ringOf(chain: readonly string[], byName: ReadonlyMap<string, Draft>): ListProblem {
  const index = byName.get(chain[0] ?? '')?.index ?? 0;
  return { path: ['pictures', index, 'parent'], kind: 'own-ancestor', fact: [...chain, chain[0]].join(' → ') };
}

function fileKey(path: readonly string[]): string {
  return path.join('/').toLowerCase().normalize('NFC');
}
