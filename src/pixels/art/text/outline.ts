import { withMarks, type Accented } from './accents';
import { FONT, SET_AS } from './font/font';
import { TONOS } from './font/marks';

/** A letter's pen lines with its extent from left to right. */
export interface Letter extends Accented {
  /** A space has no segments. */
  readonly blank: boolean;
}

const letters = new Map<string, Letter>();

/** What a person sees as one character: a flag's two letters, an emoji with what is joined to it, a letter with its marks. */
const CHARACTER = /\p{RI}\p{RI}|\p{ExtPict}[\p{M}\p{EMod}]*(?:\u200d\p{ExtPict}[\p{M}\p{EMod}]*)*|\P{M}\p{M}*/gu;
/** Forms of the very same letters: ligatures, and the wide ones of East Asian type. */
const FORMS = /[\ufb00-\ufb06\uff01-\uff5e]/g;

/** The letters of a text; what the font lacks is left out. */
export function lettersOf(text: string): Letter[] {
  return charactersOf(text).flatMap((character) => drawCharacter(character) ?? []);
}

/** What of a text the font can't draw, each character once. */
export function missingIn(text: string): string[] {
  return [...new Set(charactersOf(text).filter((character) => drawCharacter(character) === undefined))];
}

/** The characters of a text, without those that show nothing. */
function charactersOf(text: string): string[] {
  const plain = text.replace(FORMS, (form) => form.normalize('NFKC')).normalize('NFC');
  return (plain.match(CHARACTER) ?? []).filter((character) => /\s/.test(character) || !/^[\p{DI}\p{Cc}\p{Cs}]/u.test(character));
}

function drawCharacter(character: string): Letter[] | undefined {
  const [base = '', ...found] = character.replace(/\p{DI}/gu, '').normalize('NFD');
  const marks = /[Α-Ω]/.test(base) ? found.map((mark) => (mark === '\u0301' ? TONOS : mark)) : found;
  const shapes = [...(SET_AS[base] ?? base)];
  const all = shapes.map((shape, index) => letterOf(shape, index === shapes.length - 1 ? marks : []));
  return all.every((letter) => letter !== undefined) ? all : undefined;
}

function letterOf(base: string, marks: readonly string[]): Letter | undefined {
  const key = base + marks.join('');
  const known = letters.get(key);
  if (known) return known;
  const letter = /\s/.test(base) ? { segments: [], left: 0, right: 0, blank: true } : drawLetter(base, marks);
  if (letter) letters.set(key, letter);
  return letter;
}

function drawLetter(base: string, marks: readonly string[]): Letter | undefined {
  const path = FONT[base];
  const drawn = path === undefined ? undefined : withMarks(base, path, marks);
  return drawn && { ...drawn, blank: false };
}
