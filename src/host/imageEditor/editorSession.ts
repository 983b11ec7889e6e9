import { l10n, workspace } from 'vscode';
import { ImageError, toImageError } from '../../core/errors';
import { sumKnownUsd } from '../../core/money';
import type { Candidate } from '../../jobs/candidates';
import type { JobEvent, JobNote } from '../../jobs/job';
import type { EditorState, EditWish, PlanView, Proposal, WidenPlan, WidenWish } from '../../protocol/imageEditor';
import { failureWords, keptWords, showFailure } from '../errors';
import { saveLeftovers } from '../leftovers';
import { eventWords } from '../progress';
import { contextOf, type Work } from '../runRequests';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { cancelledWords, costWords, notesWords, paidWords } from '../words';
import type { EditorDocument } from './editorDocument';
import { editWork, planEdit, planWiden, widenWork } from './editorWork';
import { versionOf } from './readPicture';

type Run = EditorState['run'];
type Offer = EditorState['offer'];
type Reached = Proposal & { readonly base: string };

const IDLE: Run = { busy: false, detail: '', failure: '' };

/** What is being drawn for a document, and what waits for a decision; shared by all editors of it. */
export class EditorSession {
  readonly document: EditorDocument;
  readonly #services: Services;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #offer: Offer = { place: '', free: true, takesPrompt: true };
  #run: Run = IDLE;
  #controller: AbortController | undefined;
  #proposal: Reached | undefined;
  /** What is proposed. */
  #candidates: readonly Candidate[] = [];

