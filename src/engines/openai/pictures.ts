import type { CallContext, Drawing, UnusableFile } from '../../core/engine';
import { concat } from '../../core/bytes';
import { ImageError } from '../../core/errors';
import type { EncodedImage } from '../../core/image';
import type { AnswerEntry, Pixels } from '../../core/pixels';
import type { Log } from '../../core/ports';
import { unusable } from '../../core/unusable';
import { isPrivateHost, mayFetch } from './addresses';
import { safeCause } from './redact';
import { chunksOf, type Connection, type Deadline } from './transport';

/** The largest file of one picture: 3840x2160 in RGBA, uncompressed, is 33 MB. */
export const MAX_PICTURE_BYTES = 48 * 1024 * 1024;
const MAX_REDIRECTS = 3;
/** How often a picture is fetched before it is given up: it is paid for, and fetching it again costs nothing. */
const FETCH_ATTEMPTS = 2;

/** What turning an answer's entries into pictures needs. */
export interface PictureContext {
  readonly connection: Connection;
  readonly deadline: Deadline;
  readonly pixels: Pick<Pixels, 'inspect'>;
  readonly log: Log;
  readonly copyAnswer: CallContext['copyAnswer'];
}

/**
 * The pictures of an answer, each with the format that its bytes tell. One that can't be had or is no picture is left out with a word in the log, since the others
 * are paid for too, and its file is handed on apart; rejects where there is nothing at all.
 */
export async function collectPictures(entries: readonly AnswerEntry[], context: PictureContext): Promise<Pick<Drawing, 'images' | 'unusable'>> {
  const images: EncodedImage[] = [];
  const others: UnusableFile[] = [];
  let failure: ImageError | undefined;
  for (const entry of entries) {
    try {
      const picture = 'url' in entry ? await fromUrl(entry.url, context) : entry;
      if ('format' in picture) images.push(picture);
      else if (picture.bytes) others.push({ bytes: picture.bytes, extension: picture.extension ?? 'bin', why: picture.damage });
      if ('damage' in picture) throw new ImageError('bad-answer', picture.damage);
    } catch (error) {
      if (context.deadline.caller.aborted) throw new ImageError('cancelled', 'Cancelled.');
      failure = error instanceof ImageError ? error : new ImageError('bad-answer', 'A picture of the answer cannot be read.', { cause: safeCause(error, context.connection.redact) });
      context.log.warn(failure.message);
    }
  }
  if (images.length > 0 || others.length > 0 || !failure) return { images, unusable: others };
  throw failure;
}

async function fromUrl(text: string, context: PictureContext): Promise<Exclude<AnswerEntry, { url: string }>> {
  const { server } = context.connection;
  if (!URL.canParse(text, baseOf(server).href)) throw new ImageError('bad-answer', 'The server sent a picture address that is none.');
  const url = new URL(text, baseOf(server));
  const bytes = await fetchTwice(url, context);
  try {
    const { format } = await context.pixels.inspect(bytes, context.deadline.caller);
    return { bytes, format };
  } catch (error) {
    if (error instanceof ImageError && error.reason === 'cancelled') throw error;
    // `too-large` and the like speak of a file of the person's: here it is the server that sent it.
    return unusable(bytes, error);
  }
}

async function fetchTwice(url: URL, context: PictureContext): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchPicture(url, context);
    } catch (error) {
      if (attempt === FETCH_ATTEMPTS || context.deadline.signal.aborted || error instanceof ImageError) throw lost(error, context);
    }
  }
}

/** An error of the second kind is a connection's: the picture exists and was billed, but did not come. */
function lost(error: unknown, { connection, deadline }: PictureContext): ImageError {
  if (deadline.caller.aborted) return new ImageError('cancelled', 'Cancelled.');
  if (error instanceof ImageError) return error;
  return new ImageError('maybe-billed', 'The picture was drawn, but could not be fetched from the address that the server gave.', { cause: safeCause(error, connection.redact) });
}

async function fetchPicture(first: URL, { connection, deadline, copyAnswer }: PictureContext): Promise<Uint8Array> {
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetchOnce(url, connection, deadline.signal);
    if (response.ok) return readPicture(response, copyAnswer);
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
    if (response.status < 300 || response.status >= 400 || location === null || !URL.canParse(location, url.href)) {
      throw new ImageError('bad-answer', `The picture is not at the address that the server gave (HTTP ${response.status}): it may have expired.`, { httpStatus: response.status });
    }
    url = new URL(location, url);
  }
  throw new ImageError('bad-answer', 'The picture address leads from one address to the next without end.');
}

/** Reads a picture's file, which is taken down piece by piece as an answer is: it is paid for, and others may still have to be fetched. */
async function readPicture(response: Response, copyAnswer: CallContext['copyAnswer']): Promise<Uint8Array> {
  const copy = copyAnswer?.();
  const pieces: Uint8Array[] = [];
  for await (const piece of chunksOf(response, { limit: MAX_PICTURE_BYTES })) {
    pieces.push(piece);
    await copy?.body(piece);
  }
  return concat(pieces);
}

/** A server must not have us ask around in the person's own network: neither by an address, nor by a public name that leads there. */
function fetchOnce(url: URL, { server, apiKey, fetch: fetcher, fetchPublic, redact }: Connection, signal: AbortSignal): Promise<Response> {
  if (!mayFetch(url, server)) throw new ImageError('bad-answer', redact(`The server sent a picture address that is not allowed (${url.protocol}//${url.host}).`));
  const headers: Record<string, string> = { accept: 'image/*', 'user-agent': 'easel' };
  if (url.hostname !== server.hostname && !isPrivateHost(url.hostname)) return fetchPublic(url, { headers, signal, forbids: isPrivateAddress });
  if (url.origin === server.origin) headers['authorization'] = `Bearer ${apiKey}`;
  return fetcher(url.href, { headers, redirect: 'manual', signal });
}

function isPrivateAddress(address: string): boolean {
  return isPrivateHost(address.includes(':') ? `[${address}]` : address);
}

/** The base URL as a folder, so that `pictures/1.png` stands beside `images/generations`. */
function baseOf(server: URL): URL {
  const base = new URL(server);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}
