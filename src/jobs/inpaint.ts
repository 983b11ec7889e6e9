import { estimateUsd } from '../core/cost';
import { ImageError } from '../core/errors';
import { planInpaint } from '../core/inpaint';
import { checkPrompt, editTilePrompt, FILL_PROMPT } from '../core/prompts';
import type { Recipe } from '../core/recipe';
import { toRecipeRegion } from '../core/recipeRegion';
import type { InpaintRequest } from '../core/request';
import { composeCandidates } from './compose';
import { depthNote } from './depthNote';
import type { JobContext } from './job';
import { recipeFields, type Prepared } from './prepared';
import { editOf, priceTiles } from './tiles';

/** Prepares an edit of a region: redrawn from a prompt, or filled from the surroundings where there is none. What lies outside the region is not touched. */
export async function prepareInpaint(request: InpaintRequest, context: JobContext): Promise<Prepared> {
  const { engine, pixels, prices, signal } = context;
  const { model, quality } = engine;
  const fills = request.prompt.trim() === '';
  const local = fills && engine.fill !== undefined;
  if (!local) editOf(engine, 'inpaint');
  const given = fills ? '' : checkPrompt(request.prompt, model);
  const info = await pixels.inspect(request.source.bytes, signal);
  const source = await pixels.open(request.source.bytes, signal);
  try {
    const canvas = await pixels.canvas(source, source.extent, { x: 0, y: 0 }, request.region, signal);
    const region = await pixels.pendingBounds(canvas);
    if (!region) {
      pixels.close(canvas);
      throw new ImageError('bad-argument', 'The mask marks nothing to draw: paint what is to change with transparency, or white on black.');
    }
    const tiles = local ? [] : planInpaint(source.extent, region, model);
    const promptFor = (index: number): string => {
      const tile = tiles[index];
      if (!tile || tiles.length === 1) return fills ? FILL_PROMPT : given;
      return editTilePrompt({ prompt: given, index, count: tiles.length, window: tile.window, canvas: source.extent }, region, model);
    };
    const promptLength = promptFor(0).length;
    const priced = tiles.length === 1 ? priceTiles(tiles, promptLength, request.count) : Array.from({ length: request.count }, () => priceTiles(tiles, promptLength, 1)).flat();
    const drawnAgain = toRecipeRegion(request.region);
    const recipe: Recipe = {
      ...recipeFields(context),
      operation: 'inpaint',
      prompt: given,
      ...source.extent,
      ...(engine.id === 'offline' ? { seed: request.seed } : {}),
      parent: request.source.hash,
      ...(drawnAgain ? { region: drawnAgain } : {}),
    };
    return {
      plan: {
        requests: tiles.length === 1 ? 1 : tiles.length * request.count,
        estimateUsd: local ? 0 : estimateUsd(model, quality, priced, prices),
        extent: source.extent,
        ...(fills && !local ? { stockPrompt: promptFor(0) } : {}),
      },
      async run(courier, keep) {
        const work = { tiles, promptFor, mode: request.mode };
        return [...(await composeCandidates(canvas, work, request, recipe, courier, context, keep)), ...depthNote(info)];
      },
      dispose: () => pixels.close(source, canvas),
    };
  } catch (error) {
    pixels.close(source);
    throw error;
  }
}
