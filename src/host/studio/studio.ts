import { l10n, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { withoutStyle } from '../../core/style';
import { createStorage } from '../../node/storage';
import { failureWords } from '../errors';
import { eventWords } from '../progress';
import { billedWords } from '../words';
import { workspaceFolder } from '../destination';
import type { UnwrittenPicture } from '../insertion/unwritten';
import type { LastEditor } from '../insertion/lastEditor';
import type { Linkable } from '../insertion/pictureOf';
import type { Services } from '../services';
import { STUDIO_VIEW_TYPE } from '../viewTypes';
import { StudioKeep } from './studioKeep';
import { StudioPanel, studioPanelOptions } from './studioPanel';
import { StudioSession } from './studioSession';
import { prepareWish } from './workOfWish';

/** The window's one studio, restored after a reload: its session from the first panel on, and the panel while one is open. Its runs go on while the panel is closed. */
export class Studio implements Disposable {
  readonly #services: Services;
  readonly #target: LastEditor;
  #loading: Promise<StudioSession> | undefined;
  #session: StudioSession | undefined;
  #keep: StudioKeep | undefined;
  #shown: StudioPanel | undefined;
  #turn: Promise<void> = Promise.resolve();
  #disposed = false;

  /** Pictures are inserted into `target`. */
  constructor(services: Services, target: LastEditor) {
    this.#services = services;
    this.#target = target;
  }

  /** Opens the panel or brings it to the front. */
  async open(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#shown) this.#shown.show();
      else await this.#show(() => window.createWebviewPanel(STUDIO_VIEW_TYPE, l10n.t('Easel Studio'), ViewColumn.Active, studioPanelOptions(this.#services)));
    });
  }

  /** Takes up a panel of the last window. */
  async restore(panel: WebviewPanel): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#shown) panel.dispose();
      else {
        panel.webview.options = studioPanelOptions(this.#services);
        await this.#show(() => panel);
      }
    });
  }

  /** A picture that is dragged out of the studio. Undefined where it is gone. Rejects with `no-workspace`. */
  async draftOf(candidate: string): Promise<Linkable | UnwrittenPicture | undefined> {
    return this.#keep?.draft(candidate, workspaceFolder);
  }

  dispose(): void {
    this.#disposed = true;
    this.#shown?.dispose();
    this.#keep?.dispose();
    this.#session?.dispose();
  }

  /** One after the other, so that two who open the studio at once get the same panel. */
  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(task);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #show(make: () => WebviewPanel): Promise<void> {
    this.#loading ??= this.#load();
    const session = await this.#loading.catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    if (this.#disposed) return session.dispose();
    this.#session = session;
    this.#keep ??= new StudioKeep(this.#services, session);
    const panel = make();
    const shown = new StudioPanel(panel, this.#services, session, this.#keep, this.#target);
    this.#shown = shown;
    panel.onDidDispose(() => {
      shown.dispose();
      if (this.#shown === shown) this.#shown = undefined;
    });
  }

  #load(): Promise<StudioSession> {
    const services = this.#services;
    const { candidates, clock, history, log } = services.jobs;
    const { storageUri, globalStorageUri } = services.context;
    return StudioSession.load({
      storage: createStorage((storageUri ?? globalStorageUri).fsPath),
      candidates,
      clock,
      log,
      words: {
        progress: eventWords,
        failed: failureWords,
        cancelled: billedWords,
        interrupted: (maybeBilled) =>
          maybeBilled ? l10n.t('The window closed while this was drawn; it may have been billed.') : l10n.t('The window closed before this was drawn. Nothing was billed.'),
      },
      inspect: (bytes) => services.jobs.pixels.inspect(bytes),
      prepare: (wish, references, run) => prepareWish(services, wish, references, run),
      earlierPrompts: async () => (await history.list()).map(({ recipe }) => withoutStyle(recipe.prompt)).filter((prompt) => prompt !== ''),
    });
  }
}
