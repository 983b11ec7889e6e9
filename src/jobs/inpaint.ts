import { waitForBands } from '../core/bandOrder';
import { estimateUsd } from '../core/cost';
import { ImageError } from '../core/errors';
import type { Bounds, Extent } from '../core/geometry';
import { planInpaint, withoutIdle, type InpaintPlan } from '../core/inpaint';
import type { ModelSpec } from '../core/models';
import { SEAMLESS_BAND, type Canvas, type ComposeMode } from '../core/pixels';
import { checkPrompt, editAreaPrompt, editTilePrompt, FILL_PROMPT } from '../core/prompts';
import type { Recipe } from '../core/recipe';
import { toRecipeRegion } from '../core/recipeRegion';
import type { InpaintRequest } from '../core/request';
import { composeCandidates } from './compose';
import { depthNote } from './depthNote';
import type { JobContext } from './job';
import { recipeFields, type Prepared } from './prepared';
import { editOf } from './tile';
import { priceTiles } from './tiles';

/** The tiles for what is pending: parts are a little more than that, and a tile for the difference alone would be paid for nothing. */
async function plan(canvas: Canvas, parts: readonly Bounds[], mode: ComposeMode, { engine, pixels }: JobContext): Promise<InpaintPlan> {
  const planned = planInpaint(canvas.extent, parts, engine.model);
  const { tiles, areas } = withoutIdle(planned, await pixels.drawAnything(canvas, planned.tiles.map(({ window }) => window)));
  return { tiles: mode === 'seamless' ? waitForBands(tiles, parts, SEAMLESS_BAND) : tiles, areas };
}

/** What is sent with a tile; `given` is what the person says of the change, empty where that is nothing. */
function promptOf({ tiles, areas }: InpaintPlan, index: number, given: string, canvas: Extent, model: ModelSpec): string {
  const tile = tiles[index];
  const area = areas[index];
  if (!tile || !area || tiles.length === 1) return given === '' ? FILL_PROMPT : given;
  const count = areas.filter((other) => other === area).length;
  const part = { prompt: given, index: index - areas.indexOf(area), count, window: tile.window, canvas };
  return count === 1 ? editAreaPrompt(part, area, new Set(areas).size, model) : editTilePrompt(part, area, model);
}

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
    const parts = await pixels.pendingParts(canvas);
    if (parts.length === 0) {
      pixels.close(canvas);
      throw new ImageError('bad-argument', 'The mask marks nothing to draw: paint what is to change with transparency, or white on black.');
    }
    const { tiles, areas } = local ? { tiles: [], areas: [] } : await plan(canvas, parts, request.mode, context);
    const promptFor = (index: number): string => promptOf({ tiles, areas }, index, given, source.extent, model);
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
