/** EXIF orientation without a turn: what a file has that names none. */
export const UPRIGHT = 1;

/** Whether undoing an orientation swaps width and height. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5;
}

const ORIENTATION_TAG = 0x0112;
const DENSITY_TAG = { x: 0x011a, y: 0x011b, unit: 0x0128 } as const;
/** Metres of the units in which a TIFF structure or a JFIF segment may give its density, by their number; inches where it names none. */
const INCH = 0.0254;
const TIFF_UNITS: Record<number, number> = { 2: INCH, 3: 0.01 };

/** Pixels a metre on paper, as the picture is stored. */
export interface Density {
  readonly x: number;
  readonly y: number;
}

/** Density in whole pixels a metre of so many pixels a unit of so many metres; undefined where that is none that a file can hold. */
export function densityOf(x: number, y: number, metres: number | undefined): Density | undefined {
  if (metres === undefined) return undefined;
  const density = { x: Math.round(x / metres), y: Math.round(y / metres) };
  return [density.x, density.y].every((each) => each >= 1 && each <= MOST_DENSE) ? density : undefined;
}

/** The most that a PNG's `pHYs` holds. */
const MOST_DENSE = 2 ** 31 - 1;

/** The density that a TIFF structure names in its first directory; undefined where it names none or no unit of length. */
export function readDensity(tiff: Uint8Array): Density | undefined {
  const reader = new TiffReader(tiff);
  const valueOf = (tag: number): number | undefined => reader.entry(tag)?.values(1)[0];
  const [x, y] = [valueOf(DENSITY_TAG.x), valueOf(DENSITY_TAG.y)];
  return x === undefined || y === undefined ? undefined : densityOf(x, y, TIFF_UNITS[valueOf(DENSITY_TAG.unit) ?? 2]);
}

/**
 * The orientation (1–8) that a TIFF structure names in its first directory: EXIF of JPEG, PNG and WebP is one, a TIFF file too.
 * Anything missing or malformed is upright: a picture is not refused for its metadata.
 */
export function readOrientation(tiff: Uint8Array): number {
  const entry = new TiffReader(tiff).entry(ORIENTATION_TAG);
  const value = entry?.values(1)[0] ?? UPRIGHT;
  return Number.isInteger(value) && value >= 1 && value <= 8 ? value : UPRIGHT;
}

/** One tag of a directory. */
export interface TiffEntry {
  /** How many values the tag says it has. */
  readonly count: number;
  /** Up to `limit` of its values; empty where they lie outside the file or are neither unsigned integers nor fractions of them. */
  values(limit: number): number[];
  /** The bytes of its values as they are stored; none where they lie outside the file. */
  readonly bytes: Uint8Array;
}

/** Bytes of a value by the tag's type (TIFF 6.0, section 2). */
const TYPE_BYTES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 };

/** Reads the first directory of a TIFF structure, trusting nothing in it. */
export class TiffReader {
  private readonly view: DataView;
  private readonly littleEndian: boolean;
  /** Where the first directory stands; undefined where there is none inside the file. */
  readonly directory: number | undefined;
  /** How many entries the first directory has. */
  readonly entries: number = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = bytes[0] === 0x49;
    if (bytes.length < 8 || this.view.getUint16(2, this.littleEndian) !== 42) return;
    const directory = this.view.getUint32(4, this.littleEndian);
    if (directory < 8 || directory + 2 > bytes.length) return;
    const entries = this.view.getUint16(directory, this.littleEndian);
    if (directory + 2 + entries * 12 > bytes.length) return;
    this.directory = directory;
    this.entries = entries;
  }

  /** The entry of a tag, or undefined. */
  entry(tag: number): TiffEntry | undefined {
    for (let index = 0; index < this.entries; index++) {
      const offset = (this.directory ?? 0) + 2 + index * 12;
      if (this.view.getUint16(offset, this.littleEndian) === tag) return this.read(offset);
    }
    return undefined;
  }

  /** Whether the values of every entry lie inside the file. */
  isSound(): boolean {
    for (let index = 0; index < this.entries; index++) {
      if (this.place((this.directory ?? 0) + 2 + index * 12) === undefined) return false;
    }
    return this.directory !== undefined;
  }

  private read(offset: number): TiffEntry {
    const type = this.view.getUint16(offset + 2, this.littleEndian);
    const count = this.view.getUint32(offset + 4, this.littleEndian);
    const place = this.place(offset);
    const values = (limit: number): number[] => {
      if (place === undefined) return [];
      const long = (at: number): number => this.view.getUint32(at, this.littleEndian);
      const valueAt: Record<number, (i: number) => number> = {
        1: (i) => this.view.getUint8(place + i),
        3: (i) => this.view.getUint16(place + i * 2, this.littleEndian),
        4: (i) => long(place + i * 4),
        5: (i) => long(place + i * 8) / long(place + i * 8 + 4),
      };
      const read = valueAt[type];
      return read ? Array.from({ length: Math.min(count, limit) }, (_, i) => read(i)) : [];
    };
    const bytes = place === undefined ? this.bytes.subarray(0, 0) : this.bytes.subarray(place, place + (TYPE_BYTES[type] ?? 0) * count);
    return { count, values, bytes };
  }

  /** Where an entry's values stand: in the entry itself up to four bytes, else where it points. */
  private place(offset: number): number | undefined {
    const size = TYPE_BYTES[this.view.getUint16(offset + 2, this.littleEndian)];
    if (size === undefined) return undefined;
    const length = size * this.view.getUint32(offset + 4, this.littleEndian);
    const place = length <= 4 ? offset + 8 : this.view.getUint32(offset + 8, this.littleEndian);
    return place + length <= this.bytes.length ? place : undefined;
  }
}
