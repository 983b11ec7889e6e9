import * as v from 'valibot';
import { extentFault } from '../../core/extentLimits';
import { WRITE_FORMATS } from '../../core/image';

/** More pictures than this are no list that somebody keeps. */
const MAX_PICTURES = 1000;
/** More references blur a style, and each costs with every picture. */
const MAX_REFERENCES = 4;
const MAX_COLOURS = 16;

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const prompt = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(32_000));
const size = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,4}x[1-9]\d{0,4}$/),
  v.transform((text) => {
    const [width = 0, height = 0] = text.split('x').map(Number);
    return { width, height };
  }),
  v.check((extent) => extentFault(extent) === undefined),
);

const colours = v.pipe(v.string(), v.trim(), v.regex(/^(?:#(?:[\da-f]{3}|[\da-f]{6})|css:.+|theme)$/i));
const STYLE = v.strictObject({
  words: v.optional(v.pipe(v.string(), v.maxLength(4000))),
  palette: v.optional(v.lazy((input) => (typeof input === 'string' ? colours : v.pipe(v.array(colours), v.maxLength(MAX_COLOURS))))),
  references: v.optional(v.pipe(v.array(path), v.maxLength(MAX_REFERENCES))),
});

const ENTRY = v.strictObject({
  name: path,
  prompt,
  size,
  format: v.optional(v.picklist(WRITE_FORMATS)),
  parent: v.optional(path),
});

/** The shape of `easel.json`; `media/easel.schema.json` says the same to the editor. Unknown keys are refused: a misspelt one must not cost money. */
export const LIST_SCHEMA = v.strictObject({
  $schema: v.optional(v.string()),
  style: v.optional(v.lazy((input) => (typeof input === 'string' ? v.string() : STYLE))),
  pictures: v.pipe(v.array(ENTRY), v.maxLength(MAX_PICTURES)),
});

/** `style` as it stands in the file. */
export type RawStyle = v.InferOutput<typeof STYLE>;
