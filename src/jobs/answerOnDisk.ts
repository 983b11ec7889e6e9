import type { PieceFilter } from '../core/bytes';
import type { AnswerCopy } from '../core/engine';
import type { DrawnImage } from '../core/image';
import type { Outbox } from './outbox';
import type { OutboxMeta } from './outboxEntry';
import type { StagedFile } from './stagedFile';

const PNG_FIRST_BYTE = 0x89;

/** What is to become of an answer on its way to the disk. */
export interface CopyOrders {
  readonly meta: OutboxMeta;
  /** Hash of the request, where the pictures answer one that may be made again. */
  readonly key: string | undefined;
  /** How many pictures are expected: no more are staged. */
  readonly count: number;
  /** What the PNG of the picture of that index gets on its way; left out where it stays as it comes. */
  readonly dress?: (index: number) => PieceFilter;
}

/** A picture that is written while it comes. */
interface Staged {
  readonly index: number;
  readonly file: StagedFile;
  readonly filter: PieceFilter | undefined;
  ended: boolean;
}

/** One answer in the outbox while it comes: its body as it is, and the pictures in it as the files that they will be. */
export class AnswerOnDisk implements AnswerCopy {
  readonly #outbox: Outbox;
  readonly #orders: CopyOrders;
  readonly #body: ReturnType<Outbox['openBody']>;
  /** By their parts, in the order in which they came. */
  readonly #staged = new Map<number, Staged>();

  constructor(outbox: Outbox, orders: CopyOrders) {
    this.#outbox = outbox;
    this.#orders = orders;
    this.#body = outbox.openBody(orders.meta);
  }

  body(piece: Uint8Array): Promise<boolean> {
    return this.#body.write(piece);
  }

  written(): Promise<Uint8Array> {
    return this.#body.read();
  }

  picture(part: number, bytes: Uint8Array): void {
    const staged = this.#staged.get(part) ?? this.#stage(part, bytes);
    for (const piece of staged?.filter?.push(bytes) ?? [bytes]) staged?.file.add(piece);
  }

  pictureEnds(part: number): void {
    const staged = this.#staged.get(part);
    if (!staged) return;
    staged.ended = true;
    staged.file.finish();
  }

  /** The file of a picture, if it came to its end and was dressed as the one of that index; it is then the caller's. */
  take({ part, format }: Pick<DrawnImage, 'part' | 'format'>, index: number): StagedFile | undefined {
    const staged = part === undefined ? undefined : this.#staged.get(part);
    if (part === undefined || !staged?.ended || staged.index !== index) return undefined;
    // What is no PNG passes as it is; of one that is damaged something may have been kept back.
    if (staged.filter && format === 'png' && !staged.filter.whole) return undefined;
    this.#staged.delete(part);
    return staged.file;
  }

  /** Removes what nobody has taken, and the body: its pictures are entries by now, or it holds none. */
  async remove(): Promise<void> {
    const left = [...this.#staged.values()];
    this.#staged.clear();
    await Promise.all([this.#body.remove(), ...left.map(({ file }) => this.#outbox.unstage(file))]);
  }

  #stage(part: number, head: Uint8Array): Staged | undefined {
    const index = this.#staged.size;
    if (index >= this.#orders.count) return undefined;
    const { meta, key, dress } = this.#orders;
    // Nearly all are PNGs; what is another format is described anew at its end.
    const extension = head[0] === PNG_FIRST_BYTE ? 'png' : '';
    const staged = { index, file: this.#outbox.stage({ ...meta, extension, ...(key === undefined ? {} : { key }) }), filter: dress?.(index), ended: false };
    this.#staged.set(part, staged);
    return staged;
  }
}
