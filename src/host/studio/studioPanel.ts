import { commands, Disposable, l10n, Uri, workspace, type WebviewOptions, type WebviewPanel } from 'vscode';
import pLimit from 'p-limit';
import { toImageError } from '../../core/errors';
import { Channel, type Handlers } from '../../protocol/channel';
import { studioHost, studioView, type CandidateView, type PlanView, type ReferenceView, type RunView, type StudioState, type UseAction, type Wish } from '../../protocol/studio';
import type { Candidate } from '../../jobs/candidates';
import { personsFolder } from '../destination';
import { openDocument } from '../dialogue/openDocument';
import { failureWords, remedyAgainst, showFailure, type FailureContext } from '../errors';
import { insertPictures, usualForm } from '../insertion/insertPictures';
import type { LastEditor } from '../insertion/lastEditor';
import { saveLeftovers } from '../leftovers';
import { loadPage, pageOptions } from '../loadPage';
import type { Services } from '../services';
import { ReferenceInput } from './referenceInput';
import { studioFirstSight } from './firstSight';
import type { StudioKeep } from './studioKeep';
import type { ReferenceRecord, RunRecord } from './studioRecords';
import type { SessionChange } from './sessionPorts';
import type { StudioSession } from './studioSession';
import { candidateView, offerView, runView } from './studioViews';
import { studioWords } from './studioWords';
import { planWish } from './workOfWish';

/** A folder of the studio's pictures: in the workspace's storage, or the extension's own where no folder is open. */
function storedIn({ context }: Services, folder: 'candidates' | 'references'): Uri {
  return Uri.joinPath(context.storageUri ?? context.globalStorageUri, folder);
}

/** What the studio's webview must be given before a `StudioPanel` fills it. */
export function studioPanelOptions(services: Services): WebviewOptions {
  return pageOptions(services.context.extensionUri, [storedIn(services, 'candidates'), storedIn(services, 'references')]);
}

