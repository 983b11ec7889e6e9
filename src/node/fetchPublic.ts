import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
// By these names, without `node:`, VS Code gives an extension its own, which know `http.proxy`.
import http from 'http';
import https from 'https';
import { Readable } from 'node:stream';
import type { LookupFunction } from 'node:net';
import { ImageError } from '../core/errors';

/** What is asked for; always a GET. */
export interface PublicRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Whether an address of the name service, without brackets, must not be connected to. */
  readonly forbids: (address: string) => boolean;
}

type Lookup = (hostname: string, options: LookupOptions, done: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void) => void;

/** Statuses whose answer has no body. */
const BODILESS = new Set([204, 205, 304]);

/**
 * A `fetch` for an address that a stranger names. The name is judged by the very addresses that are connected to: one that is looked up apart may lead elsewhere a moment
 * later (DNS rebinding). Where a proxy looks the name up instead, it is judged by what it leads to from here, if anything. Redirects are answered, not followed. Rejects with
 * `bad-answer` where the name leads to a forbidden address, else with Node's error.
 */
export function createFetchPublic(find: Lookup = lookup): (url: URL, request: PublicRequest) => Promise<Response> {
  return async (url, { headers, signal, forbids }) => {
    const judged: LookupFunction = (hostname, options, done) =>
      find(hostname, options, (error, address, family) => {
        // A proxy's own name is the person's choice.
        if (!error && hostname === url.hostname && addressesOf(address).some(forbids)) done(forbidden(url), '');
        else done(error, address, family);
      });
    await refuseForbidden(url, judged);
    return new Promise((resolve, reject) => {
      // A connection of its own: one that was kept open by another request was not judged here.
      const options = { agent: false, headers: { ...headers, 'accept-encoding': 'identity' }, signal, lookup: judged };
      const request = (url.protocol === 'https:' ? https : http).get(url, options, (answer) => resolve(responseOf(answer)));
      request.once('error', reject);
    });
  };
}

/** A name that is not known here may be known to a proxy. */
function refuseForbidden(url: URL, judged: LookupFunction): Promise<void> {
  return new Promise((resolve, reject) => judged(url.hostname, { all: true }, (error) => (error instanceof ImageError ? reject(error) : resolve())));
}

function addressesOf(address: string | LookupAddress[]): string[] {
  return typeof address === 'string' ? [address] : address.map((one) => one.address);
}

function forbidden(url: URL): ImageError {
  return new ImageError('bad-answer', `The server sent a picture address that is not allowed (${url.protocol}//${url.host}, in a private network).`);
}

function responseOf(answer: http.IncomingMessage): Response {
  const { statusCode: status = 0, headers } = answer;
  const bodiless = BODILESS.has(status);
  if (bodiless) answer.resume();
  const body = bodiless ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]) });
}
