import { estimateUsd } from '../core/cost';
import type { ImageInfo } from '../core/image';
import { checkPrompt, darkPrompt } from '../core/prompts';
import { formatRecipe, type Recipe } from '../core/recipe';
import type { DarkTwinRequest } from '../core/request';
import { nearestLegal } from '../core/sizes';
import { asInput } from './deliver';
import { depthNote } from './depthNote';
import type { JobContext } from './job';
import { recipeFields, type Prepared } from './prepared';
import { editOf } from './tile';
import { drawWhole } from './whole';

/** Prepares the dark twin of a picture, of its own size: by an edit of the whole; offline by turning its lightness upside down. */
export async function prepareDarkTwin(request: DarkTwinRequest, context: JobContext): Promise<Prepared> {
  const { engine, pixels, prices, signal } = context;
  const info = await pixels.inspect(request.source.bytes, signal);
  const { extent } = info;
  const given = request.prompt.trim();
  const recipe: Recipe = { ...recipeFields(context), operation: 'dark-twin', prompt: given, ...extent, parent: request.source.hash };
  if (engine.darken) return prepareOffline(request, info, { ...recipe, prompt: '' }, engine.darken.bind(engine), context);
  const edit = editOf(engine, 'edit');
  const prompt = checkPrompt(darkPrompt(given, engine.model), engine.model);
  const asked = nearestLegal(extent, engine.model.sizes);
  const call = { extent: asked, count: 1, inputs: [asked], promptLength: prompt.length };
  return {
    plan: { requests: 1, estimateUsd: estimateUsd(engine.model, engine.quality, [call], prices), extent, ...(given === '' ? { stockPrompt: prompt } : {}) },
    async run(courier, keep) {
      const image = await asInput(request.source.bytes, asked, context);
      const draw = (_call: unknown, _index: number, callContext: Parameters<typeof edit>[1]): ReturnType<typeof edit> => edit({ prompt, images: [image], extent: asked, count: 1 }, callContext);
      return drawWhole({ requests: [call], extent, format: 'png', embedRecipe: request.embedRecipe, recipe: () => recipe, draw }, courier, context, keep);
    },
    dispose() {},
  };
}

function prepareOffline(request: DarkTwinRequest, info: ImageInfo, recipe: Recipe, darken: NonNullable<JobContext['engine']['darken']>, { pixels, signal, onEvent }: JobContext): Prepared {
  return {
    plan: { requests: 0, estimateUsd: 0, extent: recipe },
    async run(_courier, keep) {
      onEvent({ type: 'composing', part: 1, of: 1 });
      const source = await pixels.open(request.source.bytes, signal);
      try {
        const dark = await darken(source, { signal });
        try {
          const bytes = await pixels.encode(dark, { format: 'png', recipe: request.embedRecipe ? formatRecipe(recipe) : undefined }, signal);
          await keep({ file: { bytes }, extension: 'png', recipe, answers: [] });
        } finally {
          pixels.close(dark);
        }
      } finally {
        pixels.close(source);
      }
      return [...depthNote(info), ...(request.prompt.trim() === '' ? [] : [{ note: 'prompt-not-used' } as const])];
    },
    dispose() {},
  };
}
