import { l10n } from 'vscode';
import type { ImageEngine } from '../core/engine';
import { ImageError } from '../core/errors';
import { findModel, type ModelSpec } from '../core/models';
import type { Pixels } from '../core/pixels';
import { createFetchPublic } from '../node/fetchPublic';
import { findProfile } from '../engines/openai/profiles';
import type { Log } from '../core/ports';
import type { PlainHttp } from './plainHttp';
import type { Keys } from './secrets';
import { parseServer, type Server } from './server';
import type { Settings } from './settingsSchema';
import type { WorkspaceServers } from './workspaceServers';

/** The engine that the settings and the stored keys choose. */
export interface ChosenEngine {
  readonly engine: ImageEngine;
  /** Undefined where this machine draws. */
  readonly server: Server | undefined;
  /** Whether this machine draws only because no key is stored: a person is then told, once, that there is more. */
  readonly forWantOfKey: boolean;
}

/** What a person must have agreed to before a server is spoken to. */
export interface Consents {
  readonly plainHttp: Pick<PlainHttp, 'check'>;
  readonly workspaceServers: Pick<WorkspaceServers, 'check'>;
}

/** Who draws by the settings, the stored keys and what was agreed to: a server, with its key where there is one, or this machine. */
export type Decision = { readonly server: Server; readonly key: string | undefined } | { readonly server: undefined; readonly forWantOfKey: boolean };

/** Chooses the engine; each is loaded when it is first needed. */
export class Engines {
  readonly #keys: Keys;
  readonly #consents: Consents;
  readonly #pixels: () => Pixels;
  readonly #log: Log;
  readonly #onUse: (model: ModelSpec) => void;

  /** `onUse` is told of each model of a server that is chosen. */
  constructor(keys: Keys, consents: Consents, pixels: () => Pixels, log: Log, onUse: (model: ModelSpec) => void) {
    this.#keys = keys;
    this.#consents = consents;
    this.#pixels = pixels;
    this.#log = log;
    this.#onUse = onUse;
  }

  /** `auto` looks only for a stored key; `openai` without one rejects `no-key`, except for a server of this machine, and so does a server that the workspace alone has named. Rejects with `bad-argument` where the base URL is none, or is plain http that the person has not allowed. */
  async choose(settings: Settings): Promise<ChosenEngine> {
    const decision = await this.decide(settings);
    if (!decision.server) return this.#offline(decision.forWantOfKey);
    const engine = await this.#openai(settings, decision.server, decision.key ?? '');
    this.#onUse(engine.model);
    return { engine, server: decision.server, forWantOfKey: false };
  }

  /** Says who would draw, and loads nothing. Rejects like `choose`. */
  async decide(settings: Settings): Promise<Decision> {
    if (settings.engine === 'offline') return { server: undefined, forWantOfKey: false };
    const server = parseServer(settings.baseUrl);
    this.#consents.plainHttp.check(server);
    const key = await this.#keys.get(server);
    if (key === undefined && settings.engine === 'auto') return { server: undefined, forWantOfKey: true };
    const { needsKey } = findProfile(new URL(server.baseUrl), settings.model, settings.server);
    if (key === undefined && needsKey && !server.loopback) throw new ImageError('no-key', l10n.t('There is no API key for {0} yet.', server.origin));
    if (key === undefined) this.#consents.workspaceServers.check(server, settings);
    return { server, key };
  }

  async #offline(forWantOfKey: boolean): Promise<ChosenEngine> {
    const { createOfflineEngine } = await import('../engines/offline/offlineEngine');
    return { engine: createOfflineEngine(this.#pixels()), server: undefined, forWantOfKey };
  }

  async #openai({ model, quality, server: named }: Settings, { baseUrl }: Server, apiKey: string): Promise<ImageEngine> {
    const { createOpenAIEngine } = await import('../engines/openai/openaiEngine');
    return createOpenAIEngine({ baseUrl, apiKey, model: findModel(model), server: named, quality, fetch: globalThis.fetch, fetchPublic: createFetchPublic(), log: this.#log, pixels: this.#pixels() });
  }
}
