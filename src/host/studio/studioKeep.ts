import { commands, FileSystemError, workspace, type Disposable, type Uri } from 'vscode';
import { sha256 } from '../../core/hash';
import type { WriteFormat } from '../../core/image';
import type { Candidate } from '../../jobs/candidates';
import { confined, personsFolder } from '../destination';
import type { UnwrittenPicture } from '../insertion/unwritten';
import type { Linkable } from '../insertion/pictureOf';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { toUri } from '../uris';
import { freeFile } from '../workspaceFiles';
import type { StudioSession } from './studioSession';

/** Writes candidates into the workspace, each once, however often and quickly it is asked for. */
export class StudioKeep implements Disposable {
  readonly #services: Services;
  readonly #session: StudioSession;
  readonly #listener: Disposable;
  readonly #running = new Map<string, Promise<Uri | undefined>>();

  constructor(services: Services, session: StudioSession) {
    this.#services = services;
    this.#session = session;
    this.#listener = workspace.onDidDeleteFiles(({ files }) => this.#gone(new Set(files.map(String))));
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** The file that holds a candidate, written now unless it is there. Undefined where the person turned away from choosing a folder, or the candidate is gone. Rejects with an `ImageError`. */
  keep(id: string): Promise<Uri | undefined> {
    const running = this.#running.get(id) ?? this.#keep(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  /**
   * A candidate for an edit that brings file and link together: as a file that is yet to be written to `folder`, or the one that holds it. Undefined where the
   * candidate is gone, or there is no folder. Rejects as `folder` does.
   */
  async draft(id: string, folder: (relative: string) => Promise<Uri | undefined>): Promise<Linkable | UnwrittenPicture | undefined> {
    const candidate = this.#session.candidate(id);
    if (!candidate) return undefined;
    const { recipe } = candidate;
    const extent = { width: recipe.width, height: recipe.height };
    const kept = await this.#keptFile(id);
    if (kept) return { uri: kept, extent, recipe };
    const made = await this.#make(candidate);
    const target = made && (await folder(readSettings().outputFolder));
    if (!target) return undefined;
    const uri = await freeFile(target, candidate.stem, made.extension);
    return { uri, extent, recipe, bytes: made.bytes, written: () => this.#note(candidate, uri.toString(), made.bytes) };
  }

  async #keep(id: string): Promise<Uri | undefined> {
    const kept = await this.#keptFile(id);
    if (kept) return kept;
    const candidate = this.#session.candidate(id);
    const made = candidate && (await this.#make(candidate));
    if (!made) return undefined;
    const folder = await personsFolder(readSettings().outputFolder);
    if (!folder) return undefined;
    const { folder: target, stem, within } = confined({ kind: 'new', folder: folder.toString(), stem: candidate.stem });
    const uri = await this.#services.jobs.files.writeNew(target, stem, made.extension, { ...made, within });
    await this.#note(candidate, uri, made.bytes);
    await commands.executeCommand('workbench.files.action.refreshFilesExplorer');
    return toUri(uri);
  }

  async #keptFile(id: string): Promise<Uri | undefined> {
    const kept = this.#session.keptAs(id);
    return kept !== undefined && (await isThere(toUri(kept))) ? toUri(kept) : undefined;
  }

  /** An undone insertion takes its file back: its picture is no kept one any more. */
  #gone(files: ReadonlySet<string>): void {
    for (const { id } of this.#session.candidates) {
      const file = this.#session.keptAs(id);
      if (file !== undefined && files.has(file)) this.#session.markKept(id, undefined);
    }
  }

  /** A candidate's bytes in the format that it is kept in. */
  async #make({ id, run }: Candidate): Promise<{ readonly bytes: Uint8Array; readonly extension: string } | undefined> {
    const png = await this.#services.jobs.candidates.read(id);
    if (!png) return undefined;
    const format = this.#session.run(run)?.wish.format ?? readSettings().format;
    return { bytes: format === 'png' ? png : await this.#converted(png, format), extension: format === 'jpeg' ? 'jpg' : format };
  }

  async #note({ id, recipe, costUsd }: Candidate, uri: string, bytes: Uint8Array): Promise<void> {
    const { history, clock } = this.#services.jobs;
    this.#session.markKept(id, uri);
    await history.add({ at: clock.now(), uri, hash: await sha256(bytes), recipe, ...(costUsd === undefined ? {} : { costUsd }) });
  }

  async #converted(png: Uint8Array, format: WriteFormat): Promise<Uint8Array> {
    const { pixels } = this.#services.jobs;
    const picture = await pixels.open(png);
    try {
      return await pixels.encode(picture, { format });
    } finally {
      pixels.close(picture);
    }
  }
}

/** Whether a file is there; a file system that cannot say counts as yes. */
async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    return !(error instanceof FileSystemError && error.code === 'FileNotFound');
  }
}
