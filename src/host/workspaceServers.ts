import { EventEmitter, l10n, window, type Memento } from 'vscode';
import { ImageError } from '../core/errors';
import type { Server } from './server';
import type { Settings } from './settingsSchema';

const AGREED = 'easel.workspaceServers';

/** What the person wants of a server that the workspace names. */
export type ServerConsent = 'without-key' | 'with-key' | 'no';

/**
 * The servers, by origin, that a workspace's settings named and the person has agreed to. A key that is stored for an origin is consent enough: this is about those
 * that draw without one, to which a workspace could otherwise send prompts and pictures by itself.
 */
export class WorkspaceServers {
  readonly #memento: Memento;
  readonly #agreements = new EventEmitter<void>();
  readonly onDidAgree = this.#agreements.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Throws `no-key` for a server without a key that the workspace names and nobody has agreed to; this machine's own need no consent. */
  check({ origin, loopback }: Server, { serverOfWorkspace }: Pick<Settings, 'serverOfWorkspace'>): void {
    if (!serverOfWorkspace || loopback || this.#agreed().includes(origin)) return;
    throw new ImageError('no-key', l10n.t('This workspace wants pictures to be drawn by {0}. Nothing is sent there before you agree.', origin));
  }

  /** Asks about a server that needs no key; remembers a consent. */
  async ask({ origin }: Server): Promise<ServerConsent> {
    const use = l10n.t('Use Without a Key');
    const setKey = l10n.t('Set API Key…');
    const detail = l10n.t("The workspace's settings name this server, not yours. Prompts, and the pictures that are edited, will be sent there.");
    const answer = await window.showWarningMessage(l10n.t('Have pictures drawn by {0}?', origin), { modal: true, detail }, use, setKey);
    if (answer === undefined) return 'no';
    await this.#memento.update(AGREED, [...this.#agreed(), origin]);
    this.#agreements.fire();
    return answer === use ? 'without-key' : 'with-key';
  }

  #agreed(): readonly string[] {
    const stored: unknown = this.#memento.get(AGREED);
    return Array.isArray(stored) ? stored.filter((origin) => typeof origin === 'string') : [];
  }
}
