import { Disposable, l10n, window, type Uri } from 'vscode';
import { toImageError } from '../core/errors';
import type { OutboxEntry } from '../jobs/outbox';
import { pickFolder } from './destination';
import type { Services } from './services';
import { toUri } from './uris';
import { pictureCount } from './words';

/**
 * When the outbox is looked into, in milliseconds after the activation: not at once, since the command that woke Easel comes first; and again when the lease
 * of a window that has just died has run out.
 */
const LOOKS_MS = [2000, 40_000];

/** Offers, once each, the pictures that arrived in an earlier life of this or another window and are in no file. */
export function registerLeftovers(services: Services): Disposable {
  const offered = new Set<string>();
  const looks = LOOKS_MS.map((delay) =>
    setTimeout(() => {
      offer(services, offered).catch((error: unknown) => services.log.error(`Looking into the outbox failed: ${toImageError(error, 'cannot-save').message}`));
    }, delay),
  );
  return new Disposable(() => looks.forEach((look) => clearTimeout(look)));
}

async function offer(services: Services, offered: Set<string>): Promise<void> {
  const { outbox, lease } = services.jobs;
  await lease.forgetOld();
  const entries = (await outbox.unsaved()).filter(({ id }) => !offered.has(id));
  if (entries.length === 0) return;
  for (const { id } of entries) offered.add(id);
  const save = l10n.t('Save…');
  const discard = l10n.t('Discard');
  const asked = entries.length === 1 ? l10n.t('A picture that arrived was not saved.') : l10n.t('{0} that arrived were not saved.', pictureCount(entries.length));
  const answer = await window.showWarningMessage(`Easel: ${asked}`, save, discard);
  if (answer === save) await saveLeftovers(services);
  else if (answer === discard) await outbox.remove(...entries.map(({ id }) => id));
}

/** Asks where the pictures that wait in the outbox shall go, and writes them. Each leaves the outbox when its file is on disk. */
export async function saveLeftovers(services: Services): Promise<Uri[]> {
  const entries = await services.jobs.outbox.unsaved();
  if (entries.length === 0) return [];
  const picked = await pickFolder(l10n.t('Save {0} Here', pictureCount(entries.length)));
  if (!picked) return [];
  const saved: Uri[] = [];
  try {
    for (const entry of entries) {
      const uri = await saveOne(services, entry, picked);
      if (uri) saved.push(uri);
    }
  } catch (error) {
    const { message } = toImageError(error, 'cannot-save');
    const again = l10n.t('Save Elsewhere…');
    if ((await window.showErrorMessage(`Easel: ${message}`, again)) === again) return [...saved, ...(await saveLeftovers(services))];
  }
  if (saved.length > 0) void window.showInformationMessage(`Easel: ${l10n.t('Saved {0}.', pictureCount(saved.length))}`);
  return saved;
}

async function saveOne({ jobs }: Services, entry: OutboxEntry, folder: Uri): Promise<Uri | undefined> {
  const bytes = await jobs.outbox.read(entry.id);
  // Another window was quicker.
  if (!bytes) return undefined;
  const uri = await jobs.files.writeNew(folder.toString(), entry.stem, entry.extension, bytes);
  await jobs.outbox.remove(entry.id);
  return toUri(uri);
}
