import { ImageError } from './errors';
import type { Extent } from './geometry';

/** What the placeholders of `easel.output.fileName` stand for. */
export interface NameValues extends Extent {
  readonly prompt: string;
  readonly model: string;
  /** Written as the local YYYY-MM-DD. */
  readonly date: Date;
}

/** Extensions that a file of a picture may have, without the dot. */
export const IMAGE_EXTENSIONS: readonly string[] = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif', 'svg', 'ico'];

/** Where a prompt leaves no word to name a file after. */
const NO_WORDS = 'image';
const MAX_STEM_LENGTH = 60;
/** The limit of every common file system, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;
/** Windows' device names, with any extension, in any case; the superscripts are digits to it. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
/** What Windows refuses, what ends a path's segment, what no file system stores, and what turns the direction of writing so that a name reads as another. */
const FORBIDDEN = /[<>:"|?*\\/\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
/** Latin letters without a decomposition, in lower case. */
const LATIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't' };

/**
 * A file's name from a prompt, without extension: its first words in lower case, `misty-mountains-at-dawn`. Latin letters lose their accents,
 * other scripts stay as they are, in NFC. Never empty, at most 60 characters, legal on every system.
 */
export function stemFromPrompt(prompt: string): string {
  const plain = prompt
    .toLowerCase()
    .replace(/['’]/g, '')
    .normalize('NFKD')
    // Only after Latin letters: in other scripts the marks make another letter or a vowel.
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .replace(/[^\p{ASCII}]/gu, (letter) => LATIN[letter] ?? letter)
    .normalize('NFC');
  let stem = '';
  for (const word of plain.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? []) {
    const longer = stem === '' ? firstCharacters(word, MAX_STEM_LENGTH) : `${stem}-${word}`;
    if (characters(longer).length > MAX_STEM_LENGTH) break;
    stem = longer;
  }
  return safeStem(stem);
}

/**
 * A file's name, without extension, from a template with `${prompt}`, `${date}`, `${model}`, `${width}` and `${height}`.
 * Throws `bad-path` where a placeholder is unknown or the name could not be a file's.
 */
export function stemFromTemplate(template: string, values: NameValues): string {
  const words: Readonly<Record<string, string>> = {
    prompt: stemFromPrompt(values.prompt),
    date: formatDate(values.date),
    model: values.model.replace(new RegExp(FORBIDDEN, 'gu'), '-'),
    width: String(values.width),
    height: String(values.height),
  };
  const stem = template.replace(/\$\{(\w*)\}/g, (_, name: string) => {
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (word === undefined) throw new ImageError('bad-path', `The file name's template has an unknown placeholder: \${${name}}.`);
    return word;
  });
  const safe = safeStem(stem.trim());
  checkSegment(safe);
  return safe;
}

/**
 * Takes a file name apart that a caller gave; the extension, in lower case, is an image's or none: `hero.v2` is a stem.
 * Throws `bad-path` for what cannot be a file's name on every system: separators, control characters, `<>:"|?*`, device names, dots only, a trailing dot or space, over 255 bytes.
 */
export function splitFileName(name: string): { readonly stem: string; readonly extension?: string } {
  checkSegment(name);
  const match = /^(.*)\.([a-z]{3,4})$/is.exec(name);
  const extension = match?.[2]?.toLowerCase();
  if (!match || extension === undefined || !IMAGE_EXTENSIONS.includes(extension)) return { stem: name };
  const stem = match[1] ?? '';
  checkSegment(stem);
  return { stem, extension };
}

/** The n-th file of a stem: `stem.png`, then `stem-2.png`. A long stem is shortened so that the whole has at most 255 bytes. */
export function numberedName(stem: string, n: number, extension: string): string {
  const ending = `${n > 1 ? `-${n}` : ''}.${extension}`;
  let bytes = byteLength(ending);
  let kept = '';
  for (const character of stem) {
    bytes += byteLength(character);
    if (bytes > MAX_NAME_BYTES) return kept.replace(/[-. ]+$/, '') + ending;
    kept += character;
  }
  return kept + ending;
}

/** Whether a name is one that `numberedName` makes of a stem. */
export function isNumberedName(name: string, stem: string, extension: string): boolean {
  const [, number] = /-(\d{1,5})\.[^.]*$/.exec(name) ?? [];
  return name === numberedName(stem, 1, extension) || (number !== undefined && name === numberedName(stem, Number(number), extension));
}

/**
 * A folder below the workspace as its segments; none for the workspace itself. Either slash separates, `.` and `..` are resolved.
 * Throws `bad-path` for an absolute path, a drive, a URI, a way out of the workspace, or a segment that cannot be a folder's name on every system.
 */
export function resolveFolder(folder: string): readonly string[] {
  if (/^[\\/]/.test(folder)) throw new ImageError('bad-path', `The folder must be relative to the workspace: ${folder}`);
  const segments: string[] = [];
  for (const segment of folder.split(/[\\/]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') {
      checkSegment(segment);
      segments.push(segment);
    } else if (segments.pop() === undefined) {
      throw new ImageError('bad-path', `The folder lies outside the workspace: ${folder}`);
    }
  }
  return segments;
}

/** Whether a file or folder can be named so on every system. */
export function isFileName(name: string): boolean {
  return whatIsWrong(name) === undefined;
}

function checkSegment(name: string): void {
  const wrong = whatIsWrong(name);
  if (wrong) throw new ImageError('bad-path', `A file or folder can't be named "${name}": ${wrong}.`);
}

function whatIsWrong(name: string): string | undefined {
  if (name.trim() === '') return 'it is empty';
  if (/^\.+$/.test(name)) return 'it is made of dots';
  if (FORBIDDEN.test(name)) return 'it holds a character that not every system allows';
  if (DEVICE_NAME.test(name)) return 'Windows keeps that name for a device';
  if (/[. ]$/.test(name)) return 'it ends in a dot or a space';
  // A UTF-16 unit has three bytes at most.
  if (name.length * 3 > MAX_NAME_BYTES && byteLength(name) > MAX_NAME_BYTES) return `it has more than ${MAX_NAME_BYTES} bytes`;
  return undefined;
}

function safeStem(stem: string): string {
  const inner = stem.replace(/^[-. ]+|[-. ]+$/g, '');
  if (inner === '') return NO_WORDS;
  return DEVICE_NAME.test(inner) ? `${NO_WORDS}-${inner}` : inner;
}

/** The code points, so that no cut goes through one. */
function characters(text: string): readonly string[] {
  return Array.from(text);
}

function firstCharacters(text: string, count: number): string {
  return characters(text).slice(0, count).join('');
}

function formatDate(date: Date): string {
  const padded = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
