import type { PixelImage } from '../../core/image';

const DIRECTORY = 6;
const ENTRY = 16;
const HEADER = 40;

/**
 * An ICO file of square pictures up to 256 pixels. Each is stored as a bitmap of 32 bits with its mask, which every reader knows (PNG entries are not read by some old ones).
 * Layout: Microsoft's "Icons", ICONDIR and BITMAPINFOHEADER.
 */
export function encodeIco(images: readonly PixelImage[]): Uint8Array {
  const bitmaps = images.map(bitmap);
  const file = new Uint8Array(bitmaps.reduce((size, bytes) => size + bytes.length, DIRECTORY + images.length * ENTRY));
  const view = new DataView(file.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, images.length, true);
  let offset = DIRECTORY + images.length * ENTRY;
  for (const [index, bytes] of bitmaps.entries()) {
    const at = DIRECTORY + index * ENTRY;
    const { width = 0, height = 0 } = images[index] ?? {};
    // 256 is written as 0.
    file.set([width & 255, height & 255, 0, 0], at);
    view.setUint16(at + 4, 1, true);
    view.setUint16(at + 6, 32, true);
    view.setUint32(at + 8, bytes.length, true);
    view.setUint32(at + 12, offset, true);
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file;
}

/** Rows from the bottom: BGRA, then one bit a pixel that is set where nothing is drawn, each row padded to four bytes. */
function bitmap({ width, height, data }: PixelImage): Uint8Array {
  const maskRow = Math.ceil(width / 32) * 4;
  const bytes = new Uint8Array(HEADER + width * height * 4 + maskRow * height);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, HEADER, true);
  view.setInt32(4, width, true);
  // Colour and mask count as one picture of twice the height.
  view.setInt32(8, height * 2, true);
  view.setUint16(12, 1, true);
  view.setUint16(14, 32, true);
  view.setUint32(20, bytes.length - HEADER, true);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x++) {
      const i = ((height - 1 - row) * width + x) * 4;
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(i, i + 4);
      bytes.set([blue, green, red, alpha], HEADER + (row * width + x) * 4);
      const bit = HEADER + width * height * 4 + row * maskRow + (x >> 3);
      if (alpha === 0) bytes[bit] = (bytes[bit] as number) | (0x80 >> (x & 7));
    }
  }
  return bytes;
}
