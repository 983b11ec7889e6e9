import type { JobServices } from './job';
import type { OutboxEntry } from './outboxEntry';

/** What waits in the outbox and is in no file. What a window had written just before it died is taken out of the outbox first, so that nothing is offered that is there. */
export async function recoverUnsaved(services: Pick<JobServices, 'outbox' | 'files'>): Promise<OutboxEntry[]> {
  const unsaved: OutboxEntry[] = [];
  for (const entry of await services.outbox.unsaved()) {
    if (await isKept(entry, services)) await discard(entry, services);
    else unsaved.push(entry);
  }
  return unsaved;
}

/** Takes an entry out of the outbox, with what it was made of. */
export async function discard({ id, answers = [] }: OutboxEntry, { outbox }: Pick<JobServices, 'outbox'>): Promise<void> {
  // What it was made of first: left alone, that would be offered in its place.
  await outbox.remove(...answers, id);
}

async function isKept({ id, folder, stem, extension, candidate, kind }: OutboxEntry, { outbox, files }: Pick<JobServices, 'outbox' | 'files'>): Promise<boolean> {
  // A picture that could not be written is known to be in no file.
  if (kind === 'picture') return false;
  if (candidate !== undefined && (await files.exists(candidate))) return true;
  if (folder === '') return false;
  const bytes = await outbox.read(id);
  return bytes !== undefined && files.holds(folder, stem, extension, bytes);
}
