import { oklchToHex } from './oklab';

/** A custom property of a stylesheet that holds a colour. */
export interface CssColour {
  /** With its two dashes. */
  readonly name: string;
  /** `#rrggbb`; transparency is left out. */
  readonly hex: string;
}

/** `var()` that leads to `var()` that leads to `var()`: further nobody goes. */
const MAX_HOPS = 8;

/**
 * The colours that a stylesheet declares as custom properties, in its order, each name once by its first declaration: `:root`, Tailwind's `@theme` and SCSS alike.
 * Read are `#hex`, `rgb()`, `hsl()`, `oklch()` and `var()` of these; what is no such colour is passed over.
 */
export function cssColours(css: string): CssColour[] {
  const declared = new Map<string, string>();
  const plain = css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
  for (const [, name, value] of plain.matchAll(/(?<![\w-])(--[\w-]+)\s*:\s*([^;{}]+)/g)) {
    if (name !== undefined && value !== undefined && !declared.has(name)) declared.set(name, value.trim());
  }
  return [...declared.keys()].flatMap((name) => {
    const hex = resolve(name, declared, MAX_HOPS);
    return hex === undefined ? [] : [{ name, hex }];
  });
}

/** A CSS colour as `#rrggbb`; undefined where it is in no notation that is read here. */
export function parseCssColour(text: string): string | undefined {
  const value = text.trim().toLowerCase();
  const hex = /^#(?:([\da-f]{6})(?:[\da-f]{2})?|([\da-f]{3})[\da-f]?)$/.exec(value);
  if (hex?.[1] !== undefined) return `#${hex[1]}`;
  if (hex?.[2] !== undefined) return `#${hex[2].replace(/./g, '$&$&')}`;
  const call = /^(rgb|hsl|oklch)a?\(([^)]*)\)$/.exec(value);
  if (!call) return undefined;
  const parts = (call[2] ?? '').split('/')[0]?.split(/[\s,]+/).filter((part) => part !== '') ?? [];
  const [a, b, c] = parts;
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (call[1] === 'rgb') return hexOf(amount(a, 255), amount(b, 255), amount(c, 255));
  if (call[1] === 'hsl') return hslToHex(degrees(a), amount(b, 1), amount(c, 1));
  const colour = { l: amount(a, 1), c: amount(b, 0.4), h: degrees(c) };
  return [colour.l, colour.c, colour.h].every(Number.isFinite) ? `#${oklchToHex(colour).toString(16).padStart(6, '0')}` : undefined;
}

function resolve(name: string, declared: ReadonlyMap<string, string>, hops: number): string | undefined {
  const value = declared.get(name);
  if (value === undefined || hops === 0) return undefined;
  const reference = /^var\(\s*(--[\w-]+)/.exec(value)?.[1];
  return reference === undefined ? parseCssColour(value) : resolve(reference, declared, hops - 1);
}

/** A number, or a percentage of `whole`; `NaN` for anything else. */
function amount(text: string, whole: number): number {
  if (text === 'none') return 0;
  return text.endsWith('%') ? (Number(text.slice(0, -1)) / 100) * whole : Number(text);
}

function degrees(text: string): number {
  return text === 'none' ? 0 : Number(text.replace(/deg$/, ''));
}

/** Channels 0–255. */
function hexOf(...channels: readonly number[]): string | undefined {
  if (!channels.every(Number.isFinite)) return undefined;
  return `#${channels.map((channel) => Math.round(Math.min(255, Math.max(0, channel))).toString(16).padStart(2, '0')).join('')}`;
}

/** Hue in degrees, saturation and lightness 0–1 (CSS Color 4, 7). */
function hslToHex(hue: number, saturation: number, lightness: number): string | undefined {
  const channel = (n: number): number => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return 255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return hexOf(channel(0), channel(8), channel(4));
}
