import { ImageError } from '../../core/errors';
import type { EncodedImage } from '../../core/image';
import type { Pixels } from '../../core/pixels';
import type { Log } from '../../core/ports';
import { mayFetch } from './addresses';
import type { PictureEntry } from './answer';
import { decodeBase64 } from './base64';
import { safeCause } from './redact';
import { readBytes, type Connection, type Deadline } from './transport';

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
}

/**
 * The pictures of an answer, each with the format that its bytes tell. One that can't be had or is no picture is left out with a word in the log, since the others
 * are paid for too; rejects where none is left.
 */
export async function collectPictures(entries: readonly PictureEntry[], context: PictureContext): Promise<EncodedImage[]> {
  const pictures: EncodedImage[] = [];
  let failure: ImageError | undefined;
  for (const entry of entries) {
    try {
      pictures.push(await readPicture(entry, context));
    } catch (error) {
      if (context.deadline.caller.aborted) throw new ImageError('cancelled', 'Cancelled.');
      failure = error instanceof ImageError ? error : new ImageError('bad-answer', 'A picture of the answer cannot be read.', { cause: safeCause(error, context.connection.redact) });
      context.log.warn(failure.message);
    }
  }
  if (pictures.length > 0 || !failure) return pictures;
  throw failure;
}

async function readPicture(entry: PictureEntry, context: PictureContext): Promise<EncodedImage> {
  const bytes = 'base64' in entry ? decoded(entry.base64) : await fromUrl(entry.url, context);
  try {
    const { format } = await context.pixels.inspect(bytes, context.deadline.caller);
    return { bytes, format };
  } catch (error) {
    if (error instanceof ImageError && error.reason === 'cancelled') throw error;
    // `too-large` and the like speak of a file of the person's: here it is the server that sent it.
    throw new ImageError('bad-answer', `The server sent a file that can't be used as a picture: ${error instanceof Error ? error.message : 'unreadable'}`, { cause: error });
  }
}

function decoded(base64: string): Uint8Array {
  if (base64.length > Math.ceil(MAX_PICTURE_BYTES / 3) * 4) throw new ImageError('bad-answer', 'The server sent a picture that is too large.');
  const bytes = decodeBase64(base64);
  if (!bytes) throw new ImageError('bad-answer', 'The server sent a picture whose base64 is damaged.');
  return bytes;
}

async function fromUrl(text: string, context: PictureContext): Promise<Uint8Array> {
  if (text.startsWith('data:')) {
    const comma = text.indexOf(',');
    if (!/;base64$/i.test(text.slice(0, Math.max(0, comma)))) throw new ImageError('bad-answer', 'The server sent a data: address that is not base64.');
    return decoded(text.slice(comma + 1));
  }
  const { server } = context.connection;
  if (!URL.canParse(text, baseOf(server).href)) throw new ImageError('bad-answer', 'The server sent a picture address that is none.');
  const url = new URL(text, baseOf(server));
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

async function fetchPicture(first: URL, { connection, deadline }: PictureContext): Promise<Uint8Array> {
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (!mayFetch(url, connection.server)) throw new ImageError('bad-answer', connection.redact(`The server sent a picture address that is not allowed (${url.protocol}//${url.host}).`));
    const headers: Record<string, string> = { accept: 'image/*', 'user-agent': 'easel' };
    if (url.origin === connection.server.origin) headers['authorization'] = `Bearer ${connection.apiKey}`;
    const response = await connection.fetch(url.href, { headers, redirect: 'manual', signal: deadline.signal });
    if (response.ok) return readBytes(response, MAX_PICTURE_BYTES);
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
    if (response.status < 300 || response.status >= 400 || location === null || !URL.canParse(location, url.href)) {
      throw new ImageError('bad-answer', `The picture is not at the address that the server gave (HTTP ${response.status}).`, { httpStatus: response.status });
    }
    url = new URL(location, url);
  }
  throw new ImageError('bad-answer', 'The picture address leads from one address to the next without end.');
}

/** The base URL as a folder, so that `pictures/1.png` stands beside `images/generations`. */
function baseOf(server: URL): URL {
  const base = new URL(server);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}
