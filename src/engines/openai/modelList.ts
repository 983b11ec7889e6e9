import { array, object, optional, safeParse, string, unknown } from 'valibot';
import type { ServedModel } from '../../core/models';
import { ImageError } from '../../core/errors';
import { createClient } from './client';
import { guardedFetch, readBounded, withDeadline, type Connection } from './transport';

const TIMEOUT_MS = 15_000;
const MAX_LIST_BYTES = 8 * 1024 * 1024;
const ListSchema = object({ data: array(unknown()) });
const ModelSchema = object({ id: string(), shutdown_date: optional(string()) });

/** What a server says it has; undefined where it has no such list, or gives none. Rejects with `cancelled` alone. */
export async function listModels(connection: Connection, signal: AbortSignal): Promise<readonly ServedModel[] | undefined> {
  try {
    const data = await fetchList(connection, signal);
    return data?.flatMap((item): ServedModel[] => {
      const model = safeParse(ModelSchema, item);
      if (!model.success) return [];
      const { id, shutdown_date: date = '' } = model.output;
      return [{ id, ...(/^\d{4}-\d{2}-\d{2}/.test(date) && { endsOn: date.slice(0, 10) }) }];
    });
  } catch {
    if (signal.aborted) throw new ImageError('cancelled', 'Cancelled.');
    return undefined;
  }
}

/** The list as it came; undefined where the answer is none. Rejects with what the client throws. */
export async function fetchList(connection: Connection, signal: AbortSignal): Promise<readonly unknown[] | undefined> {
  const deadline = withDeadline(signal, TIMEOUT_MS);
  const response = await createClient(connection, guardedFetch(connection, deadline), TIMEOUT_MS).models.list().asResponse();
  // A page that asks to log in is no list.
  const list = safeParse(ListSchema, JSON.parse(await readBounded(response, MAX_LIST_BYTES)));
  return list.success ? list.output.data : undefined;
}
