import type { Extent } from '../../../src/core/geometry';
import type { ServedModel } from './models';
import type { DrawRoute, ServedRoute, ServerProfile } from './profiles';
import { refuse } from './refusal';
import type { ParsedRequest, UploadedFile } from './requestFields';

/** What a request asks for, after it was found to be in order. */
export interface Order {
  readonly model: ServedModel;
  readonly prompt: string;
  readonly extent: Extent;
  readonly count: number;
  readonly quality: string;
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly transparent: boolean;
  readonly stream: boolean;
  readonly partials: number;
  /** What an old model was told about the form of its answer. */
  readonly responseFormat: 'b64_json' | 'url' | 'base64' | undefined;
  readonly images: readonly UploadedFile[];
  readonly mask: UploadedFile | undefined;
}

const MB = 1024 * 1024;
const RATIOS = ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16'];
const COMMON = ['model', 'prompt', 'n', 'size', 'user'];
const GPT_KEYS = [...COMMON, 'quality', 'background', 'output_format', 'output_compression', 'stream', 'partial_images', 'safety_identifier'];

function knownKeys(model: ServedModel, route: DrawRoute): readonly string[] {
  if (route === 'variations') return ['model', 'n', 'size', 'user', 'response_format'];
  if (model.family === 'dall-e-2') return [...COMMON, 'response_format'];
  if (model.family === 'dall-e-3') return [...COMMON, 'response_format', 'quality', 'style'];
  const own = [...GPT_KEYS, ...(model.complexity ? ['complexity'] : [])];
  return route === 'generations' ? [...own, 'moderation'] : [...own, 'input_fidelity'];
}

/** Refuses what the real server refuses; a compatible server's laxity stands in its profile. */
export function validate(request: ParsedRequest, served: ServedRoute, profile: ServerProfile): Order {
  const { fields } = request;
  const { draws: route } = served;
  const model = findModel(fields['model'], profile);
  if (profile.strict || served.keys) {
    const known = served.keys ?? knownKeys(model, route);
    const unknown = Object.keys(fields).find((key) => !known.includes(key));
    if (unknown !== undefined) refuse('unknown_parameter', unknown, `Unknown parameter: '${unknown}'.`);
  }
  const stream = fields['stream'] === true && model.family === 'gpt';
  const sent = served.body === 'json' ? { images: request.files, mask: undefined } : validateFiles(request.files, model, served, profile);
  if (route === 'edits' && sent.images.length === 0) refuse('missing_required_parameter', 'image', "Missing required parameter: 'image'.");
  if (model.family === 'gpt') validateFidelity(fields['input_fidelity'], model);
  const background = choice(fields, 'background', ['transparent', 'opaque', 'auto'], 'auto');
  const formats = profile.outputFormats ?? (profile.strict ? model.outputFormats : ['png', 'jpeg', 'webp']);
  const format = choice(fields, 'output_format', formats, profile.defaultFormat ?? 'png');
  if (background === 'transparent' && format === 'jpeg') refuse('invalid_value', 'background', 'Transparent background is not supported for JPEG output format.');
  return {
    model,
    prompt: route === 'variations' ? '' : validatePrompt(fields['prompt'], model),
    extent: extentOf(fields, model, profile),
    count: integer(fields, 'n', 1, model.maxCount, 1),
    quality: choice(fields, 'quality', profile.strict ? model.qualities : undefined, 'low'),
    format: format as Order['format'],
    transparent: background === 'transparent',
    stream,
    partials: stream ? integer(fields, 'partial_images', 0, 3, 0) : 0,
    responseFormat: choice(fields, 'response_format', ['url', 'b64_json', ...(profile.size === 'numbers' ? ['base64'] : [])], undefined) as Order['responseFormat'],
    ...sent,
  };
}

/** The size that a request names in the server's own way; what none was named for is the model's own. */
function extentOf(fields: ParsedRequest['fields'], model: ServedModel, profile: ServerProfile): Extent {
  switch (profile.size) {
    case 'text':
      return validateSize(fields['size'], model);
    case 'numbers':
      return { width: integer(fields, 'width', 64, 1792, 1024), height: integer(fields, 'height', 64, 1792, 1024) };
    case 'ratio': {
      const [width = 1, height = 1] = choice(fields, 'aspect_ratio', RATIOS, '1:1').split(':').map(Number);
      const scale = Math.sqrt((512 * 512) / (width * height));
      return { width: Math.round(width * scale), height: Math.round(height * scale) };
    }
    case 'none':
      return model.defaultSize;
  }
}

function findModel(id: unknown, profile: ServerProfile): ServedModel {
  const found = profile.models.find((model) => model.id === id);
  if (found) return found;
  const only = profile.models[0];
  if (!profile.strict && only) return only;
  if (id === undefined) return refuse('missing_required_parameter', 'model', "Missing required parameter: 'model'.");
  return refuse('model_not_found', null, `The model '${show(id)}' does not exist.`, 404);
}

