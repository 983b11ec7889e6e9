import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Extent } from '../../src/core/geometry';
import type { PixelImage } from '../../src/core/image';

const FOLDER = '/usr/share/wallpapers';
const PACKAGE = 'plasma-workspace-wallpapers';

/** What the package has of photographs, and of rendered and painted pictures with smooth gradients and hard edges. */
const NAMES = [
  'Autumn',
  'BytheWater',
  'ColdRipple',
  'ColorfulCups',
  'DarkestHour',
  'EveningGlow',
  'FallenLeaf',
  'Grey',
  'Kite',
  'OneStandsOut',
  'Path',
  'summer_1am',
  'Canopee',
  'Kokkini',
  'Opal',
  'SafeLanding',
  'Shell',
  'Volna',
];

/** What every photograph has at 2560 pixels of width. */
const AT_HAND: Extent = { width: 2500, height: 1400 };

/** A picture to measure on. */
export interface Photograph {
  readonly name: string;
  readonly path: string;
}

/** Debian's wallpapers, installed by apt where they are missing and this is root. */
export function photographs(): Photograph[] {
  if (!existsSync(FOLDER) && process.getuid?.() === 0) execFileSync('apt-get', ['install', '-y', '--no-install-recommends', PACKAGE], { stdio: 'ignore' });
  if (!existsSync(FOLDER)) throw new Error(`The benchmark wants the photographs of Debian's package ${PACKAGE} in ${FOLDER}.`);
  return NAMES.flatMap((name) => {
    const folder = join(FOLDER, name, 'contents/images');
    if (!existsSync(folder)) return [];
    const size = (file: string): number => Number(/^(\d+)x\d+/.exec(basename(file))?.[1] ?? 0);
    const file = readdirSync(folder).toSorted((a, b) => size(b) - size(a))[0];
    return file ? [{ name, path: join(folder, file) }] : [];
  });
}

/** The middle of a photograph, which is first brought to at most 2560 px of width, so that its own grain is there, and enlarged where more is asked for; 3 px off the middle, so that no seam falls on an edge of the file's JPEG blocks. Loads sharp only here: a process that times another one's work is to hold nothing of it. */
export async function loadMiddle(photograph: Photograph, extent: Extent): Promise<PixelImage> {
  const { default: sharp } = await import('sharp');
  const enough = { width: extent.width + 8, height: extent.height, fit: 'outside' } as const;
  const fits = extent.width <= AT_HAND.width && extent.height <= AT_HAND.height;
  const sized = sharp(photograph.path).resize(fits ? { width: 2560, withoutEnlargement: true } : enough);
  const { data, info } = await sized.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const left = Math.floor((info.width - extent.width) / 2) + 3;
  const top = Math.floor((info.height - extent.height) / 2);
  const out = new Uint8ClampedArray(extent.width * extent.height * 4).fill(255);
  for (let y = 0; y < extent.height; y++) {
    for (let x = 0; x < extent.width; x++) {
      const from = 3 * ((top + y) * info.width + left + x);
      out.set(data.subarray(from, from + 3), 4 * (y * extent.width + x));
    }
  }
  return { ...extent, data: out };
}
