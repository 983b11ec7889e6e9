import assert from 'node:assert/strict';
import fs from 'node:fs';
import sharp from 'sharp';

/** Upright 8-bit RGBA pixels of a file, by a decoder that is not Easel's. */
export interface DecodedFile {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

export async function decodeFile(file: string): Promise<DecodedFile> {
  const { data, info } = await sharp(fs.readFileSync(file)).rotate().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Asserts that `kept`, lying at `x`, `y` on `whole`, is there with a largest difference of 0, but for what `drawn` names by its place on `kept`. */
export function assertKept(whole: DecodedFile, kept: DecodedFile, x: number, y: number, drawn: (px: number, py: number) => boolean = () => false): void {
  let largest = 0;
  for (let py = 0; py < kept.height; py += 1) {
    for (let px = 0; px < kept.width; px += 1) {
      if (drawn(px, py)) continue;
      const to = ((py + y) * whole.width + px + x) * 4;
      const from = (py * kept.width + px) * 4;
      for (let channel = 0; channel < 4; channel += 1) {
        largest = Math.max(largest, Math.abs((whole.data[to + channel] ?? -1000) - (kept.data[from + channel] ?? 2000)));
      }
    }
  }
  assert.equal(largest, 0, 'a kept pixel changed');
}