/** A value as it stands in a message. */
function show(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function validatePrompt(prompt: unknown, model: ServedModel): string {
  if (prompt === undefined) return refuse('missing_required_parameter', 'prompt', "Missing required parameter: 'prompt'.");
  if (typeof prompt !== 'string') return refuse('invalid_type', 'prompt', "Invalid type for 'prompt': expected a string.");
  if (prompt === '') refuse('empty_string', 'prompt', "Invalid 'prompt': empty string.");
  if (prompt.length > model.maxPrompt) refuse('string_above_max_length', 'prompt', `Invalid 'prompt': string too long. Expected at most ${model.maxPrompt}.`);
  return prompt;
}

function validateSize(size: unknown, model: ServedModel): Extent {
  if (size === undefined || (size === 'auto' && model.family === 'gpt')) return model.defaultSize;
  const match = typeof size === 'string' ? /^(\d+)x(\d+)$/.exec(size) : null;
  const extent = { width: Number(match?.[1]), height: Number(match?.[2]) };
  if (!match || !model.legalSize(extent)) refuse('invalid_value', 'size', `Invalid value: '${show(size)}' is no size that '${model.id}' draws.`);
  return extent;
}

function validateFidelity(value: unknown, model: ServedModel): void {
  if (value === undefined || (typeof value === 'string' && model.inputFidelity.includes(value))) return;
  refuse('invalid_input_fidelity_model', 'input_fidelity', `The model '${model.id}' does not support the 'input_fidelity' parameter.`);
}

function integer(fields: ParsedRequest['fields'], name: string, min: number, max: number, fallback: number): number {
  const value = fields[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value)) return refuse('invalid_type', name, `Invalid type for '${name}': expected an integer.`);
  if (value < min) refuse('integer_below_min_value', name, `Invalid '${name}': integer below minimum value. Expected at least ${min}.`);
  if (value > max) refuse('integer_above_max_value', name, `Invalid '${name}': integer above maximum value. Expected at most ${max}.`);
  return value;
}

function choice<T extends string | undefined>(fields: ParsedRequest['fields'], name: string, allowed: readonly string[] | undefined, fallback: T): string | T {
  const value = fields[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || (allowed && !allowed.includes(value))) {
    return refuse('invalid_value', name, `Invalid value: '${show(value)}'. Supported values are: ${(allowed ?? []).join(', ')}.`);
  }
  return value;
}

function validateFiles(files: readonly UploadedFile[], model: ServedModel, served: ServedRoute, profile: ServerProfile): Pick<Order, 'images' | 'mask'> {
  const images = files.filter((file) => file.field === 'image' || file.field === 'image[]');
  const mask = files.find((file) => file.field === (profile.mask?.field ?? 'mask'));
  const markup = files.find((file) => file.field === 'markup');
  const other = files.find((file) => !images.includes(file) && file !== mask && !(file === markup && model.markup && served.draws === 'edits'));
  if (other && (profile.strict || served.keys)) refuse('unknown_parameter', other.field, `Unknown parameter: '${other.field}'.`);
  if (images.filter((file) => file.field === 'image').length > 1) refuse('duplicate_parameter', 'image', "Duplicate parameter: 'image'. Use 'image[]' for a list.");
  const first = images[0];
  if (!first) return { images, mask };
  const most = model.family === 'gpt' || model.family === 'compatible' ? 16 : 1;
  if (images.length > most) refuse('array_above_max_length', 'image', `Invalid 'image': expected at most ${most}.`);
  for (const image of images) validateImage(image, model);
  if (mask && markup) refuse('mutually_exclusive_parameters', 'markup', "'markup' cannot be combined with 'mask'.");
  if (mask && profile.strict) validateMask(mask, first);
  return { images, mask };
}

function validateImage(image: UploadedFile, model: ServedModel): void {
  const old = model.family === 'dall-e-2' || model.family === 'dall-e-3';
  const types = old ? ['image/png'] : ['image/png', 'image/jpeg', 'image/webp'];
  if (!types.includes(image.type)) refuse('unsupported_file_mimetype', 'image', `Invalid file 'image': unsupported mimetype ('${image.type}').`);
  if (`image/${image.format}` !== image.type) refuse('invalid_image_file', 'image', 'Invalid image file or mode for image, please check your image file.');
  if (old && image.width !== image.height) refuse('invalid_image_file', 'image', 'Uploaded image must be square.');
  if (image.bytes.length >= (old ? 4 : 50) * MB) refuse('file_too_large', 'image', 'The image is too large.');
}

function validateMask(mask: UploadedFile, first: UploadedFile): void {
  if (mask.type !== 'image/png' || mask.format !== 'png') refuse('invalid_image_file', 'mask', 'Invalid mask image: a PNG is wanted.');
  if (!mask.hasAlpha) refuse('invalid_image_file', 'mask', 'Invalid mask image format: the alpha channel is missing.');
  if (mask.width !== first.width || mask.height !== first.height) refuse('invalid_image_file', 'mask', 'Invalid mask image: its size does not match the image.');
  if (mask.bytes.length >= 4 * MB) refuse('file_too_large', 'mask', 'Invalid mask image: it must be under 4 MB.');
}