/** One panel that shows the session. It owns nothing that must outlive it. */
export class StudioPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #services: Services;
  readonly #session: StudioSession;
  readonly #keep: StudioKeep;
  readonly #target: LastEditor;
  /** Two insertions of one picture must not both bring its file. */
  readonly #inserting = pLimit(1);
  readonly #references: ReferenceInput;
  readonly #channel: Channel<typeof studioHost, typeof studioView>;
  readonly #subscriptions: Disposable;
  readonly #closing = new AbortController();

  /** Pictures are inserted into `target`. */
  constructor(panel: WebviewPanel, services: Services, session: StudioSession, keep: StudioKeep, target: LastEditor) {
    this.#panel = panel;
    this.#services = services;
    this.#session = session;
    this.#keep = keep;
    this.#target = target;
    this.#references = new ReferenceInput(services, session, (record) => this.#channel.notify('reference', this.#referenceView(record)));
    this.#channel = new Channel(studioHost, studioView, (message) => void panel.webview.postMessage(message), this.#handlers());
    const refresh = (): void => void this.#tellOffer();
    this.#subscriptions = Disposable.from(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (!this.#channel.receive(message)) services.log.warn('The studio sent a message of an unexpected form; it was refused.');
      }),
      new Disposable(session.onDidChange((change) => this.#tell(change))),
      services.keys.onDidChange(refresh),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('easel')) refresh();
      }),
    );
    this.#load();
  }

  /** Brings the panel to the front. */
  show(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#closing.abort();
    this.#channel.dispose();
    this.#subscriptions.dispose();
  }

  #load(): void {
    const { extensionUri } = this.#services.context;
    this.#panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.svg');
    loadPage(this.#panel.webview, extensionUri, 'studio', l10n.t('Easel Studio'), studioFirstSight(studioWords()));
  }

  #handlers(): Handlers<typeof studioHost> {
    const session = this.#session;
    const soon = (task: () => Promise<unknown>): void => {
      task().catch((error: unknown) => showFailure(error, { retry: () => soon(task), saveLeftovers: () => void saveLeftovers(this.#services) }));
    };
    return {
      requests: {
        ready: () => this.#state(),
        plan: (wish) => this.#plan(wish),
        addReference: ({ name, bytes }) => this.#addReference(name, bytes),
        picture: async ({ candidate }) => ({ bytes: await this.#picture(candidate) }),
      },
      notices: {
        run: (wish) => soon(() => session.add(wish)),
        again: ({ run }) => soon(() => session.again(run)),
        cancel: ({ run }) => session.cancel(run),
        cancelAll: () => session.cancelAll(),
        dismiss: ({ run }) => session.dismiss(run),
        remedy: ({ run }) => soon(async () => this.#remedy(session.run(run))?.act()),
        pickReferences: () => soon(() => this.#references.pick()),
        referenceFiles: ({ uris }) => soon(() => this.#references.files(uris)),
        referenceCandidates: ({ candidates }) => soon(() => this.#references.candidates(candidates)),
        keep: ({ candidate }) => soon(() => this.#keep.keep(candidate)),
        discard: ({ candidates }) => soon(() => session.discard(candidates)),
        restore: ({ candidates }) => session.restore(candidates),
        use: ({ candidate, action }) => soon(() => this.#use(candidate, action)),
        draft: (draft) => session.setDraft(draft),
        chooseEngine: () => soon(async () => commands.executeCommand('easel.selectModel')),
      },
    };
  }

  async #state(): Promise<StudioState> {
    const offer = await offerView(this.#services);
    // Nothing is awaited from here on: a change between the picture of the session and its sending would be lost.
    const { runs, candidates, prompts, draft, references, preview } = this.#session;
    return {
      offer,
      prompts: [...prompts],
      runs: runs.map((run) => this.#runView(run)),
      candidates: candidates.map((candidate) => this.#candidateView(candidate)),
      references: references.records.map((record) => this.#referenceView(record)),
      previews: preview ? [copied(preview)] : [],
      ...(draft ? { draft } : {}),
      words: studioWords(),
    };
  }

  async #plan(wish: Wish): Promise<PlanView> {
    try {
      const references = await this.#session.references.read(wish.references ?? []);
      return { ...(await planWish(this.#services, wish, references, this.#closing.signal)), refused: false };
    } catch (error) {
      return { cost: '', note: failureWords(toImageError(error, 'bad-answer')), refused: true };
    }
  }

  /** The page shows what is wrong with a picture beside the others. */
  async #addReference(name: string, bytes: Uint8Array): Promise<ReferenceView> {
    try {
      return this.#referenceView(await this.#session.references.add(name, bytes));
    } catch (error) {
      throw new Error(failureWords(toImageError(error, 'not-an-image')), { cause: error });
    }
  }

  async #picture(candidate: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.#session.candidate(candidate) && (await this.#services.jobs.candidates.read(candidate));
    if (!bytes) throw new Error('There is no such picture.');
    return new Uint8Array(bytes);
  }

  /** File and link come together, so that one undo takes both back. */
  async #insert(candidate: string): Promise<void> {
    if (!this.#target.isThere && !(await openDocument(l10n.t('Insert Image Link')))) return;
    const picture = await this.#keep.draft(candidate, personsFolder);
    if (picture) await insertPictures(await this.#target.show(), [picture], usualForm);
  }

  async #use(candidate: string, action: UseAction): Promise<void> {
    if (action === 'insert') return this.#inserting(() => this.#insert(candidate));
    const file = await this.#keep.keep(candidate);
    if (!file) return;
    const ways: Record<typeof action, () => Thenable<unknown>> = {
      edit: () => commands.executeCommand('easel.edit', file),
      widen: () => commands.executeCommand('easel.widen', file),
      reveal: () => commands.executeCommand('revealInExplorer', file),
      open: () => commands.executeCommand('vscode.open', file, { preview: false }),
    };
    await ways[action]();
  }

  #tell(change: SessionChange): void {
    switch (change.type) {
      case 'run':
        return this.#channel.notify('run', this.#runView(change.run));
      case 'runGone':
        return this.#channel.notify('runGone', { run: change.run });
      case 'candidate':
        return this.#channel.notify('candidate', this.#candidateView(change.candidate));
      case 'candidateGone':
        return this.#channel.notify('candidateGone', { candidate: change.candidate });
      case 'preview':
        return this.#channel.notify('preview', copied(change));
      case 'prompts':
        return this.#channel.notify('prompts', [...this.#session.prompts]);
    }
  }

  async #tellOffer(): Promise<void> {
    this.#channel.notify('offer', await offerView(this.#services));
  }

  #runView(run: RunRecord): RunView {
    return runView(run, this.#remedy(run)?.label, this.#services.jobs.clock.now());
  }

  #candidateView(candidate: Candidate): CandidateView {
    return candidateView(candidate, this.#session.madeFrom(candidate), this.#session.keptAs(candidate.id), (file) => this.#address('candidates', file));
  }

  #referenceView({ id, name, file }: ReferenceRecord): ReferenceView {
    return { id, name, src: this.#address('references', file).toString() };
  }

  #address(folder: 'candidates' | 'references', file: string): Uri {
    return this.#panel.webview.asWebviewUri(Uri.joinPath(storedIn(this.#services, folder), file));
  }

  #remedy(run: RunRecord | undefined): ReturnType<typeof remedyAgainst> {
    if (run?.reason === undefined) return undefined;
    const context: FailureContext = { retry: () => void this.#session.again(run.id), saveLeftovers: () => void saveLeftovers(this.#services) };
    return remedyAgainst(run.reason, context);
  }
}

/** What is posted must not bring along the rest of a larger buffer, and Node's own `Buffer` would be posted as a list of numbers. */
function copied({ run, bytes }: { readonly run: string; readonly bytes: Uint8Array }): { run: string; bytes: Uint8Array<ArrayBuffer> } {
  return { run, bytes: new Uint8Array(bytes) };
}
