import { lookup } from 'node:dns/promises';

/** The addresses that a host name leads to from here; none where it is not known here, as behind a proxy that asks for us. */
export async function resolveHost(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}
