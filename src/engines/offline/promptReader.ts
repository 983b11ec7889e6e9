import type { Extent } from '../../core/geometry';
import { hexToLinear, linearToOklab, oklabToOklch, type Oklch } from '../../core/oklab';
import type { ArtSpec, MotifName } from '../../core/pixels';
import { addedStyle, withoutStyle } from '../../core/style';
import { COLOUR_WORDS } from './colourWords';
import { inEnglish } from './german';
import type { Finish } from './palette';
import { renderPalette, themeOf } from './palette';
import type { Theme, ThemeName } from './themes';
import { FREE_THEMES, THEMES } from './themes';
import type { Meaning } from './vocabulary';
import { VOCABULARY } from './vocabulary';

/** The energy of "minimal" and "calm". */
const QUIET_ENERGY = 0.15;

/** The most characters of a prompt that stand for a text on a card where it quotes none. */
const MAX_UNQUOTED = 140;

/** Motifs for prompts that name none: each holds up as a background for anything. */
const FREE_MOTIFS: readonly MotifName[] = ['gradient', 'waves', 'low-poly', 'blobs', 'paper', 'tiles', 'mountains', 'dots', 'isometric', 'topographic'];
/** Of these, what leaves a picture calm enough for words on it. */
const QUIET_MOTIFS: readonly MotifName[] = ['gradient', 'waves', 'topographic'];
const OUTDOOR: readonly MotifName[] = ['mountains', 'sea', 'forest', 'desert', 'city'];
/** What a colour before its word is that of the ground alone. */
const LANDS: readonly MotifName[] = ['mountains', 'forest', 'desert'];
const DARK_MOTIFS: readonly MotifName[] = ['stars', 'retro'];

/**
 * Turns a prompt into a drawing's spec: what is drawn, in which colours, with which text. Words that are known decide; where they say nothing, a hash of the
 * prompt chooses among what always looks well, so that the same prompt and seed give the same picture. The seed moves shapes, and hues a little.
 */
