/** Whether a host name, as `URL` writes it, is this machine whatever the name service says. */
export function isLoopback(hostname: string): boolean {
  const [first] = ipv4(hostname) ?? [];
  return first === 127 || hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

/**
 * Whether a host name can lead into a private network: loopback, link-local, RFC 1918 and the other special-purpose ranges of IANA's registries, and names without
 * a public domain. A public name that leads to a private address is seen when it is connected to (`FetchPublic`).
 */
export function isPrivateHost(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  const v4 = ipv4(hostname);
  if (v4) return isPrivateV4(v4);
  if (hostname.startsWith('[')) return isPrivateV6(hostname.slice(1, -1));
  const name = hostname.replace(/\.$/, '');
  return !name.includes('.') || PRIVATE_DOMAINS.some((domain) => name.endsWith(domain));
}

/** Whether a server's answer may send us to this address: http(s) without a password, and into a private network only where the server itself stands there. */
export function mayFetch(address: URL, server: URL): boolean {
  if ((address.protocol !== 'https:' && address.protocol !== 'http:') || address.username !== '' || address.password !== '') return false;
  if (address.hostname === server.hostname || !isPrivateHost(address.hostname)) return true;
  return isLoopback(address.hostname) && isLoopback(server.hostname);
}

type Octets = readonly [number, number, number, number];

const PRIVATE_DOMAINS = ['.local', '.internal', '.lan', '.home.arpa', '.intranet'];

/** `URL` has already turned `0x7f.1` and the like into four decimal numbers. */
function ipv4(hostname: string): Octets | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(hostname);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])] : undefined;
}

function isPrivateV4([a, b, c]: Octets): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && c === 0) ||
    (a === 198 && (b === 18 || b === 19)) ||
    a >= 224
  );
}

function isPrivateV6(text: string): boolean {
  const [left = '', right] = text.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const head = groups(left);
  const tail = groups(right ?? '');
  const all = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
  const [first = 0] = all;
  const low = all.slice(6) as [number, number];
  const embedded: Octets = [low[0] >> 8, low[0] & 255, low[1] >> 8, low[1] & 255];
  const leadingZeros = all.slice(0, 5).every((group) => group === 0);
  if (leadingZeros && (all[5] === 0xffff || all[5] === 0)) return isPrivateV4(embedded);
  // NAT64 (RFC 6052) leads to the IPv4 address in its last groups.
  if (first === 0x64 && all[1] === 0xff9b) return isPrivateV4(embedded);
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 || (first & 0xff00) === 0xff00;
}
