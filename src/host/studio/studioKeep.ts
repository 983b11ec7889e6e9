import { commands, FileSystemError, workspace, type Uri } from 'vscode';
import { sha256 } from '../../core/hash';
import type { WriteFormat } from '../../core/image';
import { personsFolder } from '../destination';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { toUri } from '../uris';
import type { StudioSession } from './studioSession';

/** Writes candidates into the workspace, each once, however often and quickly it is asked for. */
export class StudioKeep {
  readonly #services: Services;
  readonly #session: StudioSession;
  readonly #running = new Map<string, Promise<Uri | undefined>>();

  constructor(services: Services, session: StudioSession) {
    this.#services = services;
    this.#session = session;
  }

  /** The file that holds a candidate, written now unless it is there. Undefined where the person turned away from choosing a folder, or the candidate is gone. Rejects with an `ImageError`. */
  keep(id: string): Promise<Uri | undefined> {
    const running = this.#running.get(id) ?? this.#keep(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  async #keep(id: string): Promise<Uri | undefined> {
    const kept = this.#session.keptAs(id);
    if (kept !== undefined && (await isThere(toUri(kept)))) return toUri(kept);
    const candidate = this.#session.candidate(id);
    const png = candidate && (await this.#services.jobs.candidates.read(id));
    if (!candidate || !png) return undefined;
    const settings = readSettings();
    const format = this.#session.run(candidate.run)?.wish.format ?? settings.format;
    const folder = await personsFolder(settings.outputFolder);
    if (!folder) return undefined;
    const { files, history, clock } = this.#services.jobs;
    const bytes = format === 'png' ? png : await this.#converted(png, format);
    const uri = await files.writeNew(folder.toString(), candidate.stem, format === 'jpeg' ? 'jpg' : format, bytes);
    this.#session.markKept(id, uri);
    await history.add({ at: clock.now(), uri, hash: await sha256(bytes), recipe: candidate.recipe });
    await commands.executeCommand('workbench.files.action.refreshFilesExplorer');
    return toUri(uri);
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
