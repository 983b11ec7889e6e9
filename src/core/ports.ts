import type { FileBytes } from './bytes';
import type { ImageError } from './errors';

/** What a file of the workspace is to hold. */
export interface FileContent extends FileBytes {
  /** The URI of a file with the same bytes that nobody will change: it may be linked instead of written again. */
  readonly twin?: string | undefined;
  /** The URI of the folder in which the file must really lie, whatever links lead there by the time of writing; anywhere where left out. */
  readonly within?: string | undefined;
}

/** A file of the workspace, named by its URI as a string. Implemented over `vscode.workspace.fs` in the host and over `node:fs` in tests and benchmarks. */
export interface WorkspaceFiles {
  /** Rejects with `not-an-image` where the file is gone or no file, and `too-large` above 512 MB. */
  read(uri: string): Promise<Uint8Array>;
  /**
   * Writes a new file, whole or not at all, into a folder that is made where missing: `stem.ext`, else `stem-2.ext`, `stem-3.ext` … and answers its URI.
   * Never overwrites, also when another window writes the same name at the same moment. Rejects with `cannot-save`, and with
   * `bad-path` where it would not lie `within`.
   */
  writeNew(folder: string, stem: string, extension: string, content: FileContent): Promise<string>;
  /** Writes a new file of exactly this name, whole or not at all, into a folder that is made where missing. Rejects with `cannot-save`, also where the name is taken, and with `bad-path` like `writeNew`. */
  writeAt(uri: string, content: FileContent): Promise<void>;
  /** Replaces a file, whole or not at all, only while its bytes still hash to `expected` (SHA-256, hex); else rejects with `cannot-save`, and with `bad-path` like `writeNew`. */
  replace(uri: string, expected: string, content: FileContent): Promise<void>;
  /** Whether a file that `writeNew` may have written holds these bytes; removes what a writer that died has left beside it. */
  holds(folder: string, stem: string, extension: string, bytes: Uint8Array): Promise<boolean>;
  exists(uri: string): Promise<boolean>;
  /** The folder that holds a file. */
  folderOf(uri: string): string;
  /** A file's name without folder and extension. */
  stemOf(uri: string): string;
}

/** The extension's own storage: flat names with `/` between folders. Each write is on disk (fsync, rename) when its promise resolves. */
export interface Storage {
  /** Undefined where there is no such entry. */
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Writes without the sync: whole when this process dies, perhaps gone when the machine does. For what can be done without. */
  note(name: string, bytes: Uint8Array): Promise<void>;
  /** Makes a new entry; false where there is one, also when another window makes it at the same moment. */
  create(name: string, bytes: Uint8Array): Promise<boolean>;
  /** Adds a line to a text entry, also while another window does. There may be empty lines between. */
  append(name: string, line: string): Promise<void>;
  /** Makes a new entry that is written piece by piece: what is there of it is seen at once. */
  grow(name: string): Promise<GrowingEntry>;
  /** Gives an entry another name, over what had it. */
  rename(name: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The names of all entries below a folder, sorted. */
  list(folder: string): Promise<string[]>;
  /** The URI of an entry's file, whether it is there or not. */
  locate(name: string): string;
  /** Removes what writers that died have left below a folder. */
  tidy(folder: string): Promise<void>;
}

/** An entry that one writer makes piece by piece; the next call waits for the last. */
export interface GrowingEntry {
  /** Adds pieces in their order, in one write where that is possible, unsynced. */
  add(...pieces: readonly Uint8Array[]): Promise<void>;
  /** Everything that was added is on disk (fsync) when the promise resolves. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** How hard a picture's rows are compressed: *compact* for what is kept; *quick* for what is sent once, in half the time for a tenth more bytes. */
export type Effort = 'compact' | 'quick';

/** zlib, asynchronous so that a browser's `CompressionStream` can serve it. */
export interface Zlib {
  /** Inflates a zlib stream; rejects with `too-large` once more than `maxOutput` bytes come out and with `broken-image` on bad data. */
  inflate(bytes: Uint8Array, maxOutput: number): Promise<Uint8Array>;
  /** Deflates to a zlib stream. `level` 0–9. */
  deflate(bytes: Uint8Array, level: number): Promise<Uint8Array>;
  /**
   * Inflates a zlib stream given in parts, handing on each piece of the output as it comes, while the next one is made. Rejects as `inflate` does, and with what `onPiece` throws.
   */
  inflatePieces(parts: readonly Uint8Array[], maxOutput: number, onPiece: (piece: Uint8Array) => void): Promise<void>;
  /** Deflates the pieces of filtered rows, taking the next one while the last is compressed; a piece belongs to the stream until the next but one is asked for. */
  deflatePieces(pieces: Iterable<Uint8Array>, effort: Effort): Promise<Uint8Array[]>;
  /** CRC-32 as PNG wants it, of the bytes following a running value (0 at the start). */
  crc32(bytes: Uint8Array, seed?: number): number;
}

/** One end of a worker: messages over, buffers in `transfer` moved and not copied. */
export interface WorkerPort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** Exactly one listener; called in the order of arrival. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the worker has died by itself: `too-large` where memory ran out, else `broken-image`. */
  onDeath(listener: (error: ImageError) => void): void;
  terminate(): void;
}

/** Where things are said that only a log shows. Never given a key, a prompt or picture bytes. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The time, so that tests can set it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}
