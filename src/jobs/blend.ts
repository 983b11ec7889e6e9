import { estimateUsd } from '../core/cost';
import { ImageError } from '../core/errors';
import type { EncodedImage } from '../core/image';
import { blendPrompt, checkPrompt } from '../core/prompts';
import type { BlendRequest } from '../core/request';
import { nearestLegal } from '../core/sizes';
import { asInput } from './deliver';
import type { JobContext } from './job';
import { recipeFields, type Prepared } from './prepared';
import { editOf } from './tile';
import { drawWhole, split } from './whole';

/** Prepares one picture out of several, of the first one's size. */
export async function prepareBlend(request: BlendRequest, context: JobContext): Promise<Prepared> {
  const { engine, pixels, prices, signal } = context;
  const { model, quality } = engine;
  const { sources, embedRecipe } = request;
  const edit = editOf(engine, 'edit');
  if (sources.length > model.maxInputs) {
    throw new ImageError('unsupported', `${model.id} takes ${model.maxInputs} picture(s) at most in one request; ${sources.length} were given.`);
  }
  const given = request.prompt.trim();
  const prompt = checkPrompt(blendPrompt(given, sources.length, model), model);
  const inputs = await Promise.all(
    sources.map(async ({ bytes }) => {
      const { extent } = await pixels.inspect(bytes, signal);
      return { bytes, extent, asked: nearestLegal(extent, model.sizes) };
    }),
  );
  const [first] = inputs;
  const parent = sources[0]?.hash;
  if (!first || inputs.length < 2) throw new ImageError('bad-argument', 'Blending needs two pictures or more: select them together.');
  const { extent, asked } = first;
  const requests = split(request.count, context).map((each) => ({ ...each, extent: asked, inputs: inputs.map((input) => input.asked), promptLength: prompt.length }));
  return {
    plan: { requests: requests.length, estimateUsd: estimateUsd(model, quality, requests, prices), extent, ...(given === '' ? { stockPrompt: prompt } : {}) },
    async run(courier, keep) {
      const images: EncodedImage[] = [];
      for (const input of inputs) images.push(await asInput(input.bytes, input.asked, context));
      const recipe = { ...recipeFields(context), operation: 'blend' as const, prompt: given, width: extent.width, height: extent.height, parent };
      const draw = ({ count }: { readonly count: number }, _index: number, callContext: Parameters<typeof edit>[1]) => edit({ prompt, images, extent: asked, count }, callContext);
      return drawWhole({ requests, extent, format: 'png', embedRecipe, recipe: () => recipe, draw }, courier, context, keep);
    },
    dispose() {},
  };
}
