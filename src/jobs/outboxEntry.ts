/** Where the outbox lies in the storage that all windows share. */
export const OUTBOX_FOLDER = 'outbox';

/** What is known of a picture that waits in the outbox. It stays in the extension's own storage. */
export interface OutboxMeta {
  /** `picture`: to be offered to the person as it is. `answer`: what a running job works on. */
  readonly kind: 'picture' | 'answer';
  readonly folder: string;
  readonly stem: string;
  readonly extension: string;
  /** For an answer: hash of the request that it answers, so that the same request is not paid for again. */
  readonly key?: string;
  /** The entries that a finished picture was made of: they go with it. */
  readonly answers?: readonly string[];
  /** The URI of the file among the candidates that it is about to become. */
  readonly candidate?: string;
  /** For an answer: the work on it broke off once. */
  readonly suspect?: true;
}

export interface OutboxEntry extends OutboxMeta {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The window that put it there. */
  readonly session: string;
}

/** Reads what stands beside an entry; undefined where it is damaged. */
export function parseEntry(text: string): OutboxEntry | undefined {
  let value: Partial<Record<keyof OutboxEntry, unknown>>;
  try {
    value = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  const { id, session, folder, stem, extension, createdAt, kind, key, answers, candidate, suspect } = value;
  if (!isText(id) || !isText(session) || !isText(folder) || !isText(stem) || !isText(extension) || typeof createdAt !== 'number') return undefined;
  if (kind !== 'picture' && kind !== 'answer') return undefined;
  return {
    id,
    session,
    folder,
    stem,
    extension,
    createdAt,
    kind,
    ...(isText(key) && { key }),
    ...(Array.isArray(answers) && { answers: answers.filter(isText) }),
    ...(isText(candidate) && { candidate }),
    ...(suspect === true && { suspect }),
  };
}

/** What is known of an entry whose description is lost: only what its id says. */
export function strayEntry(id: string): OutboxEntry {
  return { id, session: id.replace(/-\d+$/, ''), folder: '', stem: 'picture', extension: 'png', createdAt: 0, kind: 'answer' };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
