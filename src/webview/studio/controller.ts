import { Channel } from '../../protocol/channel';
import { hasEnded, MOST_REFERENCES, studioHost, studioView, type CandidateView, type ReferenceView, type RunView, type StudioState, type Wish } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { DraftKeeper } from './draftKeeper';
import { takeReferences, type DropTarget } from './referenceDrops';
import type { Notice, StudioElement } from './studio';
import { StudioModel, type Announcement } from './studioModel';
import { PausedQuestion } from '../shared/pausedQuestion';
import type { VsCodeApi } from '../shared/vscodeApi';
import { setWords, t } from './words';

/** How long a notice stays that asks nothing, in milliseconds. */
const NOTICE_TIME = 4000;

/** Keeps page and host together: takes the host's news in, and does what the person wants. */
export class StudioController {
  readonly #studio: StudioElement;
  readonly #channel: Channel<typeof studioView, typeof studioHost>;
  readonly #draft: DraftKeeper;
  readonly #planning = new PausedQuestion();
  #model: StudioModel | undefined;
  /** The picture that is being brought back. */
  #restored: string | undefined;

  constructor(api: VsCodeApi, studio: StudioElement) {
    this.#studio = studio;
    this.#channel = new Channel(studioView, studioHost, (message) => api.postMessage(message), {
      requests: {},
      notices: {
        offer: (offer) => this.#hear((model) => {
          model.offer = offer;
          this.#replan();
        }),
        run: (run) => this.#hear((model) => this.#takeRun(model, run)),
        runGone: ({ run }) => this.#hear((model) => model.removeRun(run)),
        candidate: (candidate) =>
          this.#hear((model) => {
            this.#say(model.setCandidate(candidate));
            this.#showPreview(model, candidate.run, undefined);
            this.#focusRestored(candidate.id);
          }),
        candidateGone: ({ candidate }) => this.#hear((model) => model.removeCandidate(candidate)),
        prompts: (prompts) => this.#hear((model) => {
          model.prompts = prompts;
        }),
        preview: ({ run, bytes }) => this.#hear((model) => this.#showPreview(model, run, bytes)),
        reference: (reference) => this.#hear((model) => this.#takeReference(model, reference)),
      },
    });
    this.#draft = new DraftKeeper(api, (draft) => this.#channel.notify('draft', draft));
  }

  /** Says that the page is there and shows what the host answers. */
  async start(): Promise<void> {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#channel.receive(data));
    document.addEventListener('visibilitychange', () => this.#draft.tell());
    const model = this.#take(await this.#channel.request('ready', null));
    this.#model = model;
    const studio = this.#studio;
    studio.actions = this.#actions(model);
    studio.show = (id) => this.#enlarge(id);
    studio.forgetNotice = () => this.#tell(undefined);
    this.#show();
    this.#replan();
    await studio.updateComplete;
    // Never takes the focus from an editor beside it: only once the panel has it.
    if (document.hasFocus()) studio.focusPrompt();
    else window.addEventListener('focus', () => studio.focusPrompt(), { once: true });
  }

  #take(state: StudioState): StudioModel {
    setWords(state.words);
    const model = new StudioModel(state);
    for (const { run, bytes } of state.previews) this.#showPreview(model, run, bytes);
    this.#draft.begin(state, model);
    return model;
  }

  #actions(model: StudioModel): StudioActions {
    const channel = this.#channel;
    const ofRun = ({ id }: RunView): { run: string } => ({ run: id });
    return {
      change: (change) => this.#change(change),
      reuse: (wish) => {
        this.#change({ vary: undefined, quality: undefined, ...wish });
        this.#studio.focusPrompt();
      },
      run: () => {
        if (this.#draft.wish) channel.notify('run', this.#draft.wish);
      },
      chooseEngine: () => channel.notify('chooseEngine', null),
      again: (run) => channel.notify('again', ofRun(run)),
      cancel: (run) => channel.notify('cancel', ofRun(run)),
      cancelAll: () => channel.notify('cancelAll', null),
      dismiss: (run) => channel.notify('dismiss', ofRun(run)),
      remedy: (run) => channel.notify('remedy', ofRun(run)),
      enlarge: ({ id }) => this.#enlarge(id),
      keep: ({ id }) => channel.notify('keep', { candidate: id }),
      vary: (candidate) => this.#vary(candidate),
      discard: (candidate) => this.#discard(model, candidate),
      use: ({ id }, action) => channel.notify('use', { candidate: id, action }),
      copy: (candidate) => this.#copy(candidate),
      refer: ({ id }) => channel.notify('referenceCandidates', { candidates: [id] }),
      pickReferences: () => channel.notify('pickReferences', null),
      takeIn: (data) => takeReferences(data, this.#dropTarget(model)),
      removeReference: (reference) => {
        this.#change({ references: this.#draft.wish?.references?.filter((id) => id !== reference.id) });
        this.#studio.say(t('saidReferenceGone', reference.name));
      },
    };
  }

  #change(change: Partial<Wish>): void {
    this.#draft.change(change);
    this.#show();
    this.#replan();
  }

  /** Asks what the draft would cost, once the person pauses. */
  #replan(): void {
    const draft = this.#draft.wish;
    if (!draft) return;
    // A plan that never comes leaves the button as it is: the run says what is wrong.
    this.#planning.ask(() => this.#channel.request('plan', draft), (plan) => {
      this.#studio.plan = plan;
    });
  }

  #vary({ id, prompt, extent }: CandidateView): void {
    this.#enlarge(undefined);
    this.#change({ prompt, extent, vary: { candidate: id, strength: 'subtle' } });
    this.#studio.focusPrompt();
  }

  #discard(model: StudioModel, { id, keptAs }: CandidateView): void {
    const next = model.neighbour(id);
    this.#channel.notify('discard', { candidates: [id] });
    // At once, so that the focus has somewhere to go.
    model.removeCandidate(id);
    if (this.#draft.wish?.vary?.candidate === id) this.#change({ vary: undefined });
    const wasEnlarged = this.#studio.enlarged !== undefined;
    if (wasEnlarged) this.#studio.enlarged = next?.id;
    const words = t(keptAs === undefined ? 'discarded' : 'removed');
    const undo = (): void => {
      this.#restored = id;
      this.#channel.notify('restore', { candidates: [id] });
      this.#tell(undefined);
    };
    this.#tell({ words, undo });
    this.#studio.say(words);
    void this.#studio.updateComplete.then(() => {
      if (!next) this.#studio.focusUndo();
      else if (!wasEnlarged) this.#studio.focusPicture(next.id);
    });
  }

  /** The focus was on what brought the picture back, and that is gone. */
  #focusRestored(id: string): void {
    if (this.#restored !== id) return;
    this.#restored = undefined;
    requestAnimationFrame(() => this.#studio.focusPicture(id));
  }

  /** Says what has just happened; what cannot be undone goes by itself. */
  #tell(notice: Notice | undefined): void {
    this.#studio.notice = notice;
    this.#show();
    if (notice && !notice.undo) setTimeout(() => this.#studio.notice === notice && this.#tell(undefined), NOTICE_TIME);
  }

  /** The browser wants to be asked within the click; the bytes may come later. */
  #copy({ id }: CandidateView): void {
    const picture = this.#channel.request('picture', { candidate: id }).then(({ bytes }) => new Blob([bytes], { type: 'image/png' }));
    const said = (words: string): void => {
      this.#tell({ words });
      this.#studio.say(words);
    };
    navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]).then(
      () => said(t('saidCopied')),
      () => said(t('notCopied')),
    );
  }

  #dropTarget(model: StudioModel): DropTarget {
    const channel = this.#channel;
    return {
      candidates: (candidates) => channel.notify('referenceCandidates', { candidates }),
      files: (uris) => channel.notify('referenceFiles', { uris }),
      add: (name, bytes) => channel.request('addReference', { name, bytes }),
      added: (reference) => this.#takeReference(model, reference),
      refused: (problem) => {
        this.#studio.problem = problem;
        if (problem !== '') this.#studio.say(problem);
      },
    };
  }

  #takeReference(model: StudioModel, reference: ReferenceView): void {
    model.addReference(reference);
    const present = this.#draft.wish?.references ?? [];
    this.#change({ references: [...present, reference.id].slice(-MOST_REFERENCES) });
    this.#studio.say(t('saidReference', reference.name));
  }

  /** Shows how far a run has come; the picture before goes out of memory. */
  #showPreview(model: StudioModel, run: string, bytes: Uint8Array<ArrayBuffer> | undefined): void {
    const before = model.setPreview(run, bytes && URL.createObjectURL(new Blob([bytes])));
    if (before !== undefined) URL.revokeObjectURL(before);
  }

  /** Opens, changes or closes the large view; closing it leaves the focus on the picture that was seen last. */
  #enlarge(id: string | undefined): void {
    const last = this.#studio.enlarged;
    this.#studio.enlarged = id;
    if (id === undefined && last !== undefined) void this.#studio.updateComplete.then(() => this.#studio.focusPicture(last));
  }

  #takeRun(model: StudioModel, run: RunView): void {
    const isNew = !model.knows(run.id);
    this.#say(model.setRun(run));
    if (hasEnded(run.state)) this.#showPreview(model, run.id, undefined);
    if (isNew) void this.#studio.revealRun(run.id);
  }

  /** News that come before the first answer are part of it. */
  #hear(take: (model: StudioModel) => void): void {
    if (!this.#model) return;
    take(this.#model);
    this.#show();
  }

  #say(announcement: Announcement | undefined): void {
    if (announcement) this.#studio.say(t(announcement.word, ...announcement.facts));
  }

  #show(): void {
    this.#studio.model = this.#model;
    this.#studio.draft = this.#draft.wish;
    this.#studio.requestUpdate();
  }
}
