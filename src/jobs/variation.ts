import { estimateUsd } from '../core/cost';
import type { ImageEngine } from '../core/engine';
import type { Extent } from '../core/geometry';
import type { ImageInfo } from '../core/image';
import { checkPrompt, varyPrompt } from '../core/prompts';
import { formatRecipe, parseRecipe, type Recipe } from '../core/recipe';
import type { VariationRequest } from '../core/request';
import { nearestLegal } from '../core/sizes';
import { asInput } from './deliver';
import { depthNote } from './depthNote';
import type { JobContext, JobNote } from './job';
import { recipeFields, type Finished, type Prepared } from './prepared';
import { editOf } from './tile';
import { drawWhole, split } from './whole';

/** Prepares variations of a picture, of its own size: by the server's variations route where it has one, else by an edit with a prompt; offline by another seed, or by tone and crop. */
export async function prepareVariation(request: VariationRequest, context: JobContext): Promise<Prepared> {
  const info = await context.pixels.inspect(request.source.bytes, context.signal);
  const { extent } = info;
  const { retouch } = context.engine;
  const common: Recipe = { ...recipeFields(context), operation: 'variation', prompt: request.prompt.trim(), width: extent.width, height: extent.height, parent: request.source.hash };
  return retouch ? prepareOffline(request, info, common, retouch.bind(context.engine), context) : prepareDrawn(request, extent, common, context);
}

function prepareDrawn(request: VariationRequest, extent: Extent, recipe: Recipe, context: JobContext): Prepared {
  const { engine, prices } = context;
  const { model, quality } = engine;
  // A variations route takes no prompt: one that was given is honoured by an edit instead.
  const byRoute = recipe.prompt === '' ? engine.variation?.bind(engine) : undefined;
  const edit = byRoute ? undefined : editOf(engine, 'edit');
  const prompt = byRoute ? '' : checkPrompt(varyPrompt(request.strength, recipe.prompt, model), model);
  const asked = nearestLegal(extent, model.sizes);
  const requests = split(request.count, context).map((each) => ({ ...each, extent: asked, inputs: [asked], promptLength: prompt.length }));
  return {
    plan: { requests: requests.length, estimateUsd: estimateUsd(model, quality, requests, prices), extent, ...(recipe.prompt === '' && !byRoute ? { stockPrompt: prompt } : {}) },
    async run(courier, keep) {
      const image = await asInput(request.source.bytes, asked, context);
      return drawWhole(
        {
          requests,
          extent,
          format: 'png',
          embedRecipe: request.embedRecipe,
          recipe: () => recipe,
          draw: ({ count }, _index, callContext) =>
            byRoute ? byRoute({ image, extent: asked, count }, callContext) : (edit ?? editOf(engine, 'edit'))({ prompt, images: [image], extent: asked, count }, callContext),
        },
        courier,
        context,
        keep,
      );
    },
    dispose() {},
  };
}

/** A drawing of the offline engine is drawn again from another seed where the change may be strong; any other picture gets another tone and crop. */
function prepareOffline(
  request: VariationRequest,
  info: ImageInfo,
  recipe: Recipe,
  retouch: NonNullable<ImageEngine['retouch']>,
  context: JobContext,
): Prepared {
  const { extent } = info;
  const parent = info.recipe === undefined ? undefined : parseRecipe(info.recipe);
  const prompt = recipe.prompt || (parent?.prompt ?? '');
  const redraws = request.strength === 'strong' && parent?.engine === 'offline' && prompt !== '' && ['generate', 'variation'].includes(parent.operation);
  const own = (index: number): Recipe => ({ ...recipe, prompt: redraws ? prompt : '', seed: request.seed + index });
  const requests = split(request.count, context, 1).map((each) => ({ ...each, extent, inputs: [], promptLength: prompt.length }));
  return {
    plan: { requests: 0, estimateUsd: 0, extent },
    run: (courier, keep) =>
      redraws
        ? drawWhole(
            {
              requests,
              extent,
              format: 'png',
              embedRecipe: request.embedRecipe,
              recipe: own,
              draw: (_call, index, callContext) => context.engine.generate({ prompt, extent, count: 1, seed: request.seed + index }, callContext),
            },
            courier,
            context,
            keep,
          )
        : retouchAll(request, info, own, retouch, context, keep),
    dispose() {},
  };
}

async function retouchAll(
  request: VariationRequest,
  info: ImageInfo,
  recipe: (index: number) => Recipe,
  retouch: NonNullable<ImageEngine['retouch']>,
  context: JobContext,
  keep: (picture: Finished) => Promise<void>,
): Promise<readonly JobNote[]> {
  const { pixels, signal } = context;
  const source = await pixels.open(request.source.bytes, signal);
  try {
    for (let index = 0; index < request.count; index += 1) {
      context.onEvent({ type: 'composing', part: index + 1, of: request.count });
      const own = recipe(index);
      const varied = await retouch(source, request.seed + index, request.strength, { signal });
      try {
        const bytes = await pixels.encode(varied, { format: 'png', recipe: request.embedRecipe ? formatRecipe(own) : undefined }, signal);
        await keep({ file: { bytes }, extension: 'png', recipe: own, answers: [] });
      } finally {
        pixels.close(varied);
      }
    }
  } finally {
    pixels.close(source);
  }
  return [...depthNote(info), ...(request.prompt.trim() === '' ? [] : [{ note: 'prompt-not-used' } as const])];
}
