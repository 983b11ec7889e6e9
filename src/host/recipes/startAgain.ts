import { l10n, type Uri } from 'vscode';
import type { Recipe } from '../../core/recipe';
import type { RecipeRegion } from '../../core/recipeRegion';
import type { Services } from '../services';
import type { OpenedSource } from '../sources';
import { baseName, displayPath } from '../uris';
import { findParent } from './findParent';

/** What can be done instead: a command on a picture. */
export interface WayOut {
  readonly label: string;
  readonly command: 'easel.edit' | 'easel.blend' | 'easel.vary';
  readonly uri: Uri;
}

/** What a recipe is run again from: what it holds alone, the picture that it was made from, or nothing, and then why not. */
export type Start =
  | { readonly kind: 'prompt' }
  | { readonly kind: 'parent'; readonly operation: 'variation' | 'outpaint' | 'dark-twin'; readonly parent: OpenedSource }
  | { readonly kind: 'parent'; readonly operation: 'inpaint'; readonly parent: OpenedSource; readonly region: RecipeRegion }
  | { readonly kind: 'missing'; readonly why: string; readonly waysOut: readonly WayOut[] };

/** Looks for what a picture's recipe takes to be run again. Rejects with `cancelled`. */
export async function startAgain(services: Services, { uri }: OpenedSource, { operation, parent: hash, region }: Recipe, signal: AbortSignal): Promise<Start> {
  if (operation === 'generate') return { kind: 'prompt' };
  const name = baseName(uri);
  const vary: WayOut = { label: l10n.t('Vary {0}…', name), command: 'easel.vary', uri };
  const parent = hash === undefined ? undefined : await findParent(services, hash, uri, signal);
  if (!parent) {
    const lost = l10n.t('{0} was made from another picture, which is neither in the history nor in this workspace any more. Its file had the SHA-256 {1}.', name, hash ?? '?');
    return { kind: 'missing', why: lost, waysOut: [vary] };
  }
  const from = displayPath(parent.uri);
  if (operation === 'inpaint') {
    if (region) return { kind: 'parent', operation, parent, region };
    const why = l10n.t('{0} is an edit of {1}. Its recipe says what was drawn, but not where: mark the region again.', name, from);
    return { kind: 'missing', why, waysOut: [{ label: l10n.t('Edit {0}…', baseName(parent.uri)), command: 'easel.edit', uri: parent.uri }, vary] };
  }
  if (operation === 'blend') {
    const why = l10n.t('{0} was blended of several pictures, of which its recipe names only the first, {1}: choose the others again.', name, from);
    return { kind: 'missing', why, waysOut: [{ label: l10n.t('Blend {0}…', baseName(parent.uri)), command: 'easel.blend', uri: parent.uri }, vary] };
  }
  return { kind: 'parent', operation, parent };
}
