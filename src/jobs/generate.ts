import { estimateUsd } from '../core/cost';
import { sameExtent } from '../core/geometry';
import { checkPrompt } from '../core/prompts';
import type { GenerateRequest } from '../core/request';
import { nearestLegal } from '../core/sizes';
import type { JobContext } from './job';
import { recipeFields, type Prepared } from './prepared';
import { drawWhole, split } from './whole';

/** Prepares a picture from a prompt: at the nearest size that the model draws, then scaled and cropped to the size asked for. */
export async function prepareGenerate(request: GenerateRequest, context: JobContext): Promise<Prepared> {
  const { engine, prices } = context;
  const { model, quality } = engine;
  const { extent, format, embedRecipe } = request;
  const prompt = checkPrompt(request.prompt, model);
  const drawn = nearestLegal(extent, model.sizes);
  const requests = split(request.count, model.maxCount).map((count) => ({ extent: drawn, count, inputs: [], promptLength: prompt.length }));
  return {
    plan: {
      requests: requests.length,
      estimateUsd: estimateUsd(model, quality, requests, prices),
      extent,
      ...(sameExtent(drawn, extent) ? {} : { drawn }),
    },
    run: (courier, keep) =>
      drawWhole(
        {
          requests,
          extent,
          format,
          embedRecipe,
          recipe: (index) => ({ ...recipeFields(context), operation: 'generate', prompt, ...extent, ...(engine.id === 'offline' ? { seed: request.seed + index } : {}) }),
          draw: ({ count }, index, callContext) => engine.generate({ prompt, extent: drawn, count, seed: request.seed + index }, callContext),
        },
        courier,
        context,
        keep,
      ),
    dispose() {},
  };
}
