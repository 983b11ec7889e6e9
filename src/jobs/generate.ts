import { estimateUsd } from '../core/cost';
import { ImageError } from '../core/errors';
import { checkExtent } from '../core/extentLimits';
import { sameExtent } from '../core/geometry';
import { guideList, guidesTaken } from '../core/guides';
import type { EncodedImage } from '../core/image';
import type { ModelSpec } from '../core/models';
import { checkPrompt } from '../core/prompts';
import type { Recipe } from '../core/recipe';
import type { GenerateRequest, Guides } from '../core/request';
import { nearestLegal } from '../core/sizes';
import { asInput } from './deliver';
import type { JobContext, JobNote } from './job';
import { recipeFields, type Prepared } from './prepared';
import { editOf } from './tile';
import { drawWhole, split } from './whole';

const NO_GUIDES: Guides = { references: [] };

/** Prepares a picture from a prompt: at the nearest size that the model draws, then scaled and cropped to the size asked for. With guides it is drawn by an edit of them without a mask. Rejects like `checkExtent`. */
export async function prepareGenerate(request: GenerateRequest, context: JobContext): Promise<Prepared> {
  const { engine, prices, pixels, signal } = context;
  const { model, quality } = engine;
  const { extent, format, embedRecipe, guides = NO_GUIDES } = request;
  checkExtent(extent);
  const prompt = checkPrompt(request.prompt, model);
  if (request.transparent) refuseOpaque(request, model);
  const asked = nearestLegal(extent, model.sizes);
  const taken = guidesTaken(engine, guides);
  const seen = await Promise.all(
    guideList(taken).map(async ({ bytes }) => ({ bytes, asked: nearestLegal((await pixels.inspect(bytes, signal)).extent, model.sizes) })),
  );
  const inputs = seen.map((input) => input.asked);
  const requests = split(request.count, context).map((each) => ({ ...each, extent: asked, inputs, promptLength: prompt.length }));
  const recipe: Recipe = { ...recipeFields(context), operation: guides.parent ? 'variation' : 'generate', prompt, ...extent, ...guideFields(guides, taken) };
  const unseen = guideList(guides).length - seen.length;
  const notSent: JobNote[] = unseen > 0 ? [{ note: 'guides-not-sent', count: unseen }] : [];
  const background = request.transparent ? { transparent: true } : {};
  return {
    plan: {
      requests: requests.length,
      estimateUsd: estimateUsd(model, quality, requests, prices),
      extent,
      ...(sameExtent(asked, extent) ? {} : { asked }),
    },
    async run(courier, keep) {
      const images: EncodedImage[] = [];
      for (const input of seen) images.push(await asInput(input.bytes, input.asked, context));
      const notes = await drawWhole(
        {
          requests,
          extent,
          ...(request.focus ? { focus: request.focus } : {}),
          format,
          ...(request.transparent ? { transparent: true } : {}),
          embedRecipe,
          recipe: (index) => ({ ...recipe, ...(engine.id === 'offline' ? { seed: request.seed + index } : {}) }),
          draw: ({ count }, index, callContext) =>
            images.length > 0
              ? editOf(engine, 'edit')({ prompt, images, extent: asked, count, ...background }, callContext)
              : engine.generate({ prompt, extent: asked, count, seed: request.seed + index, ...background }, callContext),
        },
        courier,
        context,
        keep,
      );
      return [...notes, ...notSent];
    },
    dispose() {},
  };
}

/** A transparent background is drawn or refused: a picture on a ground that nobody wanted costs as much. */
function refuseOpaque({ format }: GenerateRequest, model: ModelSpec): void {
  if (format === 'jpeg') throw new ImageError('bad-argument', 'JPEG has no transparency: use PNG.');
  if (model.transparent) return;
  throw new ImageError('unsupported', `${model.id} does not draw on a transparent background. Generate on a plain one and cut it out with "easel.cutOut", or choose another model.`);
}

/** What a recipe says of its guides. */
function guideFields({ parent, references }: Guides, taken: Guides): Pick<Recipe, 'parent' | 'references'> {
  return { ...(parent ? { parent: parent.hash } : {}), ...(references.length > 0 ? { references: taken.references.map(({ hash }) => hash) } : {}) };
}
