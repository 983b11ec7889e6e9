import * as v from 'valibot';
import { ANCHOR_NAME, EDIT_OPTIONS, GENERATE_OPTIONS, VARY_OPTIONS, WIDEN_OPTIONS } from '../commands/options';

/** What a model may pass to each tool: the commands' own options, files as paths, and no seed. The manifest says the same as JSON schemas. */

const path = v.pipe(v.string(), v.minLength(1));
const anchor = v.optional(ANCHOR_NAME);

const { prompt: _optional, ...generate } = v.omit(GENERATE_OPTIONS, ['seed']).entries;
export const GENERATE_INPUT = v.strictObject({ prompt: path, ...generate, anchor });

export const EDIT_INPUT = v.strictObject({ file: path, ...v.omit(EDIT_OPTIONS, ['seed']).entries, mask: v.optional(path) });

export const VARY_INPUT = v.strictObject({ file: path, ...v.omit(VARY_OPTIONS, ['seed']).entries });

export const WIDEN_INPUT = v.strictObject({ file: path, ...v.omit(WIDEN_OPTIONS, ['seed']).entries, anchor });

export const DESCRIBE_INPUT = v.strictObject({ file: path });
