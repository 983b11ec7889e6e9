/** The accent of Greek capitals, which stands before them: its own name for what is U+0301 in a text. `x` 0 is its right end. */
export const TONOS = '\u0384';

/** Marks centred on x = 0, as paths of the pen, as `font.ts` reads them: those over a letter as they stand over one of x-height, those under it from the baseline. */
export const MARKS: Readonly<Record<string, string>> = {
  '\u0300': 'M-12 104 L6 88',
  '\u0301': 'M12 104 L-6 88',
  '\u0302': 'M-18 88 L0 104 L18 88',
  '\u0303': 'M-20 90 C-12 106 10 84 20 100',
  '\u0304': 'M-18 94 L18 94',
  '\u0306': 'M-18 104 C-14 86 14 86 18 104',
  '\u0307': 'D0 96',
  '\u0308': 'D-17 96 D17 96',
  '\u0309': 'M-9 104 C2 112 16 104 8 96 C4 93 2 91 2 86',
  '\u030a': 'O0 98 12 11',
  '\u030b': 'M-2 104 L-16 88 M22 104 L8 88',
  '\u030c': 'M-18 104 L0 88 L18 104',
  '\u031b': 'M0 0 C10 2 15 10 12 24',
  '\u0323': 'D0 -24',
  '\u0326': 'M4 -21 L-3 -37',
  '\u0327': 'M2 -10 L-6 -30',
  [TONOS]: 'M0 104 L-12 82',
  '\u0328': 'M2 0 C-12 -8 -14 -28 6 -29',
};

/** A caron beside a letter that has no room for one over it, and a comma over one that has none below. */
export const APOSTROPHE = 'M3 104 L-3 84';
export const TURNED_COMMA = 'M5 104 L-2 86';

/** How far a second mark moves from where it stands alone, where it does not simply go on top of the first: beside a circumflex, into a breve, between two dots. */
export const STACKED: Readonly<Record<string, readonly [x: number, y: number]>> = {
  '\u0302\u0301': [27, 20],
  '\u0302\u0300': [30, 12],
  '\u0302\u0309': [31, 17],
  '\u0306\u0301': [6, 25],
  '\u0306\u0300': [-6, 25],
  '\u0306\u0309': [-2, 28],
  '\u0308\u0301': [4, 21],
  '\u0308\u0300': [-4, 21],
  '\u030a\u0301': [4, 38],
};
