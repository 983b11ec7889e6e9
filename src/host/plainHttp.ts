import { EventEmitter, l10n, window, type Memento } from 'vscode';
import { ImageError } from '../core/errors';
import type { Server } from './server';

const ALLOWED = 'easel.plainHttp';

/** The servers, by origin, that the person lets be spoken to without encryption. */
export class PlainHttp {
  readonly #memento: Memento;
  readonly #allowances = new EventEmitter<void>();
  readonly onDidAllow = this.#allowances.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Throws `bad-argument` for a server without encryption that the person has not allowed. */
  check({ plain, origin }: Server): void {
    if (!plain || this.#allowed().includes(origin)) return;
    throw new ImageError('bad-argument', `Plain http works only for this machine: a key sent to ${origin} could be read on the way. Use https://, or allow it for this server by "Easel: Set API Key…".`);
  }

  /** Asks, once for each server, whether it may be spoken to without encryption; answers whether it may. */
  async ask({ plain, origin }: Server): Promise<boolean> {
    if (!plain || this.#allowed().includes(origin)) return true;
    const allow = l10n.t('Send Without Encryption');
    const detail = l10n.t('The connection to {0} is not encrypted: on the way, anybody can read the key, the prompts and the pictures. Allow it only in a network that you trust.', origin);
    const answer = await window.showWarningMessage(l10n.t('Use this server without encryption?'), { modal: true, detail }, allow);
    if (answer !== allow) return false;
    await this.#memento.update(ALLOWED, [...this.#allowed(), origin]);
    this.#allowances.fire();
    return true;
  }

  #allowed(): readonly string[] {
    const stored: unknown = this.#memento.get(ALLOWED);
    return Array.isArray(stored) ? stored.filter((origin) => typeof origin === 'string') : [];
  }
}
