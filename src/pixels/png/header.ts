import { ImageError } from '../../core/errors';
import type { Extent } from '../../core/geometry';

/** PNG's colour types, by their names in the specification. */
export const COLOR_TYPE = { greyscale: 0, truecolor: 2, indexed: 3, greyscaleAlpha: 4, truecolorAlpha: 6 } as const;
export type ColorType = (typeof COLOR_TYPE)[keyof typeof COLOR_TYPE];

/** What IHDR says; the extent is that of the stored pixels, before any orientation. */
export interface PngHeader extends Extent {
  readonly bitDepth: number;
  readonly colorType: ColorType;
  readonly interlaced: boolean;
}

/** Bytes of IHDR's data. */
export const IHDR_LENGTH = 13;

/** Samples a pixel and legal depths of each colour type (PNG specification, 11.2.1). */
const LAYOUTS: Record<ColorType, { readonly channels: number; readonly depths: readonly number[] }> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** Reads IHDR; throws `broken-image` for what the specification does not know. */
export function readHeader(ihdr: Uint8Array): PngHeader {
  if (ihdr.length !== IHDR_LENGTH) throw damaged('its header has the wrong length');
  const view = new DataView(ihdr.buffer, ihdr.byteOffset, ihdr.length);
  const colorType = Object.values(COLOR_TYPE).find((type) => type === view.getUint8(9));
  if (colorType === undefined) throw damaged(`its colour type is ${view.getUint8(9)}`);
  const header: PngHeader = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitDepth: view.getUint8(8),
    colorType,
    interlaced: view.getUint8(12) === 1,
  };
  if (header.width === 0 || header.height === 0) throw damaged('it has no pixels');
  if (!LAYOUTS[colorType].depths.includes(header.bitDepth)) throw damaged(`its bit depth is ${header.bitDepth}`);
  if (view.getUint8(10) !== 0 || view.getUint8(11) !== 0 || view.getUint8(12) > 1) throw damaged('its method of compression is unknown');
  return header;
}

/** How many samples a stored pixel has. */
export function channelsOf(header: PngHeader): number {
  return LAYOUTS[header.colorType].channels;
}

/** Bytes of one stored row of `width` pixels, without its filter byte. */
export function rowBytes(header: PngHeader, width: number): number {
  return Math.ceil((width * channelsOf(header) * header.bitDepth) / 8);
}

export function damaged(what: string): ImageError {
  return new ImageError('broken-image', `The PNG is damaged: ${what}.`);
}
