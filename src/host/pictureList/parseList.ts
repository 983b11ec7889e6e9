import * as v from 'valibot';
import { JsonSyntaxError, locateJson, nodeAt, positionAt, type JsonNode } from '../../core/list/json';
import { checkEntries, type ListedPicture, type ListProblem } from '../../core/list/pictureList';
import { LIST_SCHEMA, type RawStyle } from './listSchema';

/** A mistake in a list, by offsets in its text. */
export interface ListFault {
  readonly start: number;
  readonly end: number;
  readonly kind: ListProblem['kind'] | 'syntax' | 'unknown-key' | 'missing-key' | 'wrong-value';
  /** What the words name. */
  readonly fact: string;
}

/** A list whose shape is right; pictures with a fault are left out. */
export interface PictureList {
  readonly style: RawStyle | undefined;
  readonly pictures: readonly ListedPicture[];
  /** Where an entry's name stands. */
  readonly placeOf: (picture: ListedPicture) => Place;
}

/** A place in the text: offsets, and the line and column of its start, both from 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Reads `easel.json`. `list` is undefined where the text is no JSON or has another shape. */
export function parseList(text: string): { readonly list?: PictureList; readonly faults: readonly ListFault[] } {
  let root: JsonNode;
  try {
    root = locateJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { faults: [{ start: error.offset, end: Math.min(text.length, error.offset + 1), kind: 'syntax', fact: '' }] };
  }
  const parsed = v.safeParse(LIST_SCHEMA, JSON.parse(text.replace(/^\uFEFF/, '')));
  if (!parsed.success) return { faults: parsed.issues.map((issue) => shapeFault(root, issue)) };
  const { style, pictures: entries } = parsed.output;
  const { pictures, problems } = checkEntries(entries);
  return {
    list: { style: typeof style === 'string' ? { words: style } : style, pictures, placeOf: ({ index }) => placeAt(text, nodeAt(root, ['pictures', index, 'name'])) },
    faults: problems.map(({ path, kind, fact }) => ({ ...rangeOf(nodeAt(root, path)), kind, fact })),
  };
}

/** Offsets as a place. */
export function placeAt(text: string, { start, end }: { readonly start: number; readonly end: number }): Place {
  return { start, end, ...positionAt(text, start) };
}

function rangeOf({ start, end }: JsonNode): { readonly start: number; readonly end: number } {
  return { start, end };
}

/** What is missing or too much in an object is told at its first character: the whole of it would be underlined. */
function shapeFault(root: JsonNode, issue: v.InferIssue<typeof LIST_SCHEMA>): ListFault {
  const path = issue.path?.map(({ key }) => key as string | number) ?? [];
  const key = String(path.at(-1) ?? '');
  const node = nodeAt(root, path);
  const first = { start: node.start, end: node.kind === 'scalar' ? node.end : node.start + 1 };
  if (issue.expected === 'never') return { ...first, kind: 'unknown-key', fact: key };
  return issue.received === 'undefined' ? { ...first, kind: 'missing-key', fact: key } : { ...first, kind: 'wrong-value', fact: key };
}
