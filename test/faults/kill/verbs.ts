import { pathToFileURL } from 'node:url';
import type { ImageRequest, Source } from '../../../src/core/request';

/** The model of the played server that draws small pictures. */
export const MODEL = 'any-model';
export const SOURCE_SIZE = { width: 256, height: 256 };
const CENTRE = { x: 0.5, y: 0.5 };

/** A verb that is killed at its every step. */
export interface Verb {
  readonly request: (folder: string, source: Source) => ImageRequest;
  /** How many answers of the server each finished picture is made of. */
  readonly answersEach: number;
  /** Whether the server answers with addresses, from which the pictures are fetched. */
  readonly byAddress?: true;
}

function base(folder: string) {
  return { count: 1, seed: 7, embedRecipe: true, prompt: 'a fox', output: { kind: 'new', folder: pathToFileURL(folder).href, stem: 'fox' } } as const;
}

export const VERBS: Readonly<Record<string, Verb>> = {
  'generate two': { answersEach: 1, request: (folder) => ({ ...base(folder), count: 2, operation: 'generate', extent: SOURCE_SIZE, format: 'png' }) },
  'generate two by address': { answersEach: 1, byAddress: true, request: (folder) => ({ ...base(folder), count: 2, operation: 'generate', extent: SOURCE_SIZE, format: 'png' }) },
  'generate another size': { answersEach: 1, request: (folder) => ({ ...base(folder), operation: 'generate', extent: { width: 200, height: 120 }, format: 'png' }) },
  'generate candidates': {
    answersEach: 1,
    request: (folder) => ({ ...base(folder), count: 2, operation: 'generate', extent: SOURCE_SIZE, format: 'png', output: { kind: 'candidates', run: 'r', folder: pathToFileURL(folder).href, stem: 'fox' } }),
  },
  edit: {
    answersEach: 1,
    request: (folder, source) => ({ ...base(folder), operation: 'inpaint', source, region: { kind: 'bounds', bounds: { x: 80, y: 80, width: 64, height: 64 } }, mode: 'exact' }),
  },
  'edit in place': {
    answersEach: 1,
    request: (folder, source) => ({
      ...base(folder),
      operation: 'inpaint',
      source,
      region: { kind: 'bounds', bounds: { x: 80, y: 80, width: 64, height: 64 } },
      mode: 'exact',
      output: { kind: 'replace', uri: source.uri, expected: source.hash },
    }),
  },
  vary: { answersEach: 1, request: (folder, source) => ({ ...base(folder), count: 2, operation: 'variation', source, strength: 'subtle' }) },
  widen: {
    answersEach: 2,
    request: (folder, source) => ({ ...base(folder), operation: 'outpaint', source, target: { kind: 'extent', extent: { width: 560, height: 256 } }, anchor: CENTRE, mode: 'exact' }),
  },
  blend: { answersEach: 1, request: (folder, source) => ({ ...base(folder), operation: 'blend', sources: [source, source] }) },
};
