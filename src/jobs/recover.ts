import { sameBytes } from '../core/bytes';
import type { JobServices } from './job';
import type { OutboxEntry } from './outboxEntry';

type Recovery = Pick<JobServices, 'outbox' | 'files' | 'pixels' | 'setRecipe'>;

/**
 * What waits in the outbox and is in no file. What a window had written just before it died is taken out of the outbox first, so that nothing is offered that is there;
 * and answers that it had received, but not taken apart, become entries.
 */
export async function recoverUnsaved(services: Recovery): Promise<OutboxEntry[]> {
  await reviveBodies(services);
  const unsaved: OutboxEntry[] = [];
  for (const entry of await services.outbox.unsaved()) {
    if (await isKept(entry, services)) await discard(entry, services);
    else unsaved.push(entry);
  }
  return unsaved;
}

async function reviveBodies({ outbox, pixels, setRecipe }: Recovery): Promise<void> {
  for (const { entry, bytes } of await outbox.bodies()) {
    if (!(await outbox.claim(entry.id))) continue;
    // Those that had become entries already got their recipe on the way.
    const stored = (await outbox.contents()).map((content) => withoutRecipe(content, setRecipe));
    // A body that is not whole, or that holds only addresses, has no picture.
    const { entries } = await pixels.readAnswer(bytes).catch(() => ({ entries: [] }));
    for (const picture of entries) {
      if (!('format' in picture) || stored.some((one) => sameBytes(one, picture.bytes))) continue;
      const { format } = picture;
      await outbox.put(picture, { kind: 'picture', folder: entry.folder, stem: entry.stem, extension: format === 'jpeg' ? 'jpg' : format });
    }
    await outbox.removeBody(entry.id);
  }
}

function withoutRecipe(bytes: Uint8Array, setRecipe: Recovery['setRecipe']): Uint8Array {
  try {
    return setRecipe(bytes, undefined);
  } catch {
    return bytes;
  }
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
