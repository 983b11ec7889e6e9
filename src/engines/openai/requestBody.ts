import type { ImageCreateVariationParams, ImageEditParamsNonStreaming, ImageGenerateParamsNonStreaming } from 'openai/resources/images';
import type { EditCall, GenerateCall, VariationCall } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { formatExtent, type Extent } from '../../core/geometry';
import type { EncodedImage } from '../../core/image';
import type { ModelSpec, Quality } from '../../core/models';
import type { ServerProfile } from './profiles';

/** What the requests to one server have in common. */
export interface Dialect {
  readonly model: ModelSpec;
  readonly quality: Quality | undefined;
  readonly profile: ServerProfile;
}

const MB = 1024 * 1024;
const MAX_IMAGE_BYTES = 50 * MB;
/** One guide says 50 MB; the stricter of the two is obeyed. */
const MAX_MASK_BYTES = 4 * MB;
/** Left out, these would change what is drawn, what it costs, or what is kept: they are never dropped, whatever the server says. */
const NEVER_DROPPED = new Set(['model', 'prompt', 'image', 'image[]', 'mask', 'n', 'size', 'width', 'height', 'quality', 'background']);

export function generateBody(call: GenerateCall, count: number, dialect: Dialect): ImageGenerateParamsNonStreaming {
  return { ...commonBody(call.extent, count, dialect), quality: dialect.quality, prompt: call.prompt };
}

/** Throws `bad-argument` and `too-large` for files that no server takes. */
export function editBody(call: EditCall, count: number, dialect: Dialect): ImageEditParamsNonStreaming {
  const [first, ...others] = call.images.map((image, index) => fileOf(image, `image-${index + 1}`, MAX_IMAGE_BYTES));
  if (!first) throw new ImageError('bad-argument', 'An edit needs a picture.');
  if (call.images.length > dialect.model.maxInputs) throw new ImageError('bad-argument', `${dialect.model.id} takes at most ${dialect.model.maxInputs} pictures.`);
  if (call.mask && call.mask.format !== 'png') throw new ImageError('bad-argument', 'A mask must be a PNG.');
  return {
    ...commonBody(call.extent, count, dialect),
    // The one model that knows `hd` has no edits, and the types say so.
    quality: dialect.quality === 'hd' ? 'standard' : dialect.quality,
    prompt: call.prompt,
    // A list goes as `image[]`, which older servers don't know.
    image: others.length === 0 ? first : [first, ...others],
    ...(call.mask ? { mask: fileOf(call.mask, 'mask', MAX_MASK_BYTES) } : {}),
  };
}

/** Throws like `editBody`. */
export function variationBody(call: VariationCall, count: number, dialect: Dialect): ImageCreateVariationParams {
  const { size, ...body } = commonBody(call.extent, count, dialect);
  // The package's types know the three sizes of the model that this route once had.
  return { ...body, size: size as ImageCreateVariationParams['size'], image: fileOf(call.image, 'image', MAX_IMAGE_BYTES) };
}

/** The body without what has no value and what the server has refused before. */
export function without<Body extends object>(body: Body, refused: ReadonlySet<string>): Body {
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== undefined && !refused.has(name))) as Body;
}

/** Whether a request may be made again without a parameter that was refused by name. */
export function isDroppable(name: string, body: object): boolean {
  return name in body && !NEVER_DROPPED.has(name);
}

interface CommonBody {
  readonly model: string;
  readonly n: number;
  readonly size?: string;
  readonly response_format?: 'b64_json';
}

function commonBody(extent: Extent, count: number, { model, profile }: Dialect): CommonBody {
  const asksForBase64 = profile.responseFormat === 'b64_json' || (profile.responseFormat === 'by-model' && model.asksForBase64);
  return {
    model: model.id,
    n: count,
    ...(profile.size === 'text' ? { size: formatExtent(extent) } : profile.size === 'numbers' ? extent : {}),
    ...(asksForBase64 ? { response_format: 'b64_json' } : {}),
  };
}

function fileOf({ bytes, format }: EncodedImage, stem: string, maxBytes: number): File {
  if (format !== 'png' && format !== 'jpeg' && format !== 'webp') throw new ImageError('bad-argument', `The Images API takes PNG, JPEG and WebP, not ${format.toUpperCase()}.`);
  if (bytes.length >= maxBytes) throw new ImageError('too-large', `The ${stem.split('-')[0]} has ${Math.ceil(bytes.length / MB)} MB; the server takes less than ${maxBytes / MB}.`);
  return new File([bytes as Uint8Array<ArrayBuffer>], `${stem}.${format}`, { type: `image/${format}` });
}
