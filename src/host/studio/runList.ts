import { hasEnded, type Wish } from '../../protocol/studio';
import type { RunRecord } from './studioRecords';

/** The studio's runs, newest first. A record is never changed, but replaced. */
export class RunList {
  #runs: readonly RunRecord[];

  constructor(runs: readonly RunRecord[]) {
    this.#runs = runs;
  }

  get all(): readonly RunRecord[] {
    return this.#runs;
  }

  get(id: string): RunRecord | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /** Puts a wish at the head of the list as a run that waits; `at` is in milliseconds since 1970. Answers the run's id. */
  add(wish: Wish, at: number): string {
    const id = crypto.randomUUID();
    this.#runs = [{ id, at, wish, model: '', paid: false, state: 'queued', detail: '' }, ...this.#runs];
    return id;
  }

  /** Answers the run as it now is; undefined where there is none. */
  update(id: string, change: Partial<RunRecord>): RunRecord | undefined {
    this.#runs = this.#runs.map((run) => (run.id === id ? { ...run, ...change } : run));
    return this.get(id);
  }

  /** The run, where it is over. */
  ended(id: string): RunRecord | undefined {
    const run = this.get(id);
    return run && hasEnded(run.state) ? run : undefined;
  }

  remove(id: string): void {
    this.#runs = this.#runs.filter((run) => run.id !== id);
  }
}
