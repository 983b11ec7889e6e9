import { UPRIGHT } from '../exif';
import { boxesOf, BoxReader } from './boxes';
import type { Box } from './boxes';
import { broken } from './stored';
import type { StoredPicture } from './stored';

/** Version and flags at the head of a full box. */
const FULL_HEADER = 4;
/** An item's data stands in the file, and not in a box of the metadata or another item. */
const IN_FILE = 0;
/** A property's index; the bit above says whether a reader must know it. */
const SHORT_INDEX = 0x7f;
const LONG_INDEX = 0x7fff;

/** Orientations of EXIF by quarter turns against the clock, then the mirror: none, top with bottom, left with right. */
const ORIENTATIONS = [
  [UPRIGHT, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
] as const;

/** Reads the size of the primary picture, its depth, turn, mirror and profile (ISO/IEC 23008-12), and looks that all data lies in the file. EXIF does not count here: the turn is a property. */
export function readAvifInfo(bytes: Uint8Array): StoredPicture {
  const meta = [...boxesOf(bytes)].find((box) => box.type === 'meta');
  if (!meta) throw broken('avif', 'it has no picture');
  const parts = [...boxesOf(meta.content.subarray(FULL_HEADER))];
  requireData(contentOf(parts, 'iloc'), bytes.length);
  const properties = primaryProperties(parts);
  const contentsOf = (type: string): BoxReader | undefined => {
    const found = properties.find((box) => box.type === type);
    return found && new BoxReader(found.content);
  };

  const size = contentsOf('ispe');
  if (!size) throw broken('avif', 'it has no size');
  size.take(FULL_HEADER);
  const extent = { width: size.uint(4), height: size.uint(4) };
  const turns = (contentsOf('irot')?.uint(1) ?? 0) & 3;
  const mirror = contentsOf('imir')?.uint(1);
  const orientation = ORIENTATIONS[turns]?.[mirror === undefined ? 0 : (mirror & 1) + 1] ?? UPRIGHT;
  const profile = profileOf(properties);
  return { ...extent, bitDepth: bitDepthOf(contentsOf('av1C')), orientation, ...(profile ? { profile } : {}) };
}

function contentOf(parts: readonly Box[], type: string): BoxReader {
  const found = parts.find((box) => box.type === type);
  if (!found) throw broken('avif', 'its metadata is incomplete');
  return new BoxReader(found.content);
}

/** The properties of the item that is shown. */
function primaryProperties(parts: readonly Box[]): Box[] {
  const primary = contentOf(parts, 'pitm');
  const id = primary.uint(FULL_HEADER) >>> 24 === 0 ? primary.uint(2) : primary.uint(4);
  const tables = [...boxesOf(contentOf(parts, 'iprp').rest())];
  const properties = [...boxesOf(contentOf(tables, 'ipco').rest())];
  const table = contentOf(tables, 'ipma');
  const head = table.uint(FULL_HEADER);
  const [idBytes, indexBytes] = [head >>> 24 === 0 ? 2 : 4, head & 1 ? 2 : 1];
  for (let left = table.uint(4); left > 0; left--) {
    const isPrimary = table.uint(idBytes) === id;
    const indices = Array.from({ length: table.uint(1) }, () => table.uint(indexBytes) & (indexBytes === 2 ? LONG_INDEX : SHORT_INDEX));
    if (isPrimary) return indices.flatMap((index) => properties[index - 1] ?? []);
  }
  throw broken('avif', 'its picture has no properties');
}

/** Looks that each item's data stands wholly in the file. */
function requireData(table: BoxReader, length: number): void {
  const version = table.uint(FULL_HEADER) >>> 24;
  const sizes = table.uint(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version < 2 ? 2 : 4;
  for (let left = table.uint(idBytes); left > 0; left--) {
    table.take(idBytes);
    const method = version === 0 ? IN_FILE : table.uint(2) & 15;
    table.take(2);
    const base = table.uint(baseBytes);
    for (let extents = table.uint(2); extents > 0; extents--) {
      table.take(indexBytes);
      const end = base + table.uint(offsetBytes) + table.uint(lengthBytes);
      if (method === IN_FILE && end > length) throw broken('avif', 'it ends too early');
    }
  }
}

/** From AV1's configuration: a bit says that there are more than 8, the next that it is 12. */
function bitDepthOf(configuration: BoxReader | undefined): number {
  const flags = configuration?.take(3)[2] ?? 0;
  if (!(flags & 0x40)) return 8;
  return flags & 0x20 ? 12 : 10;
}

function profileOf(properties: readonly Box[]): Uint8Array | undefined {
  for (const { type, content } of properties) {
    if (type !== 'colr') continue;
    const reader = new BoxReader(content);
    if (['prof', 'rICC'].includes(reader.text(4))) return reader.rest();
  }
  return undefined;
}
