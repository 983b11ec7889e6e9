import { Disposable } from 'vscode';

type Handler = (...args: unknown[]) => Promise<unknown>;

/** What stands behind the command ids that `activate()` has announced. */
export class CommandTable {
  readonly #handlers = new Map<string, Handler>();

  /** An id is added once. */
  add(id: string, handler: Handler): Disposable {
    if (this.#handlers.has(id)) throw new Error(`${id} is registered twice.`);
    this.#handlers.set(id, handler);
    return new Disposable(() => this.#handlers.delete(id));
  }

  run(id: string, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(id);
    return handler ? handler(...args) : Promise.reject(new Error(`${id} is announced, but nothing stands behind it.`));
  }
}
