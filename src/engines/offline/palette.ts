import { angleTurns } from '../../core/exactMath';
import type { Oklch } from '../../core/oklab';
import { oklchToHex, oklchToOklab } from '../../core/oklab';
import type { Theme } from './themes';

/** How a palette is bent by words such as "pastel" or "neon". */
export type Finish = 'pastel' | 'neon' | 'muted' | 'vivid';

const STOPS = 6;

/** A scheme around the colours that a prompt names: they stand in it where their lightness puts them, with related hues towards shadow and light. */
export function themeOf(colours: readonly Oklch[]): Theme {
  const sorted = [...colours].sort((a, b) => a.l - b.l);
  const darkest = sorted[0] as Oklch;
  const lightest = sorted[sorted.length - 1] as Oklch;
  const stops: Oklch[] = [];
  if (darkest.l > 0.26) stops.push({ l: Math.max(0.17, darkest.l * 0.36), c: darkest.c * 0.5, h: darkest.h + coolward(darkest.h) });
  if (darkest.l > 0.5) stops.push({ l: darkest.l * 0.68, c: darkest.c * 0.9, h: darkest.h + coolward(darkest.h) * 0.8 });
  stops.push(...sorted);
  if (lightest.l < 0.72) stops.push({ l: (lightest.l + 0.97) / 2, c: lightest.c * 0.7, h: lightest.h - coolward(lightest.h) / 2 });
  if (lightest.l < 0.94) stops.push({ l: 0.965, c: Math.min(0.03, lightest.c * 0.25), h: lightest.h - coolward(lightest.h) });
  if (stops.length < 2) stops.unshift({ l: 0.2, c: 0.02, h: lightest.h });
  return { stops, accent: accentFor(colours), named: sorted };
}

/** Shadows lean towards blue (264°), by the shorter way, and lights away from it; but those of yellow lean towards orange, for a green shadow makes it sour. */
function coolward(hue: number): number {
  if (hue > 60 && hue < 118) return -28;
  const way = ((264 - hue + 540) % 360) - 180;
  return way > 0 ? Math.min(24, way / 4) : Math.max(-24, way / 4);
}

/** The named colour that stands out, where two or more differ in hue; else one two fifths around the circle: related enough to please, far enough to be seen. */
function accentFor(colours: readonly Oklch[]): Oklch {
  const first = colours[0] as Oklch;
  const colourful = [...colours].sort((a, b) => b.c - a.c)[0] as Oklch;
  if (colours.length > 1 && colourful.c > 0.06) {
    const brightest = [...colours].filter((colour) => colour.c > 0.06).sort((a, b) => b.l - a.l)[0] as Oklch;
    return { l: Math.max(0.55, brightest.l), c: brightest.c, h: brightest.h };
  }
  // Who names nothing but white, grey or black wants no colour: a breath of one keeps the picture from looking dead.
  if (first.c < 0.03) return { l: Math.min(0.86, Math.max(0.45, first.l - 0.08)), c: 0.028, h: 250 };
  return { l: Math.min(0.82, Math.max(0.62, first.l + 0.1)), c: Math.max(0.12, first.c * 0.9), h: first.h + 140 };
}

/**
 * Six sRGB colours, dark to light, sampled evenly in lightness along the scheme, and the accent; gamut-mapped by lowering chroma. Colours that the prompt names stand
 * among them as they are, each in the place of the sample next to it: between teal and orange lies a grey that would be sampled in their stead. `turn` shifts all hues, in degrees.
 */
export function renderPalette(theme: Theme, finish: Finish | undefined, turn: number): { readonly palette: number[]; readonly accent: number } {
  const rendered = (colour: Oklch): Oklch => finished({ ...colour, h: colour.h + turn }, finish);
  const stops = theme.stops.map(rendered);
  const first = stops[0] as Oklch;
  const last = stops[stops.length - 1] as Oklch;
  const step = (last.l - first.l) / (STOPS - 1);
  const palette = Array.from({ length: STOPS }, (_, i) => oklchToHex(colourAt(stops, first.l + step * i)));
  let taken = STOPS - 1;
  for (const named of (theme.named ?? []).map(rendered).reverse()) {
    // From the lightest on, and moved down only where the place is taken: the scale stays one from dark to light.
    const place = Math.min(taken - 1, Math.round((named.l - first.l) / step));
    if (place <= 0) break;
    palette[place] = oklchToHex(named);
    taken = place;
  }
  return { palette, accent: oklchToHex(finished({ ...theme.accent, h: theme.accent.h + turn * 0.6 }, finish)) };
}

/** The scheme's colour of a lightness; hues go the shorter way around. */
function colourAt(stops: readonly Oklch[], l: number): Oklch {
  let i = 0;
  while (i < stops.length - 2 && (stops[i + 1] as Oklch).l < l) i++;
  const a = stops[i] as Oklch;
  const b = stops[i + 1] as Oklch;
  const t = b.l === a.l ? 0 : Math.min(1, Math.max(0, (l - a.l) / (b.l - a.l)));
  const opposite = Math.abs(((b.h - a.h + 540) % 360) - 180) > 105 && a.c > 0.03 && b.c > 0.03;
  if (opposite) return straight(a, b, t, l);
  const hueA = a.c < 0.012 ? b.h : a.h;
  const hueB = b.c < 0.012 ? a.h : b.h;
  const way = ((hueB - hueA + 540) % 360) - 180;
  return { l, c: a.c + (b.c - a.c) * t, h: hueA + way * t };
}

/** Between opposite hues the way around would pass colours that nobody named (from navy to gold lies green): the straight way passes a quiet grey instead. */
function straight(a: Oklch, b: Oklch, t: number, l: number): Oklch {
  const [, a1, b1] = oklchToOklab(a);
  const [, a2, b2] = oklchToOklab(b);
  const x = a1 + (a2 - a1) * t;
  const y = b1 + (b2 - b1) * t;
  return { l, c: Math.sqrt(x * x + y * y), h: angleTurns(y, x) * 360 };
}

function finished(colour: Oklch, finish: Finish | undefined): Oklch {
  const { l, c, h } = colour;
  switch (finish) {
    case 'pastel':
      return { l: 0.5 + 0.48 * l, c: c < 0.012 ? c : Math.min(c * 0.68, 0.095), h };
    case 'neon':
      return { l: l < 0.5 ? l * 0.8 : l, c: c < 0.012 ? c : Math.max(c * 1.45, l > 0.4 && l < 0.9 ? 0.2 : 0.06), h };
    case 'muted':
      return { l: 0.08 + 0.86 * l, c: c * 0.5, h };
    case 'vivid':
      return { l, c: c < 0.012 ? c : Math.max(c * 1.3, l > 0.35 && l < 0.88 ? 0.15 : 0), h };
    case undefined:
      return colour;
  }
}
