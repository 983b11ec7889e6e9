import { toImageError } from '../../core/errors';
import type { Candidate } from '../../jobs/candidates';
import type { JobEvent } from '../../jobs/job';
import { hasEnded, type Draft, type Wish } from '../../protocol/studio';
import { EarlierPrompts } from './earlierPrompts';
import { MemoryFile } from './memoryFile';
import { namedReferences, revive } from './reviveMemory';
import { RunList } from './runList';
import { RunQueue } from './runQueue';
import type { SessionChange, SessionPorts, StudioWork } from './sessionPorts';
import { StudioPictures } from './studioPictures';
import { StudioReferences } from './studioReferences';
import type { RunRecord, StudioMemory } from './studioRecords';

/** What a run is in while a job tells these; the others change nothing that is shown. */
const STATE_OF_EVENT: Partial<Record<JobEvent['type'], RunRecord['state']>> = { drawing: 'drawing', waiting: 'drawing', composing: 'composing', writing: 'composing', checking: 'composing' };

/**
 * The studio's runs and pictures, with or without a panel that shows them. One run is drawn at a time; the others wait. A run is on disk before it is drawn,
 * so that one that dies with the window comes back as interrupted.
 */
export class StudioSession {
  readonly #ports: SessionPorts;
  readonly #listeners = new Set<(change: SessionChange) => void>();
  readonly #queue = new RunQueue((...run) => this.#draw(...run));
  readonly #pictures: StudioPictures;
  readonly references: StudioReferences;
  readonly #runs: RunList;
  readonly #prompts: EarlierPrompts;
  #draft: Draft | undefined;
  readonly #file: MemoryFile;
  #open = true;

  private constructor(ports: SessionPorts, memory: StudioMemory, candidates: readonly Candidate[]) {
    this.#ports = ports;
    this.#runs = new RunList(memory.runs);
    this.#prompts = new EarlierPrompts(memory.prompts);
    this.#draft = memory.draft;
    this.#file = new MemoryFile(ports, () => this.#memory());
    this.#pictures = new StudioPictures(ports.candidates, candidates, memory.kept);
    this.references = new StudioReferences(ports.storage, ports.inspect, memory.references ?? []);
  }

  /** The session as the last window left it; what was discarded there is now removed for good. */
  static async load(ports: SessionPorts): Promise<StudioSession> {
    const { memory, candidates } = await revive(ports);
    const session = new StudioSession(ports, memory, candidates);
    await session.references.keepOnly(namedReferences(memory));
    return session;
  }

  /** Newest first. */
  get runs(): readonly RunRecord[] {
    return this.#runs.all;
  }

  /** Newest first. */
  get prompts(): readonly string[] {
    return this.#prompts.list;
  }

  /** What was not discarded, oldest first. */
  get candidates(): readonly Candidate[] {
    return this.#pictures.present;
  }

  /** How far what is being drawn has come, where the engine shows it. */
  get preview(): { readonly run: string; readonly bytes: Uint8Array } | undefined {
    return this.#queue.preview;
  }

  /** What stood in a panel's composer last. */
  get draft(): Draft | undefined {
    return this.#draft;
  }

  run(id: string): RunRecord | undefined {
    return this.#runs.get(id);
  }

  /** A picture that was not discarded. */
  candidate(id: string): Candidate | undefined {
    return this.#pictures.get(id);
  }

  /** The candidate that another was made from, while it is there. */
  madeFrom({ run }: Candidate): string | undefined {
    const varied = this.run(run)?.wish.vary?.candidate;
    return varied !== undefined && this.candidate(varied) ? varied : undefined;
  }

  /** The URI of the file that a candidate was kept as. */
  keptAs(candidate: string): string | undefined {
    return this.#pictures.keptAs(candidate);
  }

