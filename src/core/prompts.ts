import type { TileInput, VaryStrength } from './pixels';
import { ImageError } from './errors';
import { formatExtent, intersect, type Bounds, type Extent } from './geometry';
import type { ModelSpec } from './models';

/** What an edit sends where the person gave no prompt: the API refuses an empty one. */
export const FILL_PROMPT =
  'Fill the masked area so that it continues its surroundings as if it had never been missing: the same scene, light, perspective, textures and grain. Add no new subject, no text, no border and no frame.';

/** What a variation sends, before the words of the picture where they are known. */
export const VARY_PROMPTS: Readonly<Record<VaryStrength, string>> = {
  subtle: 'Draw this picture again as a close variation: the same subject, composition, style and colours; only small details differ.',
  strong: 'Draw a new picture of the same subject in the same style, with another composition, viewpoint and light.',
};

/** What the edit sends that makes a picture's dark twin. */
const DARK_PROMPT =
  'Draw this picture again for a dark page: the same subject, composition, shapes, text and style at the same places, but a dark ground and light foreground, every colour of the same hue and as easy to tell apart. No border and no frame.';

/** One tile of a widening or an edit, as its prompt tells the model. */
export interface TileContext {
  /** What the person, or the recipe, says of the whole picture, or of the whole change; empty where nobody does. */
  readonly prompt: string;
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** What the tile shows, in pixels of the canvas. */
  readonly window: Bounds;
  /** The size of the whole picture. */
  readonly canvas: Extent;
}

/** What is asked of a tile that continues its surroundings. */
const FILL_TASK = `${FILL_PROMPT} Leave the unmasked area as it is and do not repeat its subject.`;

/** What is asked of each of an edit's several tiles, beside the words for the whole. */
const PART_TASK =
  'Draw of the whole area only what belongs into this part: it continues what is already there with the same light, perspective, textures and grain, and the rest of a subject comes in other steps. Do not draw a subject a second time. Leave the unmasked area as it is.';

/** What is asked of one of an edit's several areas. */
const AREA_TASK = 'Draw there what the words say of that place, or all of it where they name no place. Leave the unmasked area as it is.';

/** What is added to a prompt so that the background can be cut away afterwards. */
const PLAIN_BACKGROUND = 'The subject stands alone, whole, on a plain background of one even colour that is not in it: no shadow, no ground, no frame.';

/** A prompt for a picture whose background will be cut away. */
export function onPlainBackground(prompt: string): string {
  return `${prompt.trim()}\n\n${PLAIN_BACKGROUND}`;
}

/** A tile's prompt where the picture stands on a clear background, which the model sees as `backdrop` says. */
export function onBackdrop(prompt: string, backdrop: NonNullable<TileInput['backdrop']>, model: ModelSpec): string {
  const rest = 'wherever nothing is drawn, without a shadow on it, a gradient or a frame.';
  const words = backdrop === 'clear' ? `The picture stands on transparent ground, which stays transparent ${rest}` : `The picture stands on a plain ${backdrop} ground, which goes on as it is ${rest}`;
  return fitting(model, [`${prompt}\n\n${words}`], prompt);
}

/** Whether somebody writes that they want no background: transparent glass alone does not count. */
export function speaksOfTransparency(prompt: string): boolean {
  return /transparent\w*\s+(?:background|hintergrund|bg|png)|(?:background|hintergrund)\b[^.]{0,20}\btransparent|\b(?:no|without(?: an?| the)?|ohne|kein(?:en)?) (?:background|hintergrund)|freigestellt/i.test(prompt);
}

/** Trims a prompt that a person or a caller gave. Throws `empty-prompt`, and `prompt-too-long` where it exceeds the model's limit; a character is a code point. */
export function checkPrompt(prompt: string, model: ModelSpec): string {
  const trimmed = prompt.trim();
  if (trimmed === '') throw new ImageError('empty-prompt', 'The prompt is empty.');
  const length = characterCount(trimmed);
  if (length > model.maxPrompt) {
    throw new ImageError('prompt-too-long', `The prompt has ${length} characters; ${model.id} takes ${model.maxPrompt}.`);
  }
  return trimmed;
}

/** The prompt of a variation; `prompt` may be empty. */
export function varyPrompt(strength: VaryStrength, prompt: string, model: ModelSpec): string {
  const stock = VARY_PROMPTS[strength];
  return prompt === '' ? stock : fitting(model, [`${stock}\n\nThe picture: ${prompt}`], prompt);
}

/** The prompt of a dark twin; `prompt` may be empty. */
export function darkPrompt(prompt: string, model: ModelSpec): string {
  return prompt === '' ? DARK_PROMPT : fitting(model, [`${DARK_PROMPT}\n\n${prompt}`], prompt);
}

