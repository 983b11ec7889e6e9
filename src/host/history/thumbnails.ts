import pLimit from 'p-limit';
import { Uri } from 'vscode';
import { sha256 } from '../../core/hash';
import { thumbnailName, type HistoryEntry } from '../../jobs/history';
import type { Services } from '../services';

/** The longer edge, in pixels: what a hover shows. */
const EDGE = 256;
/** Small, and good enough for a look. */
const QUALITY = 80;
const PARALLEL = 2;

/** The small pictures of the history, made when they are first looked for: of the file while it is the one that was written, else of the bytes that were kept when it was replaced. */
export class Thumbnails {
  readonly #services: Services;
  readonly #limit = pLimit(PARALLEL);
  readonly #known = new Map<string, Promise<Uri | undefined>>();
  readonly #ready = new Map<string, Uri | undefined>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** What is known by now: `pending` where it was not looked for yet. */
  now({ hash }: HistoryEntry): Uri | 'none' | 'pending' {
    return this.#ready.has(hash) ? (this.#ready.get(hash) ?? 'none') : 'pending';
  }

  /** The JPEG's file; undefined where nothing is left to make it of. */
  get(entry: HistoryEntry): Promise<Uri | undefined> {
    const known = this.#known.get(entry.hash);
    if (known) return known;
    const made = this.#limit(() => this.#make(entry)).catch(() => undefined);
    this.#known.set(entry.hash, made);
    void made.then((uri) => this.#ready.set(entry.hash, uri));
    return made;
  }

  /** Forgets what is known: the files may be gone. */
  forget(): void {
    this.#known.clear();
    this.#ready.clear();
  }

  async #make({ uri, hash }: HistoryEntry): Promise<Uri | undefined> {
    const { history, files, pixels } = this.#services.jobs;
    const file = Uri.joinPath(this.#services.workspaceStorage, thumbnailName(hash));
    if (await history.thumbnail(hash)) return file;
    const present = await files.read(uri).catch(() => undefined);
    const bytes = present && (await sha256(present)) === hash ? present : await history.original(hash);
    if (!bytes) return undefined;
    const picture = await pixels.open(bytes);
    try {
      const { width, height } = picture.extent;
      const scale = Math.min(1, EDGE / Math.max(width, height));
      const small = await pixels.resize(picture, { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
      try {
        await history.keepThumbnail(hash, await pixels.encode(small, { format: 'jpeg', quality: QUALITY }));
      } finally {
        pixels.close(small);
      }
    } finally {
      pixels.close(picture);
    }
    return file;
  }
}
