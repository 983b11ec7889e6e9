import * as v from 'valibot';
import { TabInputCustom, window, workspace, type WebviewPanel } from 'vscode';
import { ImageError } from '../../core/errors';
import { PURPOSES } from '../../core/purposes';
import type { MaskStep } from '../../core/strokes';
import { Channel, type Handlers } from '../../protocol/channel';
import { editorHost, editorView, LOOK, MOST_STEPS, type EditorState, type Look, type Ready } from '../../protocol/imageEditor';
import { showFailure } from '../errors';
import { saveLeftovers } from '../leftovers';
import { loadPage, pageOptions } from '../loadPage';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { baseName } from '../uris';
import type { EditorSession } from './editorSession';
import { widenReach } from './editorWork';
import { editorWords, stepLabel } from './editorWords';
import { viewOnlyWords } from './viewOnly';

/** Where the overlay's look is kept, for all pictures. */
const LOOK_KEY = 'easel.imageEditor.look';
const DEFAULT_LOOK: Look = { overlay: '#e5484d' };

/** One editor of a document. It owns nothing that must outlive it. */
export class EditorPanel {
  readonly #panel: WebviewPanel;
  readonly #session: EditorSession;
  readonly #services: Services;
  readonly #channel: Channel<typeof editorHost, typeof editorView>;
  readonly #onZoom: (panel: EditorPanel) => void;
  readonly #stop: readonly (() => void)[];
  #viewOnly = '';
  #scale = 0;

  /** `onZoom` is called whenever what the status bar says of this editor changes. */
  constructor(panel: WebviewPanel, session: EditorSession, services: Services, onZoom: (panel: EditorPanel) => void) {
    this.#panel = panel;
    this.#session = session;
    this.#services = services;
    this.#onZoom = onZoom;
    this.#channel = new Channel(editorHost, editorView, (message) => void panel.webview.postMessage(message), this.#handlers());
    const received = panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!this.#channel.receive(message)) services.log.warn('The image editor sent a message of an unexpected form; it was refused.');
    });
    const trusting = workspace.onDidGrantWorkspaceTrust(() => void this.#trusted());
    this.#stop = [
      () => received.dispose(),
      () => trusting.dispose(),
      session.onDidChange(() => {
        this.#channel.notify('state', this.#state());
        onZoom(this);
      }),
    ];
    this.#load();
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get extent(): { readonly width: number; readonly height: number } {
    return this.#session.document.content.picture.extent;
  }

  /** Screen pixels for one of the picture's; 0 until the page has said. */
  get scale(): number {
    return this.#scale;
  }

  dispose(): void {
    this.#channel.dispose();
    for (const stop of this.#stop) stop();
  }

  #load(): void {
    const { webview } = this.#panel;
    const { extensionUri } = this.#services.context;
    // Pictures come as bytes: nothing of the person's is opened to the page.
    webview.options = pageOptions(extensionUri);
    loadPage(webview, extensionUri, 'editor', baseName(this.#session.document.uri));
  }

  #handlers(): Handlers<typeof editorHost> {
    const session = this.#session;
    const soon = (task: () => Promise<unknown>): void => {
      task().catch((error: unknown) => showFailure(error, { retry: () => soon(task), saveLeftovers: () => void saveLeftovers(this.#services) }));
    };
    /** What changes the picture waits until it may. */
    const editing =
      <T>(task: (body: T) => Promise<unknown>) =>
      (body: T): void => {
        if (this.#viewOnly === '') soon(() => task(body));
      };
    return {
      requests: {
        ready: () => this.#ready(),
        picture: async ({ id }) => ({ bytes: await this.#picture(id) }),
        steps: async ({ ids }) => this.#steps(ids),
        planEdit: (wish) => session.planEdit(wish),
        planWiden: (wish) => session.planWiden(wish),
        widenReach: (sides) => widenReach(this.#services, session.document, sides),
      },
      notices: {
        paint: editing(async ({ id, step }) => this.#paint(id, step)),
        edit: editing((wish) => session.edit(wish)),
        widen: editing((wish) => session.widen(wish)),
        cancel: () => session.cancel(),
        accept: editing(({ candidate }) => session.accept(candidate)),
        discard: editing(() => session.discard()),
        travel: editing(async ({ direction }: { readonly direction: 'back' | 'forth' }) => {
          if (isOutOfReachOfUndo()) session.document.travel(direction);
        }),
        look: (look) => soon(async () => this.#services.context.globalState.update(LOOK_KEY, look)),
        zoom: ({ scale }) => {
          this.#scale = scale;
          this.#onZoom(this);
        },
      },
    };
  }

  async #ready(): Promise<Ready> {
    this.#viewOnly = await viewOnlyWords(this.#session.document.uri);
    void this.#session.refreshOffer();
    const look = v.safeParse(LOOK, this.#services.context.globalState.get(LOOK_KEY));
    const purposes = [...readSettings().purposes, ...PURPOSES].map(({ label, width, height }) => ({ label, extent: { width, height } }));
    return { state: this.#state(), look: look.success ? look.output : DEFAULT_LOOK, purposes, words: editorWords() };
  }

  /** What could only be looked at so far may be edited from now on. */
  async #trusted(): Promise<void> {
    this.#viewOnly = await viewOnlyWords(this.#session.document.uri);
    this.#channel.notify('state', this.#state());
  }

  #state(): EditorState {
    const { document, offer, run, proposal } = this.#session;
    const { picture, steps, badge } = document.content;
    return {
      picture: { id: picture.id, extent: picture.extent },
      steps: steps.map(({ id }) => id),
      viewOnly: this.#viewOnly,
      offer,
      run,
      badge,
      ...(proposal ? { proposal: { ...proposal, candidates: [...proposal.candidates] } } : {}),
    };
  }

  /** A copy: what is posted must not bring along the rest of a larger buffer, and Node's own `Buffer` would be posted as a list of numbers. */
  async #picture(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const { picture } = this.#session.document.content;
    if (id === picture.id) return new Uint8Array(picture.bytes);
    const bytes = this.#session.proposal?.candidates.includes(id) ? await this.#services.jobs.candidates.read(id) : undefined;
    if (!bytes) throw new ImageError('bad-argument', 'There is no such picture.');
    return new Uint8Array(bytes);
  }

  #steps(ids: readonly string[]): MaskStep[] {
    const known = new Map(this.#session.document.content.steps.map(({ id, step }) => [id, step]));
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  #paint(id: string, step: MaskStep): void {
    const { document, run, proposal } = this.#session;
    const { content } = document;
    if (run.busy || proposal || content.steps.length >= MOST_STEPS || content.steps.some((painted) => painted.id === id)) return;
    document.apply(stepLabel(step), { ...content, steps: [...content.steps, { id, step }] });
  }
}

/** VS Code's undo and redo reach the custom editor that is the active tab, but none inside a diff (microsoft/vscode#104567), whose tab has no input that extensions are told of. */
function isOutOfReachOfUndo(): boolean {
  return !(window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputCustom);
}