export function readPrompt(prompt: string, extent: Extent, seed: number): ArtSpec {
  // What a style says is no text of the picture.
  const { text, rest, quotes } = takeQuoted(withoutStyle(prompt));
  const words = `${rest} ${addedStyle(prompt)}`.replace(HEX, ' ').toLowerCase().match(/[\p{L}\p{N}&]+(?:[-'][\p{L}\p{N}]+)*/gu) ?? [];
  const { meanings, colours: named, land, sky } = understand(words.flatMap(known));
  const hexColours = (prompt.match(HEX) ?? []).map(hexColour);
  const hash = hashWords(words.length > 0 ? words : [text ?? '']);

  const motif = chooseMotif(meanings, text, hash);
  const ranges = motif === 'low-poly' && meanings.some((meaning) => meaning.motif === 'mountains' && (meaning.weight ?? 2) > 1);
  const place = ranges ? 'mountains' : motif;
  // The colours of a land are no colours of its sky.
  const apart = land.length > 0 && LANDS.includes(place);
  const colours = [...(apart ? named.filter((colour) => !sky.includes(colour)) : named), ...hexColours];
  const weather = last(meanings, 'weather');
  const light = last(meanings, 'light') ?? (last(meanings, 'tone') === 'dark' && OUTDOOR.includes(place) ? 'night' : apart || weather ? 'day' : lightByHash(hash));
  const finish = last(meanings, 'finish');
  const { palette, accent } = choosePalette(place, meanings, colours, light, finish, hash, seed);
  const glyph = last(meanings, 'glyph');
  const material = last(meanings, 'material');
  const shown = text ?? (motif === 'card' && !quotes ? clip(rest.replace(/\s+/g, ' ').trim()) : undefined);
  return {
    extent,
    // Two prompts of one seed are not to share a composition.
    seed: (seed ^ hash) >>> 0,
    motif,
    palette,
    accent,
    ...(apart ? { sky: choosePalette(place, meanings.filter((meaning) => meaning.light !== undefined || meaning.weather !== undefined), sky, light, finish, hash, seed).palette } : {}),
    tone: chooseTone(motif, meanings, colours, finish, hash),
    light,
    energy: last(meanings, 'energy') ?? 0.3 + 0.4 * ((hash >>> 20) / 4096),
    ...(weather ? { weather } : {}),
    ...(ranges ? { ranges } : {}),
    ...(glyph ? { glyph } : {}),
    ...(motif === 'material' && material ? { material } : {}),
    ...(shown ? { text: shown } : {}),
  };
}

const HEX = /#[\da-f]{6}\b/gi;

function hexColour(hex: string): Oklch {
  return oklabToOklch(linearToOklab(hexToLinear(Number.parseInt(hex.slice(1), 16))));
}

/** Quotation marks as Europe and East Asia set them; one after a digit is an inch, one between letters an apostrophe. */
const QUOTES = /(?<!\d)"[^"]*"|“[^”]*”|„[^“”]*[“”]|”[^”]*”|«[^»]*»|»[^«]*«|‹[^›]*›|›[^‹]*‹|「[^」]*」|『[^』]*』|‚[^‘’]*[‘’]|(?<![\p{L}\p{N}])['‘][^'’]+(?:['’]\p{L}[^'’]*)*['’](?![\p{L}\p{N}])/gu;

/** The quoted parts of a prompt, joined, with the line breaks in them, and what is left of it. `quotes`: there are some, though they may be empty. */
function takeQuoted(prompt: string): { readonly text: string | undefined; readonly rest: string; readonly quotes: boolean } {
  const quoted: string[] = [];
  const rest = prompt.replace(QUOTES, (whole) => {
    quoted.push(whole.slice(1, -1).trim());
    return ' ';
  });
  const lines = quoted.filter((part) => part !== '').join(' ').split('\n');
  const text = lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '').join('\n');
  return { text: text === '' ? undefined : text, rest, quotes: quoted.length > 0 };
}

function clip(text: string): string {
  if (text.length <= MAX_UNQUOTED) return text;
  const cut = text.slice(0, MAX_UNQUOTED);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_UNQUOTED / 2))}…`;
}

/** A word as the vocabulary has it: as it stands, in English where it is German, or the parts of one with hyphens. */
function known(word: string): readonly string[] {
  if (wordForms(word).some((form) => VOCABULARY.has(form) || Object.hasOwn(COLOUR_WORDS, form))) return [word];
  return inEnglish(word) ?? (word.includes('-') ? word.split('-').flatMap(known) : [word]);
}

/** What a prompt's words mean, in their order. */
interface Understood {
  readonly meanings: readonly Meaning[];
  readonly colours: readonly Oklch[];
  /** Of the colours, those said of the land ("green rolling hills") and of the sky. */
  readonly land: readonly Oklch[];
  readonly sky: readonly Oklch[];
}

/** Phrases are understood before single words. A colour goes with the place or sky that is named within three words after it. */
function understand(words: readonly string[]): Understood {
  const meanings: Meaning[] = [];
  const colours: Oklch[] = [];
  const land: Oklch[] = [];
  const sky: Oklch[] = [];
  let open: { readonly colour: Oklch; readonly until: number }[] = [];
  for (let i = 0; i < words.length; ) {
    let used = 0;
    for (let length = 3; length >= 1 && used === 0; length--) {
      if (i + length > words.length) continue;
      const phrase = words.slice(i, i + length).join(' ');
      const form = wordForms(phrase).find((candidate) => VOCABULARY.has(candidate) || (length === 1 && Object.hasOwn(COLOUR_WORDS, candidate)));
      if (form === undefined) continue;
      const meaning = VOCABULARY.get(form);
      if (meaning) meanings.push(meaning);
      const colour = length === 1 && Object.hasOwn(COLOUR_WORDS, form) ? COLOUR_WORDS[form] : undefined;
      open = open.filter(({ until }) => i <= until);
      const of = form.endsWith('sky') ? sky : meaning?.motif && LANDS.includes(meaning.motif) ? land : undefined;
      if (of) of.push(...open.splice(0).map(({ colour: said }) => said));
      if (colour && form !== 'sky') {
        const said = shaded(colour, words[i - 1]);
        colours.push(said);
        open.push({ colour: said, until: i + 3 });
      }
      used = length;
    }
    i += Math.max(1, used);
  }
  return { meanings, colours, land, sky };
}

/** "light blue" and "dark green" are colours of their own. */
function shaded(colour: Oklch, before: string | undefined): Oklch {
  if (before === 'light' || before === 'pale' || before === 'soft') return { l: Math.min(0.93, colour.l + 0.18), c: colour.c * 0.6, h: colour.h };
  if (before === 'dark' || before === 'deep') return { l: colour.l * 0.6, c: colour.c * 0.8, h: colour.h };
  return colour;
}

/** A word as it stands and without the ending of a plural. */
function wordForms(word: string): string[] {
  const forms = [word];
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('es')) forms.push(word.slice(0, -2));
  if (word.endsWith('s')) forms.push(word.slice(0, -1));
  return forms;
}

function last<K extends keyof Meaning>(meanings: readonly Meaning[], key: K): Meaning[K] {
  return meanings.findLast((meaning) => meaning[key] !== undefined)?.[key];
}

function chooseMotif(meanings: readonly Meaning[], text: string | undefined, hash: number): MotifName {
  let best: Meaning | undefined;
  for (const meaning of meanings) {
    if (meaning.motif && (!best || (meaning.weight ?? 2) > (best.weight ?? 2))) best = meaning;
  }
  if (best?.motif) return best.motif;
  if (text !== undefined) return 'card';
  // A thing that has a sign is shown by it, unless the picture is to lie behind something else.
  if (last(meanings, 'glyph') && !last(meanings, 'behind')) return 'icon';
  if (last(meanings, 'weather')) return 'sea';
  if (last(meanings, 'light')) return OUTDOOR[hash % 3] as MotifName;
  const free = (last(meanings, 'energy') ?? 1) <= QUIET_ENERGY ? QUIET_MOTIFS : FREE_MOTIFS;
  return free[hash % free.length] as MotifName;
}

function lightByHash(hash: number): ArtSpec['light'] {
  return (['dawn', 'day', 'dusk'] as const)[(hash >>> 8) % 3] ?? 'dawn';
}

function choosePalette(motif: MotifName, meanings: readonly Meaning[], colours: readonly Oklch[], light: ArtSpec['light'], finish: Finish | undefined, hash: number, seed: number): { readonly palette: number[]; readonly accent: number } {
  // The seed is allowed a shift of hue that keeps a "blue" blue.
  const turn = (hashWords([String(seed)]) % 15) - 7;
  if (colours.length > 0) return renderPalette(themeOf(colours.slice(0, 4)), finish, turn / 2);
  return renderPalette(THEMES[chooseTheme(motif, meanings, light, hash)] satisfies Theme, finish, turn);
}

function chooseTheme(motif: MotifName, meanings: readonly Meaning[], light: ArtSpec['light'], hash: number): ThemeName {
  const outdoors = OUTDOOR.includes(motif);
  // Outdoors the hour colours everything; a place's own colours are for the plain day.
  const named = meanings.filter((meaning) => meaning.theme !== undefined);
  // Neon glows at any hour.
  const glowing = named.findLast((meaning) => meaning.theme === 'neon')?.theme;
  if (glowing) return glowing;
  const hour = named.findLast((meaning) => meaning.light !== undefined)?.theme;
  if (hour) return hour;
  const mood = named.findLast((meaning) => meaning.motif === undefined)?.theme;
  if (mood) return mood;
  const place = last(named, 'theme');
  if (place && !(outdoors && light === 'night')) return place;
  if (outdoors) return light;
  if (motif === 'retro') return 'neon';
  if (motif === 'stars') return 'space';
  if (motif === 'paper') return (['paper', 'dusk', 'sea', 'warm', 'forest'] as const)[(hash >>> 12) % 5] ?? 'paper';
  return FREE_THEMES[(hash >>> 12) % FREE_THEMES.length] as ThemeName;
}

function chooseTone(motif: MotifName, meanings: readonly Meaning[], colours: readonly Oklch[], finish: Finish | undefined, hash: number): ArtSpec['tone'] {
  if (DARK_MOTIFS.includes(motif)) return 'dark';
  const said = last(meanings, 'tone');
  if (said) return said;
  if (last(meanings, 'weather')) return 'dark';
  if (finish === 'pastel') return 'light';
  if (colours.some((colour) => colour.l < 0.35)) return 'dark';
  if (colours.some((colour) => colour.l > 0.88)) return 'light';
  if (motif === 'paper' || motif === 'material') return 'light';
  return (hash >>> 16) % 5 < (motif === 'gradient' || motif === 'blobs' || motif === 'card' ? 3 : 2) ? 'dark' : 'light';
}

/** FNV-1a over the words, so that spaces and signs do not matter. */
function hashWords(words: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const char of words.join(' ')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
