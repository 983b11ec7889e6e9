import { concat } from '../../core/bytes';
import { boxesOf, BoxReader } from './headers/boxes';
import type { Box } from './headers/boxes';

/** Version and flags, then the count of entries, then the first one's item of 16 bits. */
const FIRST_ASSOCIATION = 10;
/** Version and flags at the head of a full box. */
const FULL_HEADER = 4;

/** A whole box. */
export function writeBox(type: string, parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  const box = new Uint8Array(8 + content.length);
  new DataView(box.buffer).setUint32(0, box.length);
  new TextEncoder().encodeInto(type, box.subarray(4));
  box.set(content, 8);
  return box;
}

/**
 * Gives the picture of an AVIF one more property, a whole box: into `ipco`, named by the first entry of `ipma`, all data moved back in `iloc`
 * (ISO/IEC 23008-12). For files as encoders write them: version 0 of those boxes, the picture's entry first, the data behind the metadata.
 */
export function addProperty(avif: Uint8Array, property: Uint8Array): Uint8Array {
  // The association takes a byte.
  const growth = property.length + 1;
  return mapBoxes(avif, {
    meta: (meta) => concat([meta.subarray(0, FULL_HEADER), mapBoxes(meta.subarray(FULL_HEADER), { iloc: (iloc) => moved(iloc, growth), iprp: (iprp) => withProperty(iprp, property) })]),
  });
}

function withProperty(iprp: Uint8Array, property: Uint8Array): Uint8Array {
  let index = 1;
  return mapBoxes(iprp, {
    ipco(properties) {
      index += [...boxesOf(properties)].length;
      return concat([properties, property]);
    },
    ipma(table) {
      const end = FIRST_ASSOCIATION + 1 + (table[FIRST_ASSOCIATION] ?? 0);
      const grown = concat([table.subarray(0, end), Uint8Array.of(index), table.subarray(end)]);
      grown[FIRST_ASSOCIATION] = end - FIRST_ASSOCIATION;
      return grown;
    },
  });
}

/** `iloc` with every place further back: by each item's base where it has one, else by each extent. */
function moved(iloc: Uint8Array, by: number): Uint8Array {
  const grown = Uint8Array.from(iloc);
  const view = new DataView(grown.buffer);
  const hasBase = new BoxReader(iloc, FULL_HEADER + 1).uint(1) >> 4 !== 0;
  let at = 8;
  for (let items = view.getUint16(6); items > 0; items--) {
    // The item and a reference; the base; the count of extents.
    at += 4;
    if (hasBase) view.setUint32(at, view.getUint32(at) + by);
    at += hasBase ? 4 : 0;
    const extents = view.getUint16(at);
    at += 2;
    for (let extent = 0; extent < extents; extent++, at += 8) if (!hasBase) view.setUint32(at, view.getUint32(at) + by);
  }
  return grown;
}

/** The boxes written again, those named with their content changed. */
function mapBoxes(bytes: Uint8Array, changes: Record<string, (content: Uint8Array) => Uint8Array>): Uint8Array {
  return concat([...boxesOf(bytes)].map(({ type, content }: Box) => writeBox(type, [changes[type]?.(content) ?? content])));
}
