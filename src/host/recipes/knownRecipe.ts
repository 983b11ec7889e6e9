import { l10n } from 'vscode';
import { ImageError } from '../../core/errors';
import type { Operation, Recipe } from '../../core/recipe';
import type { HistoryEntry } from '../../jobs/history';
import type { Services } from '../services';
import type { OpenedSource } from '../sources';
import { baseName } from '../uris';

/** How a file was made, and who says so. */
export interface KnownRecipe {
  readonly recipe: Recipe;
  /** The history's entry of these very bytes; undefined where only the file speaks, and whoever made it wrote it. */
  readonly entry: HistoryEntry | undefined;
}

/** A file's recipe: what this workspace's history knows of its bytes, else what the file itself says; undefined where neither does. */
export async function findRecipe(services: Services, { source, recipe }: OpenedSource): Promise<KnownRecipe | undefined> {
  const entry = (await services.jobs.history.list()).find(({ hash }) => hash === source.hash);
  const known = entry?.recipe ?? recipe;
  return known && { recipe: known, entry };
}

/** A file's recipe as `findRecipe` finds it. Rejects with `bad-argument` where there is none. */
export async function knownRecipe(services: Services, opened: OpenedSource): Promise<KnownRecipe> {
  const known = await findRecipe(services, opened);
  if (!known) throw new ImageError('bad-argument', `${baseName(opened.uri)} does not say how it was made: it holds no recipe, and the history does not know it.`);
  return known;
}

/** What was done, where no prompt says it. */
export function operationWords(operation: Operation): string {
  const words: Record<Operation, string> = {
    generate: l10n.t('Generated'),
    inpaint: l10n.t('Filled from the surroundings'),
    variation: l10n.t('Variation'),
    outpaint: l10n.t('Widened'),
    blend: l10n.t('Blended'),
    'dark-twin': l10n.t('Dark twin'),
  };
  return words[operation];
}
