/** A place in a file where a box's content begins, and every box around it. */
interface Place {
  readonly at: number;
  readonly end: number;
  /** Where the sizes of the box itself and of all around it stand. */
  readonly sizes: readonly number[];
}

/** Bytes of content before the first box inside: version and flags of a full box. */
const BEFORE_CHILDREN: Record<string, number> = { meta: 4 };

function find(file: Buffer, [type, ...deeper]: readonly string[], within: Place): Place {
  for (let at = within.at; at < within.end; at += file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) !== type) continue;
    const place = { at: at + 8 + (BEFORE_CHILDREN[type] ?? 0), end: at + file.readUInt32BE(at), sizes: [...within.sizes, at] };
    return deeper.length > 0 ? find(file, deeper, place) : place;
  }
  throw new Error(`The AVIF has no ${type}.`);
}

/** The file with bytes put at a place, the boxes around it grown. */
function insert(file: Buffer, at: number, sizes: readonly number[], bytes: Buffer): Buffer {
  const grown = Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]);
  for (const size of sizes) grown.writeUInt32BE(grown.readUInt32BE(size) + bytes.length, size);
  return grown;
}

/**
 * An AVIF of sharp's, whose picture gets the properties `irot` (quarter turns against the clock) and `imir` (0 top with bottom, 1 left with right):
 * no encoder at hand writes them.
 */
export function turnAvif(avif: Uint8Array, turns: number | undefined, mirror: number | undefined): Uint8Array {
  let file: Buffer = Buffer.from(avif);
  const whole = (): Place => ({ at: 0, end: file.length, sizes: [] });
  for (const [type, value] of [['irot', turns], ['imir', mirror]] as const) {
    if (value === undefined) continue;
    const before = file.length;
    const properties = find(file, ['meta', 'iprp', 'ipco'], whole());
    let count = 1;
    for (let at = properties.at; at < properties.end; at += file.readUInt32BE(at)) count += 1;
    file = insert(file, properties.end, properties.sizes, Buffer.from([0, 0, 0, 9, ...Buffer.from(type), value]));
    const { at, sizes } = find(file, ['meta', 'iprp', 'ipma'], whole());
    // Version and flags, the count of items, the first one's id and its count of properties, a byte each; it must be read: the highest bit.
    const countAt = at + 10;
    file[countAt] = (file[countAt] ?? 0) + 1;
    file = insert(file, countAt + (file[countAt] ?? 0), sizes, Buffer.of(0x80 | count));
    moveData(file, file.length - before, find(file, ['meta', 'iloc'], whole()).at);
  }
  return file;
}

/** Adds to the places of the items' data. Version and sizes of the fields, a count, then for each item id and reference, its place, and one extent. */
function moveData(file: Buffer, by: number, iloc: number): void {
  const items = file.readUInt16BE(iloc + 6);
  for (let item = 0; item < items; item++) {
    const base = iloc + 8 + item * 18 + 4;
    file.writeUInt32BE(file.readUInt32BE(base) + by, base);
  }
}
