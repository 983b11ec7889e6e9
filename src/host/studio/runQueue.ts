import type { StudioWork } from './sessionPorts';

interface Drawing {
  readonly id: string;
  readonly controller: AbortController;
  /** How far the picture that is drawn has come, where the engine shows it. */
  preview?: Uint8Array | undefined;
}

/** The runs that wait, and the one that is drawn: one at a time, in the order they came. */
export class RunQueue {
  readonly #draw: (id: string, work: StudioWork, signal: AbortSignal) => Promise<void>;
  readonly #waiting: { readonly id: string; readonly work: StudioWork }[] = [];
  #current: Drawing | undefined;
  #open = true;

  /** `draw` takes a run to its end, whatever that is; it does not reject. */
  constructor(draw: (id: string, work: StudioWork, signal: AbortSignal) => Promise<void>) {
    this.#draw = draw;
  }

  get preview(): { readonly run: string; readonly bytes: Uint8Array } | undefined {
    const current = this.#current;
    return current?.preview && { run: current.id, bytes: current.preview };
  }

  /** The run that is drawn. */
  get running(): string | undefined {
    return this.#current?.id;
  }

  add(id: string, work: StudioWork): void {
    this.#waiting.push({ id, work });
    void this.#next();
  }

  /** Takes out a run that waits. One that is drawn is told to stop, and ends once its engine lets go: then the answer is false. */
  remove(id: string): boolean {
    if (this.#current?.id === id) {
      this.#current.controller.abort();
      return false;
    }
    const index = this.#waiting.findIndex((waiting) => waiting.id === id);
    if (index >= 0) this.#waiting.splice(index, 1);
    return true;
  }

  /** Notes how far a run has come; undefined where its picture is there. */
  setPreview(id: string, preview: Uint8Array | undefined): void {
    if (this.#current?.id === id) this.#current.preview = preview;
  }

  /** Stops what is drawn and begins nothing more. */
  close(): void {
    this.#open = false;
    this.#current?.controller.abort();
  }

  async #next(): Promise<void> {
    if (this.#current || !this.#open) return;
    const next = this.#waiting.shift();
    if (!next) return;
    const controller = new AbortController();
    this.#current = { id: next.id, controller };
    await this.#draw(next.id, next.work, controller.signal);
    this.#current = undefined;
    void this.#next();
  }
}
