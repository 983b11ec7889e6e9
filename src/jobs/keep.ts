import { ImageError, throwIfCancelled, toImageError } from '../core/errors';
import { sha256 } from '../core/hash';
import { formatRecipe } from '../core/recipe';
import type { ImageRequest, Output } from '../core/request';
import type { Courier } from './courier';
import type { JobContext } from './job';
import type { Finished } from './prepared';

/** Writes finished pictures into the workspace and the history, or among the candidates; what cannot be written stays in the outbox. */
export class Keeper {
  readonly #request: ImageRequest;
  readonly #context: JobContext;
  readonly #courier: Courier;
  readonly #files: string[] = [];

  constructor(request: ImageRequest, context: JobContext, courier: Courier) {
    this.#request = request;
    this.#context = context;
    this.#courier = courier;
  }

  /** URIs of what was written, in order. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** Writes one picture. Rejects with `cannot-save` once its bytes are safe in the outbox. */
  async keep(picture: Finished): Promise<void> {
    throwIfCancelled(this.#context.signal);
    const { engine, history, clock, candidates, onEvent } = this.#context;
    const { output } = this.#request;
    if (output.kind === 'candidates') {
      const candidate = await candidates.put(picture.bytes, { run: output.run, stem: output.stem, recipe: picture.recipe });
      await this.#courier.settle(picture.answers);
      return onEvent({ type: 'candidate', candidate });
    }
    const uri = await this.#write(picture, output);
    this.#files.push(uri);
    await this.#courier.settle(picture.answers);
    onEvent({ type: 'saved', uri });
    const costUsd = engine.paid ? this.#courier.costOf(picture.answers) : undefined;
    await history.add({ at: clock.now(), uri, hash: await sha256(picture.bytes), recipe: picture.recipe, ...(costUsd === undefined ? {} : { costUsd }) });
  }

  async #write(picture: Finished, output: Exclude<Output, { kind: 'candidates' }>): Promise<string> {
    const { files, history, outbox } = this.#context;
    try {
      if (output.kind === 'new') return await files.writeNew(output.folder, output.stem, picture.extension, picture.bytes);
      if (output.kind === 'exact') {
        await files.writeAt(output.uri, picture.bytes);
        return output.uri;
      }
      await history.keepOriginal(output.expected, await files.read(output.uri));
      await files.replace(output.uri, output.expected, picture.bytes);
      return output.uri;
    } catch (error) {
      const { folder, stem } = output.kind === 'new' ? output : { folder: files.folderOf(output.uri), stem: files.stemOf(output.uri) };
      await outbox.put(picture.bytes, { kind: 'picture', folder, stem, extension: picture.extension, recipe: formatRecipe(picture.recipe) });
      await this.#courier.settle(picture.answers);
      const known = toImageError(error, 'cannot-save');
      throw new ImageError('cannot-save', `${known.message} The picture is kept and can be saved elsewhere.`, { cause: known, files: this.#files });
    }
  }
}