  /** Calls the listener after each change; answers how to stop that. */
  onDidChange(listener: (change: SessionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Queues a wish; answers its run's id. What is wrong with it is told by the run. */
  async add(wish: Wish): Promise<string> {
    const id = this.#runs.add(wish, this.#ports.clock.now());
    this.#update(id, {});
    this.#remember(wish.prompt);
    try {
      const work = await this.#ports.prepare(wish, await this.references.read(wish.references ?? []), id);
      // Cancelled meanwhile.
      if (this.run(id)?.state !== 'queued') return id;
      this.#update(id, { model: work.model, paid: work.paid });
      this.#queue.add(id, work);
    } catch (error) {
      this.#fail(id, error);
    }
    return id;
  }

  /** Queues the wish of a run that has ended once more. The old run goes where it left nothing to look at. */
  async again(id: string): Promise<void> {
    const run = this.#runs.ended(id);
    if (!run) return;
    this.dismiss(id);
    await this.add(run.wish);
  }

  /** Stops a run: one that waits at once, one that is drawn as soon as its engine lets go. */
  cancel(id: string): void {
    const run = this.run(id);
    if (!run || hasEnded(run.state)) return;
    if (this.#queue.remove(id)) this.#end(id, { state: 'cancelled', detail: '' });
  }

  cancelAll(): void {
    // The waiting ones first: else each would start for a moment.
    for (const run of this.runs.filter(({ state }) => state === 'queued')) this.cancel(run.id);
    if (this.#queue.running !== undefined) this.cancel(this.#queue.running);
  }

  /** Forgets a run that has ended and left no pictures. */
  dismiss(id: string): void {
    if (!this.#runs.ended(id) || this.candidates.some((candidate) => candidate.run === id)) return;
    this.#runs.remove(id);
    this.#tell({ type: 'runGone', run: id });
    this.#file.writeSoon();
  }

  /** Takes pictures out of the studio. The last few can be brought back until the window closes; a file that one was kept as stays. */
  async discard(ids: readonly string[]): Promise<void> {
    const { gone, settled } = this.#pictures.discard(ids);
    for (const id of gone) this.#tell({ type: 'candidateGone', candidate: id });
    this.#file.writeSoon();
    await settled;
  }

  restore(ids: readonly string[]): void {
    for (const id of this.#pictures.restore(ids)) this.#tellCandidate(id);
    this.#file.writeSoon();
  }

  /** Notes which file holds a candidate; undefined where that file is gone. */
  markKept(id: string, uri: string | undefined): void {
    if (!this.#pictures.markKept(id, uri)) return;
    this.#tellCandidate(id);
    this.#file.writeSoon();
  }

  setDraft(draft: Draft): void {
    this.#draft = draft;
    this.#file.writeSoon();
  }

  /** Resolves when everything that was to be written is on disk. */
  saved(): Promise<void> {
    return this.#file.settled();
  }

  /** Stops what is drawn and leaves it on disk as it stood: the next window finds it interrupted. */
  dispose(): void {
    this.#open = false;
    this.#queue.close();
    this.#listeners.clear();
  }

  async #draw(id: string, work: StudioWork, signal: AbortSignal): Promise<void> {
    try {
      this.#update(id, { state: 'drawing', detail: '', began: this.#ports.clock.now() });
      await this.#file.write();
      const detail = await work.perform(signal, (event) => this.#hear(id, event));
      this.#end(id, { state: 'done', detail });
    } catch (error) {
      this.#fail(id, error);
    }
  }

  #hear(id: string, event: JobEvent): void {
    if (!this.#open) return;
    if (event.type === 'candidate') {
      this.#queue.setPreview(id, undefined);
      this.#pictures.add(event.candidate);
      return this.#tellCandidate(event.candidate.id);
    }
    if (event.type === 'preview') {
      const { bytes } = event.image;
      this.#queue.setPreview(id, bytes);
      return this.#tell({ type: 'preview', run: id, bytes });
    }
    const state = STATE_OF_EVENT[event.type];
    if (state) this.#update(id, { state, detail: this.#ports.words.progress(event) ?? '' });
  }

  #fail(id: string, thrown: unknown): void {
    const error = toImageError(thrown, 'bad-answer');
    if (error.reason === 'cancelled') return this.#end(id, { state: 'cancelled', detail: this.#ports.words.cancelled(error.spent) });
    this.#ports.log.warn(`Studio: ${error.reason}: ${error.message}`);
    this.#end(id, { state: 'failed', detail: this.#ports.words.failed(error), reason: error.reason });
  }

  #end(id: string, change: Partial<RunRecord>): void {
    // What dies with the window is for the next one to say.
    if (!this.#open) return;
    this.#update(id, change);
    this.#file.writeSoon();
  }

  #update(id: string, change: Partial<RunRecord>): void {
    const run = this.#runs.update(id, change);
    if (run) this.#tell({ type: 'run', run });
  }

  #remember(prompt: string): void {
    this.#prompts.add(prompt);
    this.#tell({ type: 'prompts' });
    this.#file.writeSoon();
  }

  #tellCandidate(id: string): void {
    const candidate = this.candidate(id);
    if (candidate) this.#tell({ type: 'candidate', candidate });
  }

  #tell(change: SessionChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #memory(): StudioMemory {
    return {
      version: 1,
      runs: [...this.runs],
      kept: { ...this.#pictures.kept },
      discarded: [...this.#pictures.discarded],
      prompts: [...this.prompts],
      ...(this.#draft ? { draft: this.#draft } : {}),
      references: [...this.references.records],
    };
  }
}
