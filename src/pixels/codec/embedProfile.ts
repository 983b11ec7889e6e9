import type { Extent } from '../../core/geometry';
import { concat } from '../../core/bytes';
import { addProperty, writeBox } from './avifProperty';
import { webpChunks } from './headers/webp';
import { WEBP_FLAG, writeCanvas, writeRiffChunk, writeWebp } from './riff';

/** Marker codes of the segments that matter here, behind 0xFF. */
const APP0 = 0xe0;
const APP2 = 0xe2;
/** What of a profile fits in one segment: 64 kB less length, name, part and count. */
const PART_BYTES = 65_519;
const ALPHA_BYTE = 4;
const ALPHA_BIT = 0x10;

/** The JPEG with an ICC profile, in as many segments as it takes (ICC.1, annex B.4), behind JFIF's, which has to be first. */
export function embedInJpeg(jpeg: Uint8Array, profile: Uint8Array): Uint8Array {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const at = jpeg[3] === APP0 ? 4 + view.getUint16(4) : 2;
  const count = Math.ceil(profile.length / PART_BYTES);
  const segments = Array.from({ length: count }, (_, index) => {
    const part = profile.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    const length = part.length + 16;
    return concat([Uint8Array.of(0xff, APP2, length >> 8, length & 255), new TextEncoder().encode('ICC_PROFILE\0'), Uint8Array.of(index + 1, count), part]);
  });
  return concat([jpeg.subarray(0, at), ...segments, jpeg.subarray(at)]);
}

/** The WebP of a still picture with an ICC profile. */
export function embedInWebp(webp: Uint8Array, profile: Uint8Array, extent: Extent): Uint8Array {
  const chunks = webpChunks(webp);
  const pictures = chunks.filter(({ type }) => type === 'ALPH' || type === 'VP8 ' || type === 'VP8L');
  const hasAlpha = pictures.some(({ type, data }) => type === 'ALPH' || (type === 'VP8L' && ((data[ALPHA_BYTE] ?? 0) & ALPHA_BIT) !== 0));
  return writeWebp([
    writeCanvas(extent, WEBP_FLAG.profile | (hasAlpha ? WEBP_FLAG.alpha : 0)),
    writeRiffChunk('ICCP', profile),
    ...pictures.map(({ type, data }) => writeRiffChunk(type, data)),
  ]);
}

/** The AVIF with an ICC profile, which counts before the colour numbers that the encoder wrote. */
export function embedInAvif(avif: Uint8Array, profile: Uint8Array): Uint8Array {
  return addProperty(avif, writeBox('colr', [new TextEncoder().encode('prof'), profile]));
}
