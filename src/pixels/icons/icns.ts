import type { PixelImage } from '../../core/image';

/** One picture of an ICNS file under its four letters. */
export interface IcnsEntry {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The types that hold a PNG, by edge in pixels; where two share an edge one is for screens of double density. */
export const PNG_TYPES: readonly (readonly [type: string, edge: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];

/** An ICNS file, Apple's container of icons: big-endian, each entry behind its type and its length with that head. */
export function encodeIcns(entries: readonly IcnsEntry[]): Uint8Array {
  const file = new Uint8Array(entries.reduce((size, { data }) => size + 8 + data.length, 8));
  const view = new DataView(file.buffer);
  file.set(letters('icns'));
  view.setUint32(4, file.length);
  let at = 8;
  for (const { type, data } of entries) {
    file.set(letters(type), at);
    view.setUint32(at + 4, 8 + data.length);
    file.set(data, at + 8);
    at += 8 + data.length;
  }
  return file;
}

/** The entries of a picture of 16 or 32 pixels, which have no PNG type that all readers know: the colours packed channel by channel, and the alpha as it is. */
export function smallEntries(image: PixelImage): readonly IcnsEntry[] {
  const [colours, mask] = image.width === 16 ? ['is32', 's8mk'] : ['il32', 'l8mk'];
  const packed = [0, 1, 2].flatMap((channel) => pack(channelOf(image, channel)));
  return [
    { type: colours, data: Uint8Array.from(packed) },
    { type: mask, data: channelOf(image, 3) },
  ];
}

/** Runs of 3–130 equal bytes as (length + 125, byte), all else as (length − 1, 1–128 bytes). */
export function pack(bytes: Uint8Array): number[] {
  const packed: number[] = [];
  let literals: number[] = [];
  const flush = (): void => {
    if (literals.length > 0) packed.push(literals.length - 1, ...literals);
    literals = [];
  };
  for (let at = 0; at < bytes.length; ) {
    const value = bytes[at] as number;
    let run = 1;
    while (run < 130 && at + run < bytes.length && bytes[at + run] === value) run++;
    if (run >= 3) {
      flush();
      packed.push(run + 125, value);
    } else {
      for (let i = 0; i < run; i++) {
        literals.push(value);
        if (literals.length === 128) flush();
      }
    }
    at += run;
  }
  flush();
  return packed;
}

function channelOf({ data }: PixelImage, channel: number): Uint8Array {
  return Uint8Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + channel] as number);
}

function letters(type: string): Uint8Array {
  return new TextEncoder().encode(type);
}
