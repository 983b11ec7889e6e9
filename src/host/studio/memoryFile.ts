import { toImageError } from '../../core/errors';
import type { SessionPorts } from './sessionPorts';
import { formatMemory, parseMemory, type StudioMemory } from './studioRecords';

const ENTRY = 'studio.json';

/** Where the studio's memory lies over the end of a window. Writes are one after the other, each with the memory of its own moment. */
export class MemoryFile {
  readonly #ports: Pick<SessionPorts, 'storage' | 'log'>;
  readonly #memory: () => StudioMemory;
  #writing: Promise<void> = Promise.resolve();

  constructor(ports: Pick<SessionPorts, 'storage' | 'log'>, memory: () => StudioMemory) {
    this.#ports = ports;
    this.#memory = memory;
  }

  static async read({ storage }: Pick<SessionPorts, 'storage'>): Promise<StudioMemory> {
    return parseMemory(await storage.read(ENTRY));
  }

  /** Resolves when it is on disk; rejects with `cannot-save`. */
  write(): Promise<void> {
    const written = this.#writing.then(() => this.#ports.storage.write(ENTRY, formatMemory(this.#memory())));
    this.#writing = written.catch(() => {});
    return written;
  }

  /** Writes without anybody waiting for it. */
  writeSoon(): void {
    this.write().catch((error: unknown) => this.#ports.log.error(`The studio's state could not be written: ${toImageError(error, 'cannot-save').message}`));
  }

  /** Resolves when everything that was to be written is on disk. */
  settled(): Promise<void> {
    return this.#writing;
  }
}
