import { ImageError, throwIfCancelled, toImageError } from '../core/errors';
import { sha256 } from '../core/hash';
import type { FileContent } from '../core/ports';
import type { ImageRequest, Output } from '../core/request';
import type { Courier } from './courier';
import type { JobContext } from './job';
import { placeOf } from './outputPlace';
import type { Finished } from './prepared';

type FileOutput = Exclude<Output, { kind: 'candidates' }>;

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
    const { output } = this.#request;
    return output.kind === 'candidates' ? this.#setAside(picture, output) : this.#keepFile(picture, output);
  }

  async #setAside(picture: Finished, { run, stem }: Extract<Output, { kind: 'candidates' }>): Promise<void> {
    const { candidates, outbox, onEvent } = this.#context;
    const aim = async (file: string): Promise<void> => {
      for (const id of picture.answers) await outbox.aim(id, file);
    };
    const candidate = await candidates.put(picture.file.bytes, { run, stem, recipe: picture.recipe, ...this.#costOf(picture) }, aim);
    await this.#courier.settle(picture.answers);
    onEvent({ type: 'candidate', candidate });
  }

  async #keepFile(picture: Finished, output: FileOutput): Promise<void> {
    const { history, clock, log, onEvent } = this.#context;
    const staged = picture.staged ?? (await this.#stage(picture, output));
    const uri = await this.#write(picture, staged, output);
    this.#files.push(uri);
    await this.#courier.settle([...picture.answers, staged]);
    onEvent({ type: 'saved', uri });
    const entry = { at: clock.now(), uri, hash: await sha256(picture.file.bytes), recipe: picture.recipe, ...this.#costOf(picture) };
    // The file is there: no reason to fail for what is only remembered of it.
    await history.add(entry).catch((error: unknown) => log.warn(`The history could not be written: ${String(error)}`));
  }

  #costOf({ answers }: Finished): { readonly costUsd?: number } {
    const costUsd = this.#context.engine.paid ? this.#courier.receipts.costOf(answers) : undefined;
    return costUsd === undefined ? {} : { costUsd };
  }

  /** Puts a composed picture where it outlives this window before its file is there: a file is then made in one step, out of what is whole already. */
  async #stage({ file, extension, answers }: Finished, output: FileOutput): Promise<string> {
    const { outbox, files } = this.#context;
    return outbox.put(file, { kind: 'answer', ...placeOf(output, files), extension, answers });
  }

  async #write({ file, extension, answers }: Finished, staged: string, output: FileOutput): Promise<string> {
    const { files, history, outbox } = this.#context;
    const content: FileContent = { get bytes() { return file.bytes; }, twin: outbox.fileOf(staged), within: output.within };
    try {
      if (output.kind === 'new') return await files.writeNew(output.folder, output.stem, extension, content);
      if (output.kind === 'exact') {
        await files.writeAt(output.uri, content);
        return output.uri;
      }
      await history.keepOriginal(output.expected, await files.read(output.uri));
      await files.replace(output.uri, output.expected, content);
      return output.uri;
    } catch (error) {
      await outbox.offer(staged, true);
      await this.#courier.settle(answers.filter((id) => id !== staged));
      const known = toImageError(error, 'cannot-save');
      throw new ImageError('cannot-save', `${known.message} The picture is kept and can be saved elsewhere.`, { cause: known, files: this.#files });
    }
  }
}
