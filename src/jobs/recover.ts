import { toImageError } from '../core/errors';
import type { ReadFormat } from '../core/image';
import type { JobServices } from './job';
import type { OutboxEntry } from './outboxEntry';

type Recovery = Pick<JobServices, 'outbox' | 'files' | 'pixels'>;

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

async function reviveBodies({ outbox, pixels }: Recovery): Promise<void> {
  for (const { entry, bytes } of await outbox.bodies()) {
    if (!(await outbox.claim(entry.id))) continue;
    const files = await filesIn(bytes, pixels);
    // Those that had become entries already got their recipe on the way.
    const stored = files.length > 0 ? await hashesOf(outbox, pixels) : new Set();
    for (const file of files) {
      if (stored.has(await pixels.pictureHash(file.bytes))) continue;
      await outbox.put(file, { kind: 'picture', folder: entry.folder, stem: entry.stem, extension: file.extension });
    }
    await outbox.removeBody(entry.id);
  }
}

interface FoundFile {
  readonly bytes: Uint8Array;
  readonly extension: string;
}

/** What a body holds: the picture that it is, where it was fetched from an address, or those of an answer. Nothing where it is not whole, or holds only addresses. Rejects with `cancelled` alone. */
async function filesIn(body: Uint8Array, pixels: Recovery['pixels']): Promise<FoundFile[]> {
  try {
    const { format } = await pixels.inspect(body);
    pixels.close(await pixels.open(body));
    return [{ bytes: body, extension: endingOf(format) }];
  } catch (error) {
    const { reason } = toImageError(error, 'broken-image');
    if (reason === 'not-an-image') return filesInAnswer(body, pixels);
    if (reason === 'cancelled') throw error;
    // It is paid for, whoever can open it.
    return reason === 'too-large' ? [{ bytes: body, extension: 'bin' }] : [];
  }
}

async function filesInAnswer(body: Uint8Array, pixels: Recovery['pixels']): Promise<FoundFile[]> {
  try {
    const { entries } = await pixels.readAnswer(body.slice());
    return entries.flatMap((entry) => ('format' in entry ? [{ bytes: entry.bytes, extension: endingOf(entry.format) }] : []));
  } catch (error) {
    const { reason } = toImageError(error, 'bad-answer');
    if (reason === 'cancelled') throw error;
    // The work on it broke off: who reads it again may have more luck.
    return reason === 'bad-answer' ? [] : [{ bytes: body, extension: 'answer.txt' }];
  }
}

function endingOf(format: ReadFormat): string {
  return format === 'jpeg' ? 'jpg' : format;
}

async function hashesOf(outbox: Recovery['outbox'], pixels: Recovery['pixels']): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  for await (const content of outbox.contents()) hashes.add(await pixels.pictureHash(content));
  return hashes;
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
