import { Disposable, l10n, window, type Uri } from 'vscode';
import { toImageError } from '../core/errors';
import type { OutboxEntry } from '../jobs/outboxEntry';
import { discard, recoverUnsaved } from '../jobs/recover';
import { pickFolder } from './destination';
import type { Services } from './services';
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
  await outbox.tidy();
  await lease.forgetOld();
  const found = (await recoverUnsaved(services.jobs)).filter(({ id }) => !offered.has(id));
  if (found.length === 0) return;
  // While the person is asked here, no other window asks.
  const letGo = await lease.hold();
  try {
    const entries = await claim(services, found);
    for (const { id } of entries) offered.add(id);
    if (entries.length > 0) await ask(services, entries);
  } finally {
    letGo();
  }
}

async function claim({ jobs: { outbox } }: Services, entries: readonly OutboxEntry[]): Promise<OutboxEntry[]> {
  const claimed: OutboxEntry[] = [];
  for (const entry of entries) if (await outbox.claim(entry.id)) claimed.push(entry);
  return claimed;
}

async function ask(services: Services, entries: readonly OutboxEntry[]): Promise<void> {
  const save = l10n.t('Save…');
  const discardAll = l10n.t('Discard');
  const asked = entries.length === 1 ? l10n.t('A picture that arrived was not saved.') : l10n.t('{0} that arrived were not saved.', pictureCount(entries.length));
  const answer = await window.showWarningMessage(`Easel: ${asked}`, save, discardAll);
  if (answer === save) await saveAll(services, entries);
  else if (answer === discardAll) for (const entry of entries) await discard(entry, services.jobs);
}

/** Asks where the pictures that wait in the outbox shall go, and writes them. */
export async function saveLeftovers(services: Services): Promise<void> {
  await saveAll(services, await claim(services, await recoverUnsaved(services.jobs)));
}

/** Each picture leaves the outbox when its file is on disk. */
async function saveAll(services: Services, entries: readonly OutboxEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const picked = await pickFolder(l10n.t('Save {0} Here', pictureCount(entries.length)));
  if (!picked) return;
  let saved = 0;
  try {
    for (const entry of entries) {
      await saveOne(services, entry, picked);
      saved += 1;
    }
  } catch (error) {
    const again = l10n.t('Save Elsewhere…');
    const { message } = toImageError(error, 'cannot-save');
    if ((await window.showErrorMessage(`Easel: ${message}`, again)) === again) return saveAll(services, entries.slice(saved));
  }
  if (saved > 0) void window.showInformationMessage(`Easel: ${l10n.t('Saved {0}.', pictureCount(saved))}`);
}

async function saveOne({ jobs }: Services, entry: OutboxEntry, folder: Uri): Promise<void> {
  const bytes = await jobs.outbox.read(entry.id);
  if (!bytes) return;
  await jobs.files.writeNew(folder.toString(), entry.stem, entry.extension, { bytes, twin: jobs.outbox.fileOf(entry.id) });
  await discard(entry, jobs);
}
