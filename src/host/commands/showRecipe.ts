import { Disposable, EventEmitter, l10n, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import { ImageError, toImageError } from '../../core/errors';
import { pickImages } from '../dialogue/pickImages';
import { failureWords } from '../errors';
import { findParentNear } from '../recipes/findParent';
import { findRecipe, knownRecipe } from '../recipes/knownRecipe';
import { recipeText } from '../recipes/recipeText';
import type { Services } from '../services';
import { openSource } from '../sources';
import { baseName, displayPath, toUri } from '../uris';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

const SCHEME = 'easel-recipe';

/** `easel.showRecipe`: how a picture was made, as a text that can be read and copied, and not be changed. */
export function registerShowRecipe(services: Services): Disposable {
  const texts = new RecipeTexts(services);
  const show = async (uris: readonly Uri[]): Promise<readonly Uri[]> => {
    for (const uri of uris) {
      // Before anything is opened: what has no recipe is refused.
      await knownRecipe(services, await openSource(services, uri));
      const document = texts.uriOf(uri);
      texts.renew(document);
      await window.showTextDocument(await workspace.openTextDocument(document), { preview: true });
    }
    return [];
  };
  return Disposable.from(
    texts,
    workspace.registerTextDocumentContentProvider(SCHEME, texts),
    registerCommand(services, {
      id: 'easel.showRecipe',
      schema: NO_OPTIONS,
      needsTrust: false,
      person: async (uris) => {
        const picked = (await pickImages(uris, l10n.t('Show Recipe'), 1)) ?? [];
        const told: Uri[] = [];
        for (const uri of picked) {
          if (await findRecipe(services, await openSource(services, uri))) told.push(uri);
          else void window.showInformationMessage(`Easel: ${l10n.t('{0} holds no recipe, and the history does not know it.', displayPath(uri))}`);
        }
        return show(told);
      },
      caller: async (uris) => show(requireUris(uris, 1)),
    }),
  );
}

/** The recipes as documents; a document's address holds that of its picture. */
class RecipeTexts implements TextDocumentContentProvider, Disposable {
  readonly #services: Services;
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;

  constructor(services: Services) {
    this.#services = services;
  }

  uriOf(picture: Uri): Uri {
    return Uri.from({ scheme: SCHEME, path: `/${baseName(picture)}.txt`, query: picture.toString() });
  }

  /** The picture may be another one since the document was shown last. */
  renew(document: Uri): void {
    this.#changes.fire(document);
  }

  async provideTextDocumentContent({ query }: Uri): Promise<string> {
    try {
      const opened = await openSource(this.#services, toUri(query));
      const known = await knownRecipe(this.#services, opened);
      const { parent: hash } = known.recipe;
      const parent = hash === undefined ? undefined : await findParentNear(this.#services, hash, opened.uri);
      return recipeText(displayPath(opened.uri), known, parent && displayPath(parent));
    } catch (error) {
      // A document of the last window, whose picture is gone.
      if (error instanceof ImageError) return failureWords(toImageError(error, 'not-an-image'));
      throw error;
    }
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
