import { Bytes, sameBytes } from '../../src/core/bytes';
import { ImageError } from '../../src/core/errors';
import { sha256 } from '../../src/core/hash';
import { isNumberedName, numberedName } from '../../src/core/naming';
import type { Clock, FileContent, GrowingEntry, Log, Storage, WorkspaceFiles } from '../../src/core/ports';

/** The storage port in memory. */
export class MemoryStorage implements Storage {
  readonly entries = new Map<string, Uint8Array>();

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.entries.get(name)?.slice();
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.entries.set(name, bytes.slice());
  }

  note(name: string, bytes: Uint8Array): Promise<void> {
    return this.write(name, bytes);
  }

  async create(name: string, bytes: Uint8Array): Promise<boolean> {
    if (this.entries.has(name)) return false;
    this.entries.set(name, bytes.slice());
    return true;
  }

  async append(name: string, line: string): Promise<void> {
    const old = new TextDecoder().decode(this.entries.get(name));
    this.entries.set(name, new TextEncoder().encode(`${old}${line}\n`));
  }

  async grow(name: string): Promise<GrowingEntry> {
    const bytes = new Bytes();
    this.entries.set(name, bytes.view());
    return {
      add: async (...pieces) => {
        for (const piece of pieces) bytes.add(piece);
        if (this.entries.has(name)) this.entries.set(name, bytes.view());
      },
      sync: async () => {},
      close: async () => {},
    };
  }

  async rename(name: string, to: string): Promise<void> {
    const bytes = this.entries.get(name);
    if (!bytes) throw new Error(`${name} is not there`);
    this.entries.set(to, bytes.slice());
    this.entries.delete(name);
  }

  async remove(name: string): Promise<void> {
    this.entries.delete(name);
  }

  async list(folder: string): Promise<string[]> {
    return [...this.entries.keys()].filter((name) => name.startsWith(`${folder}/`)).sort();
  }

  locate(name: string): string {
    return `memory:///${name}`;
  }

  async tidy(): Promise<void> {}
}

/** The workspace port in memory; `refuse` makes every write fail. */
export class MemoryFiles implements WorkspaceFiles {
  readonly files = new Map<string, Uint8Array>();
  refuse = false;

  async read(uri: string): Promise<Uint8Array> {
    const bytes = this.files.get(uri);
    if (!bytes) throw new ImageError('not-an-image', `${uri} does not exist.`);
    return bytes.slice();
  }

  async writeNew(folder: string, stem: string, extension: string, { bytes }: FileContent): Promise<string> {
    if (this.refuse) throw new ImageError('cannot-save', 'The disk is full.');
    for (let number = 1; ; number += 1) {
      const uri = `${folder}/${numberedName(stem, number, extension)}`;
      if (this.files.has(uri)) continue;
      this.files.set(uri, bytes.slice());
      return uri;
    }
  }

  async writeAt(uri: string, { bytes }: FileContent): Promise<void> {
    if (this.refuse || this.files.has(uri)) throw new ImageError('cannot-save', 'The name is taken, or the disk is full.');
    this.files.set(uri, bytes.slice());
  }

  async replace(uri: string, expected: string, { bytes }: FileContent): Promise<void> {
    if ((await sha256(await this.read(uri))) !== expected) throw new ImageError('cannot-save', 'The file has changed meanwhile.');
    this.files.set(uri, bytes.slice());
  }

  async holds(folder: string, stem: string, extension: string, bytes: Uint8Array): Promise<boolean> {
    return [...this.files].some(([uri, held]) => this.folderOf(uri) === folder && isNumberedName(uri.slice(folder.length + 1), stem, extension) && sameBytes(held, bytes));
  }

  async exists(uri: string): Promise<boolean> {
    return this.files.has(uri);
  }

  folderOf(uri: string): string {
    return uri.slice(0, uri.lastIndexOf('/'));
  }

  stemOf(uri: string): string {
    return uri.slice(uri.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  }
}

/** A clock that stands until it is set. */
export class FixedClock implements Clock {
  time = Date.UTC(2026, 10, 22, 12);

  now(): number {
    return this.time;
  }
}

/** A log that keeps its lines. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];

  info(message: string): void {
    this.lines.push(message);
  }

  warn(message: string): void {
    this.lines.push(message);
  }

  error(message: string): void {
    this.lines.push(message);
  }
}
