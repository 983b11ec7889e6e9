import { commands, type Uri } from 'vscode';
import { throwIfCancelled, toImageError } from '../../core/errors';
import type { Picture } from '../../core/pixels';
import type { Output } from '../../core/request';
import { depthNote } from '../../jobs/depthNote';
import { confined } from '../destination';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { openSource, type OpenedSource } from '../sources';
import { displayPath, toUri } from '../uris';
import { notesWords } from '../words';
import { refuseUnwritable } from '../writable';

/** A file that is about to be written, numbered where its name is taken. */
export interface NewFile {
  readonly stem: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** What became of one picture. */
export interface Made {
  readonly source: OpenedSource;
  /** In order. */
  readonly files: readonly { readonly uri: Uri; readonly bytes: number }[];
}

/** Work on pictures that needs no engine: `make` gets each picture decoded, and what it answers is written. */
export interface LocalWork {
  readonly title: string;
  readonly uris: readonly Uri[];
  /** Beside the picture where left out. */
  readonly folder?: Uri;
  /** Whether the folder must really lie in the workspace, links followed: where a caller has named it. */
  readonly confine?: boolean;
  readonly make: (picture: Picture, source: OpenedSource, signal: AbortSignal) => Promise<readonly NewFile[]>;
}

/** Does the work, picture by picture, under a progress notification. Never writes over a file. Rejects with an `ImageError` whose `files` are those that were written all the same. */
export async function workLocally(services: Services, { title, uris, folder, confine = false, make }: LocalWork): Promise<readonly Made[]> {
  const { files, pixels } = services.jobs;
  return withProgress(services, title, async ({ signal, report }) => {
    const written: string[] = [];
    const results: Made[] = [];
    try {
      for (const uri of uris) {
        if (uris.length > 1) report(displayPath(uri));
        const target = folder?.toString() ?? files.folderOf(uri.toString());
        const output: Output = { kind: 'new', folder: target, stem: '' };
        await refuseUnwritable(output);
        const { within } = confine ? confined(output) : output;
        const source = await openSource(services, uri, signal);
        const picture = await pixels.open(source.source.bytes, signal);
        const made = await make(picture, source, signal).finally(() => pixels.close(picture));
        throwIfCancelled(signal);
        const own: { uri: Uri; bytes: number }[] = [];
        for (const { stem, extension, bytes } of made) {
          const size = bytes.length;
          const file = await files.writeNew(target, stem, extension, { bytes, within });
          written.push(file);
          own.push({ uri: toUri(file), bytes: size });
        }
        results.push({ source, files: own });
        for (const words of notesWords(depthNote(source.info))) services.log.info(`${displayPath(uri)}: ${words}`);
      }
    } catch (error) {
      throw toImageError(error, 'bad-answer').withFiles(written);
    }
    services.log.info(`Wrote ${written.map((file) => displayPath(toUri(file))).join(', ')}.`);
    // Where files are watched late the explorer shows them at once all the same.
    void commands.executeCommand('workbench.files.action.refreshFilesExplorer');
    return results;
  });
}

/** The files of all that was made, in order. */
export function filesOf(made: readonly Made[]): readonly Uri[] {
  return made.flatMap(({ files }) => files.map(({ uri }) => uri));
}

/** What is worth telling of all that was made, each thing once, after a blank; empty where nothing is. */
export function toldOf(made: readonly Made[]): string {
  return notesWords(made.flatMap(({ source }) => depthNote(source.info))).map((words) => ` ${words}`).join('');
}
