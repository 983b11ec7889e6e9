import type { CustomDocument, Uri } from 'vscode';
import type { Extent } from '../../core/geometry';
import type { ReadFormat } from '../../core/image';
import type { Recipe } from '../../core/recipe';
import type { MaskStep } from '../../core/strokes';

/** One state of the picture: the bytes of a file that is never changed. */
export interface PictureVersion {
  /** Of this version alone. */
  readonly id: string;
  readonly bytes: Uint8Array;
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly format: ReadFormat;
  readonly extent: Extent;
  readonly recipe: Recipe | undefined;
  /** US dollars that were paid for what has become of the file; undefined where that is not known. */
  readonly costUsd?: number | undefined;
}

export interface PaintedStep {
  readonly id: string;
  readonly step: MaskStep;
}

/** What an edit changes, and undo brings back. */
export interface EditorContent {
  readonly picture: PictureVersion;
  /** What was painted on the mask since the picture last changed. */
  readonly steps: readonly PaintedStep[];
  /** What became of the pixels that were to stay, in words; empty for the file's own picture. */
  readonly badge: string;
}

/** Something that VS Code can undo. */
export interface DocumentEdit {
  readonly label: string;
  undo(): void;
  redo(): void;
}

/** Where a content came from, by which edit. */
interface Origin {
  readonly label: string;
  readonly content: EditorContent;
}

/** The file as it is on disk. */
export interface OnDisk {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** A picture that is edited: the one owner of its content, with or without an editor that shows it. */
export class EditorDocument implements CustomDocument {
  readonly uri: Uri;
  readonly #contentListeners = new Set<() => void>();
  readonly #editListeners = new Set<(edit: DocumentEdit) => void>();
  readonly #disposers: (() => void)[] = [];
  /** Which content an edit led from and to, to go back and forth where VS Code does not. */
  readonly #origins = new WeakMap<EditorContent, Origin>();
  readonly #undone = new WeakMap<EditorContent, EditorContent>();
  #content: EditorContent;
  #onDisk: OnDisk;
  #savedPicture: PictureVersion;

  /** `restored` is what a backup held beyond the file. */
  constructor(uri: Uri, file: PictureVersion, restored?: EditorContent) {
    this.uri = uri;
    this.#savedPicture = file;
    this.#onDisk = file;
    this.#content = restored ?? { picture: file, steps: [], badge: '' };
  }

  get content(): EditorContent {
    return this.#content;
  }

  get onDisk(): OnDisk {
    return this.#onDisk;
  }

  /** The picture that the file holds. */
  get savedPicture(): PictureVersion {
    return this.#savedPicture;
  }

  /** Whether saving would change a pixel. */
  get pictureChanged(): boolean {
    return this.#content.picture.hash !== this.#savedPicture.hash;
  }

  /** Changes the content as an edit that VS Code can undo. */
  apply(label: string, next: EditorContent): void {
    this.#origins.set(next, { label, content: this.#content });
    this.#undone.delete(this.#content);
    this.#change(label, next);
  }

  /** Goes back by one edit, or forth by one that was gone back by, as one more edit that VS Code can undo: for where its own undo does not come. Does nothing where there is none. */
  travel(direction: 'back' | 'forth'): void {
    const origin = this.#origins.get(this.#content);
    const next = this.#undone.get(this.#content);
    if (direction === 'back' && origin) {
      this.#undone.set(origin.content, this.#content);
      this.#change(origin.label, origin.content);
    } else if (direction === 'forth' && next) {
      this.#change(this.#origins.get(next)?.label ?? '', next);
    }
  }

  /** Notes what was written: `picture` is now in the file, whose bytes may be another format's. */
  markSaved(picture: PictureVersion, onDisk: OnDisk): void {
    this.#savedPicture = picture;
    this.#onDisk = onDisk;
  }

  /** Takes up the file as it is now. A mask for a picture of another size means nothing any more. */
  reload(file: PictureVersion, keepMask: boolean): void {
    this.markSaved(file, file);
    const { picture, steps } = this.#content;
    const fits = keepMask && picture.extent.width === file.extent.width && picture.extent.height === file.extent.height;
    this.#show({ picture: file, steps: fits ? steps : [], badge: '' });
  }

  /** Calls the listener after each change, by whomever; answers how to stop that. */
  onDidChangeContent(listener: () => void): () => void {
    this.#contentListeners.add(listener);
    return () => this.#contentListeners.delete(listener);
  }

  /** Calls the listener with each edit; answers how to stop that. */
  onDidEdit(listener: (edit: DocumentEdit) => void): () => void {
    this.#editListeners.add(listener);
    return () => this.#editListeners.delete(listener);
  }

  /** Does something more when the document is closed. */
  onDispose(dispose: () => void): void {
    this.#disposers.push(dispose);
  }

  dispose(): void {
    for (const dispose of this.#disposers.splice(0)) dispose();
    this.#contentListeners.clear();
    this.#editListeners.clear();
  }

  #change(label: string, next: EditorContent): void {
    const before = this.#content;
    this.#show(next);
    const edit: DocumentEdit = { label, undo: () => this.#show(before), redo: () => this.#show(next) };
    for (const listener of this.#editListeners) listener(edit);
  }

  #show(content: EditorContent): void {
    this.#content = content;
    for (const listener of this.#contentListeners) listener();
  }
}
