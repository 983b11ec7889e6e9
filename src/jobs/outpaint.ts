import { waitForBands } from '../core/bandOrder';
import { estimateUsd } from '../core/cost';
import { sameExtent } from '../core/geometry';
import { layoutOutpaint, planOutpaint } from '../core/outpaint';
import { SEAMLESS_BAND, type Picture } from '../core/pixels';
import { checkPrompt, FILL_PROMPT, tilePrompt } from '../core/prompts';
import type { Recipe } from '../core/recipe';
import type { OutpaintRequest } from '../core/request';
import { emptyAround } from '../core/tiling';
import { composeCandidates } from './compose';
import { depthNote } from './depthNote';
import type { JobContext, JobNote } from './job';
import { recipeFields, type Prepared } from './prepared';
import { editOf } from './tile';
import { priceTiles } from './tiles';

/** Prepares a widening: the picture on a larger canvas of exactly the size asked for, everything around it drawn, its own pixels where they belong. */
export async function prepareOutpaint(request: OutpaintRequest, context: JobContext): Promise<Prepared> {
  const { engine, pixels, prices, signal } = context;
  const { model, quality } = engine;
  const local = engine.fill !== undefined;
  if (!local) editOf(engine, 'inpaint');
  const info = await pixels.inspect(request.source.bytes, signal);
  const { target, anchor } = request;
  const { tiles: planned, ...layout } = local ? { ...layoutOutpaint(info.extent, target, anchor), tiles: [] } : planOutpaint(info.extent, target, anchor, model);
  const tiles = request.mode === 'seamless' ? waitForBands(planned, emptyAround(layout.canvas, { ...layout.at, ...layout.scaled }), SEAMLESS_BAND) : planned;
  const given = request.prompt.trim();
  const scene = given === '' ? FILL_PROMPT : checkPrompt(given, model);
  const promptFor = (index: number): string => {
    const tile = tiles[index];
    return tile ? tilePrompt({ prompt: given, index, count: tiles.length, window: tile.window, canvas: layout.canvas }, model) : scene;
  };
  const opened: Picture[] = [];
  try {
    const source = await pixels.open(request.source.bytes, signal);
    opened.push(source);
    const fitted = sameExtent(source.extent, layout.scaled) ? source : await pixels.resize(source, layout.scaled, signal);
    if (fitted !== source) opened.push(fitted);
    const canvas = await pixels.canvas(fitted, layout.canvas, layout.at, undefined, signal);
    opened.push(canvas);
    const recipe: Recipe = {
      ...recipeFields(context),
      operation: 'outpaint',
      prompt: given,
      ...layout.canvas,
      ...(engine.id === 'offline' ? { seed: request.seed } : {}),
      parent: request.source.hash,
      placed: { ...layout.at, ...layout.scaled },
      mode: request.mode,
    };
    const priced = Array.from({ length: tiles.length === 1 ? 1 : request.count }, () => priceTiles(tiles, promptFor(0).length, tiles.length === 1 ? request.count : 1)).flat();
    return {
      plan: {
        requests: priced.length,
        estimateUsd: local ? 0 : estimateUsd(model, quality, priced, prices),
        extent: layout.canvas,
        ...(fitted === source ? {} : { scaled: layout.scaled }),
        ...(given === '' && tiles.length > 0 ? { stockPrompt: promptFor(0) } : {}),
      },
      async run(courier, keep) {
        const notes: JobNote[] = await composeCandidates(canvas, { tiles, promptFor, mode: request.mode }, request, recipe, courier, context, keep);
        if (fitted !== source) notes.push({ note: 'source-scaled', from: source.extent, to: fitted.extent });
        notes.push(...depthNote(info));
        if (local && given !== '') notes.push({ note: 'prompt-not-used' });
        return notes;
      },
      dispose: () => pixels.close(...opened),
    };
  } catch (error) {
    pixels.close(...opened);
    throw error;
  }
}
