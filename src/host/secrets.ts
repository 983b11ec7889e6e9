import type { Event, SecretStorage } from 'vscode';
import type { Server } from './server';

const PREFIX = 'easel.key:';

/** The keys, in the editor's own secret storage, one for each server's origin. A key is only ever given to the origin that it was stored for. */
export class Keys {
  readonly #secrets: SecretStorage;
  readonly onDidChange: Event<unknown>;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
    this.onDidChange = secrets.onDidChange;
  }

  async get(server: Server): Promise<string | undefined> {
    return this.#secrets.get(PREFIX + server.origin);
  }

  async set(server: Server, key: string): Promise<void> {
    await this.#secrets.store(PREFIX + server.origin, key);
  }

  async clear(origin: string): Promise<void> {
    await this.#secrets.delete(PREFIX + origin);
  }

  /** The origins that a key is stored for. */
  async origins(): Promise<string[]> {
    return (await this.#secrets.keys()).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  }
}
