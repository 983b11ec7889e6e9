import type { EditCall, GenerateCall, VariationCall } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { formatExtent, type Extent } from '../../core/geometry';
import type { EncodedImage } from '../../core/image';
import type { ModelSpec, Quality } from '../../core/models';
import { dataUrl } from './dataUrl';
import type { InputForm, ServerProfile } from './profiles';

/** What the requests to one server have in common. */
export interface Dialect {
  readonly model: ModelSpec;
  readonly quality: Quality | undefined;
  readonly profile: ServerProfile;
}

/** A request before it is written as JSON or, where it has files, as a form. */
export interface WireRequest {
  /** Below the base URL. */
  readonly path: string;
  /** What has no value is left out. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files?: readonly (readonly [field: string, file: File])[];
}

const MB = 1024 * 1024;
const MAX_IMAGE_BYTES = 50 * MB;
/** One guide says 50 MB; the stricter of the two is obeyed. */
const MAX_MASK_BYTES = 4 * MB;
/** What may be left out where a server refuses it by name: without anything else, what is drawn, what it costs or what is kept would change. */
export const DROPPABLE: readonly string[] = ['response_format', 'output_format', 'partial_images', 'stream'];

export function generateRequest(call: GenerateCall, previews: number, dialect: Dialect): WireRequest {
  return { path: dialect.profile.generations, fields: { ...commonFields(call, dialect), ...backgroundField(call), ...streamFields(previews), prompt: call.prompt } };
}

/** Throws `unsupported` where the server has no such edits, `bad-argument` and `too-large` for files that no server takes. */
export function editRequest(call: EditCall, previews: number, dialect: Dialect): WireRequest {
  const { profile, model } = dialect;
  if (call.images.length === 0) throw new ImageError('bad-argument', 'An edit needs a picture.');
  if (call.images.length > model.maxInputs) throw new ImageError('bad-argument', `${model.id} takes at most ${model.maxInputs} picture(s).`);
  if (call.mask && call.mask.format !== 'png') throw new ImageError('bad-argument', 'A mask must be a PNG.');
  const lack = call.mask ? lackOfInpaint(profile) : lackOfEdits(profile);
  if (lack !== undefined) throw new ImageError('unsupported', lack);
  const fields = { ...commonFields(call, dialect), ...backgroundField(call), ...streamFields(previews), prompt: call.prompt };
  const files = call.images.map((image, index) => fileOf(image, `image-${index + 1}`, MAX_IMAGE_BYTES));
  if (call.mask && profile.inpaint) {
    const { path, mask } = profile.inpaint;
    return { path, fields, files: [...named(files), [mask, fileOf(call.mask, 'mask', MAX_MASK_BYTES)]] };
  }
  const { path = '', inputs = 'files' } = profile.edits ?? {};
  return inputs === 'files' ? { path, fields, files: named(files) } : { path, fields: { ...fields, ...inJson(inputs, call.images) } };
}

/** Throws like `editRequest`. */
export function variationRequest(call: VariationCall, path: string, dialect: Dialect): WireRequest {
  const { quality: _, ...fields } = commonFields(call, dialect);
  return { path, fields, files: [['image', fileOf(call.image, 'image', MAX_IMAGE_BYTES)]] };
}

/** Why whole pictures cannot be edited there, in words; undefined where they can. */
export function lackOfEdits({ edits, name }: ServerProfile): string | undefined {
  return edits ? undefined : `${name} draws from words alone: it takes no picture along.`;
}

/** Why an area cannot be drawn there, in words; undefined where it can. */
export function lackOfInpaint({ inpaint, name }: ServerProfile): string | undefined {
  return inpaint ? undefined : `${name} does not draw by a mask, so an area of a picture cannot be edited or widened there.`;
}

/** The request without what has no value and what the server has refused before. */
export function without(request: WireRequest, refused: ReadonlySet<string>): WireRequest {
  return { ...request, fields: Object.fromEntries(Object.entries(request.fields).filter(([name, value]) => value !== undefined && !refused.has(name))) };
}

/** Whether a request may be made again without a parameter that was refused by name. */
export function isDroppable(name: string, { fields }: WireRequest): boolean {
  return name in fields && DROPPABLE.includes(name);
}

/** The body as it is sent. */
export function bodyOf({ fields, files }: WireRequest): FormData | Readonly<Record<string, unknown>> {
  if (!files) return fields;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  for (const [name, file] of files) form.append(name, file, file.name);
  return form;
}

function commonFields({ extent, count }: { readonly extent: Extent; readonly count: number }, { model, profile, quality }: Dialect): Readonly<Record<string, unknown>> {
  const format = profile.responseFormat === 'by-model' ? (model.asksForBase64 ? 'b64_json' : undefined) : profile.responseFormat;
  return { model: model.id, n: count, ...sizeFields(extent, profile), quality, response_format: format, output_format: profile.outputFormat };
}

function streamFields(previews: number): Readonly<Record<string, unknown>> {
  return previews > 0 ? { stream: true, partial_images: previews } : {};
}

/** Never droppable: a picture on a ground that nobody wanted costs as much. */
function backgroundField({ transparent }: GenerateCall | EditCall): Readonly<Record<string, unknown>> {
  return transparent ? { background: 'transparent' } : {};
}

function sizeFields(extent: Extent, { size }: ServerProfile): Readonly<Record<string, unknown>> {
  switch (size) {
    case 'text':
      return { size: formatExtent(extent) };
    case 'numbers':
      return { width: extent.width, height: extent.height };
    case 'ratio':
      return { aspect_ratio: ratioOf(extent) };
    case 'none':
      return {};
  }
}

/** The ratio in least terms, such as `16:9`. */
function ratioOf({ width, height }: Extent): string {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(width, height);
  return `${width / common}:${height / common}`;
}

/** A list goes as `image[]`, which older servers don't know: one picture as `image`. */
function named(files: readonly File[]): [string, File][] {
  return files.map((file) => [files.length === 1 ? 'image' : 'image[]', file]);
}

function inJson(form: Exclude<InputForm, 'files'>, images: readonly EncodedImage[]): Readonly<Record<string, unknown>> {
  const urls = images.map(dataUrl);
  switch (form) {
    case 'image':
      return { image: { type: 'image_url', url: urls[0] } };
    case 'image_url':
      return { image_url: urls[0] };
    case 'input_references':
      return { input_references: urls.map((url) => ({ type: 'image_url', image_url: { url } })) };
  }
}

function fileOf({ bytes, format }: EncodedImage, stem: string, maxBytes: number): File {
  if (format !== 'png' && format !== 'jpeg' && format !== 'webp') throw new ImageError('bad-argument', `The Images API takes PNG, JPEG and WebP, not ${format.toUpperCase()}.`);
  if (bytes.length >= maxBytes) throw new ImageError('too-large', `The ${stem.split('-')[0]} has ${Math.ceil(bytes.length / MB)} MB; the server takes less than ${maxBytes / MB}.`);
  return new File([bytes as Uint8Array<ArrayBuffer>], `${stem}.${format}`, { type: `image/${format}` });
}
