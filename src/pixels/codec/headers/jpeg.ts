import type { Extent } from '../../../core/geometry';
import { concat } from '../../../core/bytes';
import { densityOf, readDensity, readOrientation, UPRIGHT } from '../exif';
import type { Density } from '../exif';
import { broken, hasText, viewOf } from './stored';
import type { StoredPicture } from './stored';

/** Marker codes (ITU-T T.81, table B.1). */
const SOF0 = 0xc0;
const SOF15 = 0xcf;
const NOT_FRAMES = [0xc4, 0xc8, 0xcc];
const RST0 = 0xd0;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const TEM = 0x01;

const JFIF_NAME = 'JFIF\0';
/** Where a JFIF segment has its unit, followed by the density across and down (ITU-T T.871, 10.1), and metres of each unit; 0 is none. */
const DENSITY_AT = 7;
const DENSITY_END = 12;
const JFIF_UNITS: Record<number, number> = { 1: 0.0254, 2: 0.01 };
const EXIF_NAME = 'Exif\0\0';
const PROFILE_NAME = 'ICC_PROFILE\0';
/** The name, the part's number from 1 and the count of parts. */
const PROFILE_HEADER = 14;

/** Where the count of components stands in a frame's header. */
const COMPONENTS_AT = 5;
const CMYK_COMPONENTS = 4;
/** More than any encoder makes; each one of a progressive file costs a walk over the whole picture, however short it is. */
const MAX_SCANS = 100;

/** Reads the markers up to the first scan and looks whether the file has an end. */
export function readJpegInfo(bytes: Uint8Array): StoredPicture {
  const view = viewOf(bytes);
  const profile: Uint8Array[] = [];
  let frame: { width: number; height: number; bitDepth: number } | undefined;
  let cmyk = false;
  let orientation: number | undefined;
  let density: Density | undefined;
  for (let offset = 2; ; ) {
    const { marker, at } = nextMarker(bytes, offset);
    if (marker === TEM || (marker >= RST0 && marker <= SOI)) {
      offset = at + 1;
      continue;
    }
    if (marker === EOI || at + 3 > bytes.length) throw truncated();
    const length = view.getUint16(at + 1);
    const end = at + 1 + length;
    if (length < 2 || end > bytes.length) throw truncated();
    const content = bytes.subarray(at + 3, end);
    if (marker === SOS) {
      if (!frame) throw broken('jpeg', 'it has no size');
      if (!hasEnd(bytes, end) || bytes.length - end < fewestBytes(frame)) throw truncated();
      if (countScans(bytes, at) > MAX_SCANS) throw broken('jpeg', 'it is cut into too many scans');
      return { ...frame, cmyk, orientation: orientation ?? UPRIGHT, ...(profile.length > 0 ? { profile: concat(profile) } : {}), ...(density ? { density } : {}) };
    }
    if (marker >= SOF0 && marker <= SOF15 && !NOT_FRAMES.includes(marker)) {
      if (content.length < 6) throw broken('jpeg', 'its header is too short');
      frame ??= { bitDepth: view.getUint8(at + 3), height: view.getUint16(at + 4), width: view.getUint16(at + 6) };
      cmyk = content[COMPONENTS_AT] === CMYK_COMPONENTS;
    } else if (marker === APP0 && hasText(content, 0, JFIF_NAME)) {
      density ??= jfifDensity(content);
    } else if (marker === APP1 && hasText(content, 0, EXIF_NAME)) {
      orientation ??= readOrientation(content.subarray(EXIF_NAME.length));
      density ??= readDensity(content.subarray(EXIF_NAME.length));
    } else if (marker === APP2 && hasText(content, 0, PROFILE_NAME)) {
      profile.push(content.subarray(PROFILE_HEADER));
    }
    offset = end;
  }
}

/** The next marker's code and where it stands; fill bytes before it are skipped, and so is what some cameras leave between two markers. */
function nextMarker(bytes: Uint8Array, from: number): { marker: number; at: number } {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && (bytes[at] === 0xff || bytes[at] === 0)) at = bytes[at] === 0xff ? at + 1 : bytes.indexOf(0xff, at);
  const marker = at < 0 ? undefined : bytes[at];
  if (marker === undefined) throw truncated();
  return { marker, at };
}

function jfifDensity(content: Uint8Array): Density | undefined {
  if (content.length < DENSITY_END) return undefined;
  const view = viewOf(content);
  return densityOf(view.getUint16(DENSITY_AT + 1), view.getUint16(DENSITY_AT + 3), JFIF_UNITS[view.getUint8(DENSITY_AT)]);
}

/** What the scans take at least: a bit for each block of 8x8. A header that promises more than that is damaged, and decoding it would take seconds. */
function fewestBytes(frame: Extent): number {
  return (Math.ceil(frame.width / 8) * Math.ceil(frame.height / 8)) / 8;
}

/** Whether an end-of-image marker follows: inside a scan 0xFF stands only before 0 and restart markers. Looked for from the end, where it mostly is. */
function hasEnd(bytes: Uint8Array, scan: number): boolean {
  for (let at = bytes.lastIndexOf(EOI); at > scan; at = bytes.lastIndexOf(EOI, at - 1)) if (bytes[at - 1] === 0xff) return true;
  return false;
}

/** How many scans begin at `from` or behind it, counted up to one too many. */
function countScans(bytes: Uint8Array, from: number): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff, from - 1); at >= 0 && scans <= MAX_SCANS; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === SOS) scans += 1;
  return scans;
}

function truncated(): Error {
  return broken('jpeg', 'it ends too early');
}
