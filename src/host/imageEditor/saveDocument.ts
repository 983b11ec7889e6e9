import { commands, l10n, window, workspace, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import { sha256 } from '../../core/hash';
import { WRITE_FORMATS, type ReadFormat, type WriteFormat } from '../../core/image';
import type { Services } from '../services';
import { baseName, displayPath, toUri } from '../uris';
import { exists } from '../workspaceFiles';
import type { EditorDocument, PictureVersion } from './editorDocument';
import { IMAGE_EDITOR_VIEW_TYPE } from '../viewTypes';

/** Formats by the endings of file names. */
const FORMATS: Readonly<Record<string, ReadFormat>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp', avif: 'avif', gif: 'gif', bmp: 'bmp' };

/**
 * Saves a document. Where no pixel would change nothing is written, so that saving by itself re-encodes no JPEG. A PNG is written as the bytes that were composed; any other format would
 * lose by being written again, or cannot be: then the person is asked. Only a file that still holds the bytes that were read is replaced, and those go to the history.
 */
export async function saveDocument(document: EditorDocument, services: Services): Promise<void> {
  const gone = !(await exists(document.uri));
  if (!gone && !document.pictureChanged) return;
  const { picture } = document.content;
  const format = document.savedPicture.format;
  if (picture.format === format) return write(document, picture, picture.bytes, gone, services);
  await saveAnotherWay(document, picture, format, gone, services);
}

/** Writes the picture to another file, in the format of its name's ending. Rejects with `bad-path` where that is none that can be written. */
export async function saveDocumentAs(document: EditorDocument, target: Uri, services: Services): Promise<void> {
  const { picture } = document.content;
  const ending = /\.([^./]+)$/.exec(target.path)?.[1]?.toLowerCase() ?? '';
  const format = FORMATS[ending];
  const bytes = format === picture.format ? picture.bytes : isWritten(format) ? await encoded(picture, format, services) : undefined;
  if (!bytes) throw new ImageError('bad-path', l10n.t('Easel writes PNG, JPEG, WebP and AVIF: choose a name that ends in .png, .jpg, .webp or .avif.'));
  await workspace.fs.writeFile(target, bytes);
}

async function saveAnotherWay(document: EditorDocument, picture: PictureVersion, format: ReadFormat, gone: boolean, services: Services): Promise<void> {
  const asPng = l10n.t('Save as PNG');
  const name = format === 'webp' ? 'WebP' : format.toUpperCase();
  const overwrite = l10n.t('Overwrite the {0}', name);
  const detail = isWritten(format)
    ? l10n.t('A {0} is compressed as a whole: also pixels that were to stay would change a little. As PNG, in a new file beside it, they stay as they are.', name)
    : l10n.t('Easel cannot write this format. As PNG, in a new file beside it, every pixel stays as it is.');
  const question = l10n.t('How should the changed {0} be saved?', baseName(document.uri));
  const answer = await window.showWarningMessage(question, { modal: true, detail }, ...(isWritten(format) ? [asPng, overwrite] : [asPng]));
  if (answer === overwrite && isWritten(format)) return write(document, picture, await encoded(picture, format, services), gone, services);
  if (answer !== asPng) throw new ImageError('cancelled', l10n.t('Not saved.'));
  const { files } = services.jobs;
  const uri = document.uri.toString();
  const written = await files.writeNew(files.folderOf(uri), files.stemOf(uri), 'png', picture);
  await remember(picture, written, services);
  // This document goes back to what its file holds: the work lives on in the new one.
  document.reload(document.savedPicture, true);
  void commands.executeCommand('vscode.openWith', toUri(written), IMAGE_EDITOR_VIEW_TYPE);
}

async function write(document: EditorDocument, picture: PictureVersion, bytes: Uint8Array, gone: boolean, services: Services): Promise<void> {
  const { files, history } = services.jobs;
  const { hash, bytes: old } = document.onDisk;
  if (gone) await workspace.fs.writeFile(document.uri, bytes);
  else {
    await history.keepOriginal(hash, old);
    await files.replace(document.uri.toString(), hash, { bytes });
  }
  document.markSaved(picture, { bytes, hash: bytes === picture.bytes ? picture.hash : await sha256(bytes) });
  await remember(picture, document.uri.toString(), services);
  services.log.info(`Saved ${displayPath(document.uri)}.`);
}

async function remember({ recipe, hash, costUsd }: PictureVersion, uri: string, { jobs }: Services): Promise<void> {
  if (recipe) await jobs.history.add({ at: jobs.clock.now(), uri, hash, recipe, ...(costUsd === undefined ? {} : { costUsd }) });
}

async function encoded(picture: PictureVersion, format: WriteFormat, { jobs: { pixels } }: Services): Promise<Uint8Array> {
  const opened = await pixels.open(picture.bytes);
  try {
    return await pixels.encode(opened, { format });
  } finally {
    pixels.close(opened);
  }
}

function isWritten(format: ReadFormat | undefined): format is WriteFormat {
  return WRITE_FORMATS.some((known) => known === format);
}
