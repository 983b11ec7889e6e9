import { ImageError } from '../core/errors';
import { isLoopback } from '../engines/openai/addresses';

/** An Images API server as the setting `easel.openai.baseUrl` names it. */
export interface Server {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Scheme, host and port: a key belongs to exactly one origin. */
  readonly origin: string;
  /** Whether it is this machine. */
  readonly loopback: boolean;
  /** Whether it is another machine that is spoken to without encryption: only where the person allows it. */
  readonly plain: boolean;
}

/** Reads a base URL. Rejects with `bad-argument` what is no http(s) address, or carries a user or a password. */
export function parseServer(baseUrl: string): Server {
  let url: URL;
  try {
    url = new URL(baseUrl.trim());
  } catch (cause) {
    throw new ImageError('bad-argument', 'The base URL is not an address such as https://api.openai.com/v1.', { cause });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ImageError('bad-argument', 'The base URL must begin with https://.');
  if (url.username !== '' || url.password !== '') throw new ImageError('bad-argument', 'The base URL must not hold a user name or a password.');
  const loopback = isLoopback(url.hostname);
  return { baseUrl: `${url.origin}${url.pathname}${url.search}`.replace(/\/+$/, ''), origin: url.origin, loopback, plain: url.protocol === 'http:' && !loopback };
}