/** The prompt of a blend of `count` pictures; `prompt` may be empty. */
export function blendPrompt(prompt: string, count: number, model: ModelSpec): string {
  const stock = `Blend these ${count} pictures into one coherent picture: keep the composition of the first and bring in the subjects, colours and style of the others, with one light and one perspective.`;
  return prompt === '' ? stock : fitting(model, [`Blend these ${count} pictures into one coherent picture. ${prompt}`], prompt);
}

/**
 * The prompt of one tile of a widening: what the whole picture is, which part of it this is, and that it continues what is there.
 * Where the model's limit is too short for that, the shorter forms down to the person's words alone.
 */
export function tilePrompt(tile: TileContext, model: ModelSpec): string {
  const { prompt, index, count, window, canvas } = tile;
  const part = `The image is ${partWords(window, canvas, 'the whole picture')} of a picture of ${formatExtent(canvas)} pixels that is being widened${count > 1 ? `, step ${index + 1} of ${count}` : ''}.`;
  if (prompt === '') return fitting(model, [`${part} ${FILL_TASK}`], FILL_PROMPT);
  return fitting(model, [`The whole picture: ${prompt}\n\n${part} ${FILL_TASK}`, `${prompt}\n\n${part}`], prompt);
}

/**
 * The prompt of one of an edit's several tiles: what the whole change is, which part of the picture this is and which part of the change its mask marks, so that not every tile draws
 * the same subject. `region` is the rectangle of the whole change on the canvas. Where the model's limit is too short for that, the shorter forms down to the person's words alone.
 */
export function editTilePrompt(tile: TileContext, region: Bounds, model: ModelSpec): string {
  const { prompt, index, count, window, canvas } = tile;
  const marked = intersect(window, region) ?? region;
  const inRegion = partWords({ ...marked, x: marked.x - region.x, y: marked.y - region.y }, region, 'all');
  const picture = `The image is ${partWords(window, canvas, 'the whole picture')} of a picture of ${formatExtent(canvas)} pixels`;
  const part = `${picture} in which one area of ${formatExtent(region)} pixels is being drawn again, step ${index + 1} of ${count}: the mask marks ${inRegion} of that area.`;
  if (prompt === '') return fitting(model, [`${part} ${FILL_TASK}`], FILL_PROMPT);
  return fitting(model, [`The whole area: ${prompt}\n\n${part} ${PART_TASK}`, `${prompt}\n\n${part}`], prompt);
}

/**
 * The prompt of the one tile of an area of an edit that has several: which part of the picture it is, and which of the areas its mask marks, `area` on the canvas. A prompt that names places is not to be drawn whole in each of them.
 * Where the model's limit is too short for that, the person's words alone.
 */
export function editAreaPrompt({ prompt, window, canvas }: Pick<TileContext, 'prompt' | 'window' | 'canvas'>, area: Bounds, areas: number, model: ModelSpec): string {
  if (prompt === '') return FILL_PROMPT;
  const image = `The image is ${partWords(window, canvas, 'the whole picture')} of a picture of ${formatExtent(canvas)} pixels in which ${areas} areas apart from each other are being drawn again, each in a step of its own`;
  return fitting(model, [`${prompt}\n\n${image}: the mask marks the one in ${partWords(area, canvas, 'all')} of the picture. ${AREA_TASK}`], prompt);
}

/** `the left part`, `the top right part`, `the middle part` …; `all` where the window shows all of it. */
function partWords(window: Bounds, whole: Extent, all: string): string {
  const place = placeOf(window, whole);
  return place === undefined ? all : `the ${place} part`;
}

/** `left`, `top right`, `middle` …; undefined where the window shows all of the picture. */
function placeOf(window: Bounds, canvas: Extent): string | undefined {
  if (window.width === canvas.width && window.height === canvas.height) return undefined;
  const vertical = sideOf(window.y, window.height, canvas.height, ['top', 'bottom']);
  const horizontal = sideOf(window.x, window.width, canvas.width, ['left', 'right']);
  return [vertical, horizontal].filter((side) => side !== undefined).join(' ') || 'middle';
}

/** Which end of its room a span lies nearer to; undefined where it fills the room or lies in the middle of it. */
function sideOf(start: number, length: number, room: number, [first, last]: readonly [string, string]): string | undefined {
  if (length === room) return undefined;
  const position = start / (room - length);
  if (position < 1 / 3) return first;
  return position > 2 / 3 ? last : undefined;
}

/** The first of the longer texts that the model takes, else the shortest, which the caller has checked. */
function fitting(model: ModelSpec, longer: readonly string[], shortest: string): string {
  return longer.find((text) => characterCount(text) <= model.maxPrompt) ?? shortest;
}

function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
