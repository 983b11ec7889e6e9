import { ImageError } from '../../core/errors';
import { concat } from '../../core/bytes';
import { codeOf } from '../../core/errorCode';
import { safeCause, type Redact } from './redact';
import { readRefusal, type Refusal } from './refusal';

/**
 * Fetches from a host that an answer names, without following redirects. Rejects with `bad-answer` where the name leads to an address that `forbids` says yes to, asked of
 * those that are really connected to.
 */
export type FetchPublic = (url: URL, request: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal; readonly forbids: (address: string) => boolean }) => Promise<Response>;

/** One server, and what speaks to it. */
export interface Connection {
  readonly server: URL;
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly fetchPublic: FetchPublic;
  readonly redact: Redact;
}

/** The signals of one request: the caller's own, and the same with a deadline. */
export interface Deadline {
  readonly caller: AbortSignal;
  readonly signal: AbortSignal;
  /** Held here because `signal` holds it weakly: in Node the collector of garbage takes it otherwise, and the deadline with it (nodejs/node#57736). */
  readonly timeout: AbortSignal;
}

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For a request and its whole answer. */
  readonly call: number;
  /** For the next byte of an answer that has begun. */
  readonly silence: number;
}

const LONGEST_REFUSAL = 64 * 1024;
/** Failures before a byte of the request was on its way: nothing can have been billed. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** A caller's signal with a deadline. */
export function withDeadline(caller: AbortSignal, milliseconds: number): Deadline {
  const timeout = AbortSignal.timeout(milliseconds);
  return { caller, signal: AbortSignal.any([caller, timeout]), timeout };
}

/**
 * The `fetch` that is given to the `openai` package. It alone decides what leaves: the package adds headers that the environment names, follows redirects and reads
 * an error's body without a bound. Throws `Refusal` for every answer that is no success, and `ImageError` where there was none.
 */
export function guardedFetch(connection: Connection, deadline: Deadline, onSent?: () => void): typeof fetch {
  const guarded = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== connection.server.origin) throw new ImageError('bad-argument', `A request to ${url.origin} was stopped: the server is ${connection.server.origin}.`);
    const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${connection.apiKey}`, 'user-agent': 'easel' };
    // A form brings its own type, with its boundary.
    if (typeof init.body === 'string') headers['content-type'] = 'application/json';
    const request = connection.fetch(url.href, { method: init.method, body: init.body, headers, redirect: 'manual', signal: deadline.signal });
    onSent?.();
    const response = await request.catch((error: unknown) => Promise.reject(connectionError(error, connection, deadline)));
    if (response.ok) return response;
    throw await refusalOf(response);
  };
  // The package asks `fetch` for a data: address to learn whether it knows FormData, unless its Response is at hand.
  return Object.assign(guarded, { Response });
}

async function refusalOf(response: Response): Promise<Refusal> {
  const location = response.headers.get('location');
  if (location !== null) await response.body?.cancel();
  const body = location === null ? await readBounded(response, LONGEST_REFUSAL).catch(() => '') : `The server sends us on to ${originOf(location, response.url)}; set that as the base URL.`;
  return readRefusal(response.status, response.headers, body);
}

function originOf(location: string, base: string): string {
  return URL.canParse(location, base) ? new URL(location, base).origin : 'another address';
}

/** What broke a request off, by how far it can have come. */
export function connectionError(error: unknown, { server, redact }: Connection, { caller, signal }: Deadline): ImageError {
  const cause = safeCause(error, redact);
  if (caller.aborted) return new ImageError('cancelled', 'Cancelled.');
  if (signal.aborted) return new ImageError('maybe-billed', `${server.host} did not answer in time. The picture may have been drawn and billed.`, { cause, host: server.host });
  // From the copy: a code is text like any other, and could hold what the message may not.
  const code = connectionCode(cause);
  if (neverSent(error)) return new ImageError('network', `${server.host} can't be reached (${code ?? 'no connection'}).`, { cause, host: server.host });
  return new ImageError('maybe-billed', `The connection to ${server.host} broke off (${code ?? 'no reason given'}). The picture may have been drawn and billed.`, { cause, host: server.host });
}

function connectionCode(error: unknown): string | undefined {
  return codeOf(error) ?? (error instanceof Error && error.cause !== undefined ? connectionCode(error.cause) : undefined);
}

function neverSent(error: unknown): boolean {
  // One failure for each address of the host.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverSent);
  if (!(error instanceof Error)) return false;
  const connecting = 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo');
  return connecting || NEVER_SENT.has(codeOf(error) ?? '') || neverSent(error.cause);
}

/** How a body is read. */
export interface BodyLimits {
  /** Rejects with `bad-answer` once the body is longer, in bytes after decompression: what more there is stays unread. */
  readonly limit: number;
  /** Rejects once nothing came for so many milliseconds; never where left out. */
  readonly silence?: number;
}

/** The body as text. */
export async function readBounded(response: Response, limit: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, { limit }));
}

/** The body as bytes in a buffer of their own. */
async function readBytes(response: Response, reading: BodyLimits): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunksOf(response, reading)) pieces.push(piece);
  return concat(pieces);
}

/** The body piece by piece. */
export async function* chunksOf(response: Response, { limit, silence }: BodyLimits): AsyncGenerator<Uint8Array, void, undefined> {
  if (!response.body) return;
  const reader = response.body.getReader();
  let length = 0;
  let whole = false;
  try {
    for (;;) {
      const { done, value } = await (silence === undefined ? reader.read() : within(reader.read(), silence));
      if (done) {
        whole = true;
        return;
      }
      length += value.length;
      if (length > limit) throw new ImageError('bad-answer', `The server's answer is larger than ${Math.round(limit / 1e6)} MB.`);
      yield value;
    }
  } finally {
    if (!whole) await reader.cancel().catch(() => {});
  }
}

function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('The answer stopped half way.'), { code: 'SILENCE' })), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
