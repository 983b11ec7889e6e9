import type { Emit } from './imageLink';
import { entitiesDecoded } from './entities';

/** Finds the addresses of a `srcset`, each with what its descriptor says; `offset` is where the text stands in its document. */
export function scanSrcset(text: string, offset: number, emit: Emit): void {
  const candidate = /[\s,]*(\S+)([^,]*)/y;
  for (let match = candidate.exec(text); match; match = candidate.exec(text)) {
    const [whole, written = '', rest = ''] = match;
    // A comma at the end of the address ends the candidate: it has no descriptor then.
    const address = withoutLastCommas(written);
    const start = match.index + whole.length - rest.length - written.length;
    if (address !== written) candidate.lastIndex = start + written.length;
    if (address !== '') emit({ start: offset + start, end: offset + start + address.length, address: entitiesDecoded(address), kind: 'url', ...descriptor(address === written ? rest : '') });
  }
}

function withoutLastCommas(text: string): string {
  let end = text.length;
  while (text[end - 1] === ',') end -= 1;
  return text.slice(0, end);
}

function descriptor(text: string): { readonly density?: number; readonly ownWidth?: number } {
  const match = /^\s+(\d{1,5}(?:\.\d{1,3})?)([xw])(?:\s|$)/.exec(text);
  if (!match || Number(match[1]) === 0) return {};
  return match[2] === 'x' ? { density: Number(match[1]) } : { ownWidth: Math.round(Number(match[1])) };
}
