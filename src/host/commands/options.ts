import * as v from 'valibot';
import { ImageError } from '../../core/errors';
import { ANCHORS, type AnchorName } from '../../core/geometry';
import { WRITE_FORMATS } from '../../core/image';
import { isUriArgument, type UriArgument } from './args';

/** What a caller may pass to each command, as `docs/architecture.md` lists it. Keys outside of the table are refused: a misspelt option must not cost money. */

const MAX_EDGE = 65_535;
const edge = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EDGE));
const side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_EDGE));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10));
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
const file = v.custom<UriArgument>(isUriArgument);
const output = v.picklist(['new', 'replace']);
/** The nine words. */
export const ANCHOR_NAME = v.picklist(Object.keys(ANCHORS) as AnchorName[]);
const anchor = v.union([ANCHOR_NAME, v.strictObject({ x: share, y: share })]);

export const GENERATE_OPTIONS = v.strictObject({
  prompt: v.optional(text),
  width: v.optional(edge),
  height: v.optional(edge),
  purpose: v.optional(text),
  anchor: v.optional(anchor),
  transparent: v.optional(v.boolean()),
  count: v.optional(count),
  folder: v.optional(text),
  fileName: v.optional(text),
  format: v.optional(v.picklist(['png', 'jpeg'])),
  seed: v.optional(seed),
});
export type GenerateOptions = v.InferOutput<typeof GENERATE_OPTIONS>;

export const MISSING_OPTIONS = v.strictObject({ link: v.optional(text), prompt: v.optional(text), seed: v.optional(seed) });
export type MissingOptions = v.InferOutput<typeof MISSING_OPTIONS>;

export const EDIT_OPTIONS = v.strictObject({
  prompt: v.optional(text),
  region: v.optional(v.strictObject({ x: offset, y: offset, width: edge, height: edge })),
  mask: v.optional(file),
  count: v.optional(count),
  output: v.optional(output),
  seed: v.optional(seed),
});
export type EditOptions = v.InferOutput<typeof EDIT_OPTIONS>;

export const VARY_OPTIONS = v.strictObject({
  prompt: v.optional(text),
  strength: v.optional(v.picklist(['subtle', 'strong'])),
  count: v.optional(count),
  seed: v.optional(seed),
});
export type VaryOptions = v.InferOutput<typeof VARY_OPTIONS>;

export const WIDEN_OPTIONS = v.strictObject({
  width: v.optional(edge),
  height: v.optional(edge),
  ratio: v.optional(text),
  left: v.optional(side),
  right: v.optional(side),
  top: v.optional(side),
  bottom: v.optional(side),
  purpose: v.optional(text),
  anchor: v.optional(anchor),
  prompt: v.optional(text),
  mode: v.optional(v.picklist(['exact', 'seamless'])),
  output: v.optional(output),
  seed: v.optional(seed),
});
export type WidenOptions = v.InferOutput<typeof WIDEN_OPTIONS>;

export const BLEND_OPTIONS = v.strictObject({ prompt: v.optional(text), seed: v.optional(seed) });
export type BlendOptions = v.InferOutput<typeof BLEND_OPTIONS>;

export const DARK_TWIN_OPTIONS = v.strictObject({ prompt: v.optional(text), seed: v.optional(seed) });

export const MAKE_OPTIONS = v.strictObject({ check: v.optional(v.boolean()), names: v.optional(v.array(text)) });
export const ICON_SET_OPTIONS = v.strictObject({ folder: v.optional(text) });

export const CONVERT_OPTIONS = v.strictObject({
  format: v.optional(v.picklist(WRITE_FORMATS)),
  widths: v.optional(v.pipe(v.array(edge), v.minLength(1), v.maxLength(20))),
  quality: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  enlarge: v.optional(v.boolean()),
});

export const CUT_OUT_OPTIONS = v.strictObject({ enclosed: v.optional(v.boolean()) });

export const KEY_OPTIONS = v.strictObject({ key: v.optional(text), baseUrl: v.optional(text) });
export const CLEAR_KEY_OPTIONS = v.strictObject({ baseUrl: v.optional(text) });
export const MODEL_OPTIONS = v.strictObject({ model: v.optional(text) });
export const NO_OPTIONS = v.strictObject({});

export type OptionsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** The names of a schema's options. */
export function optionKeys(schema: OptionsSchema): string[] {
  return Object.keys(schema.entries);
}

/** Checks options. Rejects with `bad-argument`, naming the option and never its value, which may be a key or a prompt. */
export function checkOptions<S extends OptionsSchema>(schema: S, options: Readonly<Record<string, unknown>>): v.InferOutput<S> {
  const parsed = v.safeParse(schema, options);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const name = v.getDotPath(issue) ?? '';
  if (issue.expected === 'never') throw new ImageError('bad-argument', `There is no option "${name}". Options: ${optionKeys(schema).join(', ')}.`);
  throw new ImageError('bad-argument', `The option "${name}" is wrong${issue.expected ? `: expected ${issue.expected}` : ''}.`);
}
