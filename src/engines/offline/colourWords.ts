import type { Oklch } from '../../core/oklab';

const at = (l: number, c: number, h: number): Oklch => ({ l, c, h });

/** Colours by their English names, about where people see them, in OKLCH. */
export const COLOUR_WORDS: Readonly<Record<string, Oklch>> = {
  red: at(0.6, 0.22, 27), crimson: at(0.52, 0.2, 20), scarlet: at(0.6, 0.23, 30), ruby: at(0.5, 0.2, 15), maroon: at(0.38, 0.13, 22), burgundy: at(0.37, 0.12, 12), brick: at(0.52, 0.14, 34),
  coral: at(0.73, 0.16, 32), salmon: at(0.76, 0.12, 32), terracotta: at(0.6, 0.12, 42), rust: at(0.53, 0.14, 44), copper: at(0.63, 0.12, 52), orange: at(0.74, 0.18, 55), tangerine: at(0.73, 0.18, 52),
  peach: at(0.86, 0.08, 58), apricot: at(0.83, 0.1, 65), amber: at(0.8, 0.16, 75), gold: at(0.82, 0.15, 88), golden: at(0.82, 0.15, 85), honey: at(0.78, 0.14, 78), mustard: at(0.74, 0.14, 92), yellow: at(0.89, 0.17, 100),
  lemon: at(0.93, 0.16, 106), lime: at(0.86, 0.2, 125), chartreuse: at(0.87, 0.2, 122), olive: at(0.56, 0.1, 112), green: at(0.66, 0.17, 148), emerald: at(0.65, 0.15, 160), jade: at(0.66, 0.12, 164), sage: at(0.74, 0.05, 140),
  mint: at(0.89, 0.08, 165), moss: at(0.53, 0.09, 122), pine: at(0.4, 0.07, 160), teal: at(0.6, 0.1, 190), turquoise: at(0.78, 0.12, 190), aqua: at(0.84, 0.12, 195), cyan: at(0.82, 0.13, 205), sky: at(0.8, 0.1, 230),
  azure: at(0.68, 0.15, 245), blue: at(0.57, 0.19, 258), cobalt: at(0.47, 0.2, 262), sapphire: at(0.44, 0.17, 262), navy: at(0.3, 0.1, 262), indigo: at(0.44, 0.19, 280), periwinkle: at(0.74, 0.1, 280), violet: at(0.58, 0.21, 295),
  purple: at(0.52, 0.21, 305), lavender: at(0.82, 0.08, 300), lilac: at(0.8, 0.09, 312), plum: at(0.43, 0.13, 330), mauve: at(0.72, 0.09, 325), orchid: at(0.68, 0.17, 325), magenta: at(0.62, 0.26, 335), fuchsia: at(0.65, 0.25, 335),
  pink: at(0.78, 0.13, 355), rose: at(0.7, 0.16, 5), blush: at(0.87, 0.06, 15), brown: at(0.45, 0.08, 50), chocolate: at(0.36, 0.06, 48), coffee: at(0.4, 0.05, 55), caramel: at(0.66, 0.11, 65), tan: at(0.78, 0.06, 75),
  beige: at(0.9, 0.03, 85), cream: at(0.95, 0.03, 92), ivory: at(0.96, 0.02, 100), sand: at(0.85, 0.05, 82), grey: at(0.6, 0.01, 260), gray: at(0.6, 0.01, 260), silver: at(0.8, 0.01, 250), slate: at(0.48, 0.035, 255),
  charcoal: at(0.3, 0.015, 260), black: at(0.16, 0.01, 270), white: at(0.98, 0.004, 100), graphite: at(0.33, 0.012, 260),
};