  constructor(document: EditorDocument, services: Services) {
    this.document = document;
    this.#services = services;
    document.onDidChangeContent(() => {
      // Undo, redo or the file itself may have put another picture under what was drawn.
      if (this.#proposal && this.#proposal.base !== document.content.picture.id) this.#proposal = undefined;
      this.#tell();
    });
  }

  get offer(): Offer {
    return this.#offer;
  }

  get run(): Run {
    return this.#run;
  }

  get proposal(): Proposal | undefined {
    return this.#proposal;
  }

  /** Calls the listener after each change; answers how to stop that. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks again who draws. */
  async refreshOffer(): Promise<void> {
    if (!workspace.isTrusted) return;
    try {
      const { engine, server } = await this.#services.engines.choose(readSettings());
      const place = server ? l10n.t('{0} at {1}', engine.model.id, server.origin) : costWords(0, false);
      this.#offer = { place, free: !engine.paid, takesPrompt: engine.edit !== undefined };
    } catch (error) {
      this.#offer = { place: failureWords(toImageError(error, 'bad-argument')), free: false, takesPrompt: true };
    }
    this.#tell();
  }

  planEdit(wish: EditWish): Promise<PlanView> {
    return refusals(() => planEdit(this.#services, this.document, wish, this.#closing.signal));
  }

  async planWiden(wish: WidenWish): Promise<WidenPlan> {
    const plan = await refusals<PlanView | WidenPlan>(() => planWiden(this.#services, this.document, wish));
    return { tiles: [], ...plan };
  }

  edit(wish: EditWish): Promise<void> {
    return this.#draw('edit', { x: 0, y: 0 }, (run) => editWork(this.#services, this.document, wish, run), () => void this.edit(wish));
  }

  widen(wish: WidenWish): Promise<void> {
    return this.#draw('widen', { x: wish.left, y: wish.top }, (run) => widenWork(this.#services, this.document, wish, run), () => void this.widen(wish));
  }

  cancel(): void {
    this.#controller?.abort();
  }

  /** Makes a candidate the picture, as an edit that can be undone. The others go. Rejects with `not-an-image` where it is gone. */
  async accept(id: string): Promise<void> {
    const proposal = this.#proposal;
    if (!proposal?.candidates.includes(id)) return;
    const bytes = await this.#services.jobs.candidates.read(id);
    if (!bytes) throw new ImageError('not-an-image', l10n.t('That candidate is not there any more.'));
    const picture = { ...(await versionOf(bytes, this.#services.jobs)), costUsd: this.#costWith(this.#candidates.find((candidate) => candidate.id === id)) };
    // Something else may have been decided meanwhile.
    if (this.#proposal !== proposal) return;
    this.#proposal = undefined;
    const label = proposal.kind === 'edit' ? l10n.t('Redraw') : l10n.t('Widen');
    this.document.apply(label, { picture, steps: [], badge: proposal.badge });
    await this.#forget(proposal.candidates);
  }

  /** Drops all candidates. */
  async discard(): Promise<void> {
    const proposal = this.#proposal;
    if (!proposal) return;
    this.#proposal = undefined;
    this.#tell();
    await this.#forget(proposal.candidates);
  }

  dispose(): void {
    this.#closing.abort();
    this.#controller?.abort();
    this.#listeners.clear();
  }

  async #draw(kind: Proposal['kind'], at: Proposal['at'], prepare: (run: string) => Promise<Work>, retry: () => void): Promise<void> {
    if (this.#run.busy || this.#proposal) return;
    const { controller, release } = this.#services.controller();
    this.#controller = controller;
    const base = this.document.content.picture.id;
    const candidates: Candidate[] = [];
    this.#setRun({ busy: true, detail: l10n.t('Preparing…'), failure: '' });
    try {
      const work = await prepare(crypto.randomUUID());
      const { notes, cost } = await this.#perform(work, controller.signal, candidates);
      this.#propose(kind, base, at, candidates, [...notesWords(notes), ...(cost === undefined ? [] : [l10n.t('Paid: {0}.', cost)])].join(' '));
      this.#setRun(IDLE);
    } catch (thrown) {
      const error = toImageError(thrown, 'bad-answer');
      // Some of several may have come before the failure; they are as good as the others would be.
      this.#propose(kind, base, at, candidates, '');
      this.#setRun({ ...IDLE, failure: endingWords(error) });
      this.#services.log.warn(`Image editor: ${error.reason}: ${error.message}`);
      if (error.reason !== 'cancelled' && !this.#closing.signal.aborted) showFailure(error, { retry, saveLeftovers: () => void saveLeftovers(this.#services) });
    } finally {
      release();
      this.#controller = undefined;
    }
  }

  async #perform(work: Work, signal: AbortSignal, candidates: Candidate[]): Promise<{ readonly notes: readonly JobNote[]; readonly cost: string | undefined }> {
    const { runJob } = await import('../../jobs/run');
    const onEvent = (event: JobEvent): void => {
      if (event.type === 'candidate') candidates.push(event.candidate);
      const detail = eventWords(event);
      if (detail !== undefined && !signal.aborted) this.#setRun({ busy: true, detail, failure: '' });
    };
    const notes: JobNote[] = [];
    let cost: string | undefined;
    for (const request of work.requests) {
      const result = await runJob(request, contextOf(this.#services, work, signal, onEvent));
      notes.push(...result.notes);
      cost = paidWords(result.costUsd, work.chosen.engine.paid);
    }
    return { notes, cost };
  }

  /** What was drawn for a picture that is no longer there stays among the studio's candidates. */
  #propose(kind: Proposal['kind'], base: string, at: Proposal['at'], candidates: readonly Candidate[], badge: string): void {
    const [first] = candidates;
    if (!first || this.document.content.picture.id !== base) return;
    const extent = { width: first.recipe.width, height: first.recipe.height };
    this.#proposal = { kind, candidates: candidates.map(({ id }) => id), extent, at, badge, base };
    this.#candidates = candidates;
  }

  /** What the picture will have cost with a candidate: what was accepted before and is in no file yet counts, too. */
  #costWith(candidate: Candidate | undefined): number | undefined {
    const { content, savedPicture } = this.document;
    const before = content.picture.id === savedPicture.id ? 0 : content.picture.costUsd;
    return sumKnownUsd([before, candidate?.recipe.engine === 'offline' ? 0 : candidate?.costUsd]);
  }

  async #forget(candidates: readonly string[]): Promise<void> {
    for (const id of candidates) await this.#services.jobs.candidates.remove(id);
  }

  #setRun(run: Run): void {
    this.#run = run;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A plan, or the words of why there is none. */
async function refusals<T>(plan: () => Promise<T>): Promise<T | PlanView> {
  try {
    return await plan();
  } catch (error) {
    return { cost: '', note: failureWords(toImageError(error, 'bad-answer')), refused: true };
  }
}

/** What ended a run too early, for the bar; a cancel needs no words but for what it may have cost. */
function endingWords(error: ImageError): string {
  if (error.reason !== 'cancelled') return `${failureWords(error)}${keptWords(error)}`;
  return error.spent ? `${cancelledWords(error.spent)}${keptWords(error)}` : '';
}
