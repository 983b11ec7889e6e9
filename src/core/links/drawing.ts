import { extentFault } from '../extentLimits';
import type { Extent } from '../geometry';
import { findPurpose, type Purpose } from '../purposes';
import type { ImageLink } from './imageLink';

/** What a link's surroundings say of the picture that is missing. */
type Clues = Omit<ImageLink, 'start' | 'end' | 'address' | 'kind'>;

/** Where nothing says how large a picture should be. */
const DEFAULT_EXTENT: Extent = { width: 1024, height: 1024 };
const MAX_EDGE = 16_384;

/** Words in file names, joined by dashes, with the purpose that they tell; the first that occurs counts. */
const PURPOSE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:github|social)-(?:social|preview)\b/, 'github-social'],
  [/\b(?:og|opengraph|open-graph|og-image|og-card|social|share|twitter-card|twitter-image)\b/, 'og-card'],
  [/\bapple-touch\b/, 'apple-touch-icon'],
  [/\bfavicon\b/, 'favicon'],
  [/\b(?:x|twitter)-(?:header|banner)\b/, 'x-header'],
  [/\blinkedin\b/, 'linkedin-banner'],
  [/\bbanner\b/, 'readme-banner'],
  [/\bhero\b/, 'hero'],
  [/\b(?:cover|featured)\b/, 'blog-cover'],
  [/\b(?:thumbnail|thumb|poster)\b/, 'youtube-thumbnail'],
  [/\bslide\b/, 'slide'],
  [/\bphone-wallpaper\b/, 'phone-wallpaper'],
  [/\b(?:wallpaper|desktop)\b/, 'desktop-wallpaper'],
  [/\b(?:icon|logo|avatar|badge)\b/, 'play-store-icon'],
];

/**
 * The size for a missing picture, in this order: a `1600x600` in its name, the attributes beside the link, its own width in a `srcset`, a number after an icon's name,
 * the purpose that its name or its place tells, a square of 1024. An `@2x` in the name or a `2x` in the `srcset` doubles what is meant in CSS pixels.
 */
export function extentOfMissing(path: string, clues: Clues, own: readonly Purpose[] = []): Extent {
  const words = wordsOfFile(path).join('-').toLowerCase();
  const named = sizeInName(words);
  if (named) return legal(named);
  const density = densityInName(path) ?? clues.density ?? 1;
  const meant = purposeInName(words, own) ?? purposeById(clues.purpose, own);
  const ratio = meant ?? DEFAULT_EXTENT;
  const { width, height, ownWidth } = clues;
  if (ownWidth !== undefined) return legal(byWidth(ownWidth, width !== undefined && height !== undefined ? { width, height } : ratio));
  if (width !== undefined && height !== undefined) return legal(scaled({ width, height }, density));
  if (width !== undefined) return legal(byWidth(width * density, ratio));
  if (height !== undefined) return legal({ width: Math.round((height * density * ratio.width) / ratio.height), height: Math.round(height * density) });
  return meant ? legal(scaled(meant, density)) : DEFAULT_EXTENT;
}

/** The prompt for a missing picture: its alt text, else the heading above it and the words of its name. */
export function promptOfMissing(path: string, { alt, heading }: Clues): string {
  if (alt !== undefined && alt.trim() !== '') return alt.trim();
  const words = wordsOfFile(path).filter((word) => !/^\d*x?\d+$/.test(word));
  return [heading, words.join(' ')].filter((part) => part !== undefined && part !== '').join(': ');
}

/** A file's name as words: `heroImage_v2@2x.png` is `hero`, `Image`, `v2`. */
export function wordsOfFile(path: string): string[] {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .replace(/@\d(?:\.\d)?x$/i, '')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '');
}

function sizeInName(words: string): Extent | undefined {
  const match = /(?:^|\D)(\d{2,5})x(\d{2,5})(?:\D|$)/.exec(words);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

function densityInName(path: string): number | undefined {
  const density = /@(\d(?:\.\d)?)x\.[^./]*$/i.exec(path)?.[1];
  return density === undefined || Number(density) === 0 ? undefined : Number(density);
}

/** `icon-512`, `logo256`: squares. */
function iconInName(words: string): Extent | undefined {
  const edge = Number(/\b(?:icon|logo|avatar|favicon|maskable|badge)-?(\d{2,4})\b/.exec(words)?.[1] ?? 0);
  return edge > 0 ? { width: edge, height: edge } : undefined;
}

function purposeInName(words: string, own: readonly Purpose[]): Extent | undefined {
  const mine = own.find(({ id }) => `-${words}-`.includes(`-${id.toLowerCase()}-`));
  if (mine) return mine;
  return iconInName(words) ?? purposeById(PURPOSE_WORDS.find(([pattern]) => pattern.test(words))?.[1], own);
}

function purposeById(id: string | undefined, own: readonly Purpose[]): Extent | undefined {
  return id === undefined ? undefined : findPurpose(id, own);
}

function byWidth(width: number, ratio: Extent): Extent {
  return { width: Math.round(width), height: Math.round((width * ratio.height) / ratio.width) };
}

function scaled({ width, height }: Extent, density: number): Extent {
  return { width: Math.round(width * density), height: Math.round(height * density) };
}

/** A size that no picture can have says nothing. */
function legal({ width, height }: Extent): Extent {
  return Math.max(width, height) <= MAX_EDGE && extentFault({ width, height }) === undefined ? { width, height } : DEFAULT_EXTENT;
}
