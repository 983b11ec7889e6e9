import { CYRILLIC } from './cyrillic';
import { GREEK } from './greek';
import { LATIN } from './latin';
import { SIGNS } from './signs';

/**
 * A geometric sans drawn for Easel as centre lines of a pen: cap height 100, x-height 68, descenders to −32, y up.
 * M x y: move; L x y: line; C x1 y1 x2 y2 x y: cubic; A cx cy rx ry from to: arc in degrees, counter-clockwise positive, joined by a line to what stands before;
 * O cx cy rx ry: ellipse; D x y: dot; P factor: a pen of another width from there on. Letters with marks are put together from `MARKS`.
 */
export const FONT: Readonly<Record<string, string>> = { ...LATIN, ...CYRILLIC, ...GREEK, ...SIGNS };

/** The letters of one text as another's: what looks alike is drawn once. */
function alike(letters: string, shapes: string): [string, string][] {
  const drawn = [...shapes];
  return [...letters].map((letter, index) => [letter, drawn[index] ?? letter]);
}

/** Letters and signs that are set as others. */
export const SET_AS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([
    ...alike('АВЕЅІЈКМНОРСТХаеіјорсѕухћ', 'ABESIJKMHOPCTXaeijopcsyxħ'),
    ...alike('ΑΒΓΕΖΗΙΚΜΝΟΠΡΤΥΦΧκνοφ', 'ABГEZHIKMNOПPTYФXкvoф'),
    ...alike('ÐµϐϑϕϲϹ', 'ĐμβθфcC'),
    ...alike('‘’‚“”−·‐‑⁄′″', "'',\"\"–•--/'\""),
  ]),
  ẞ: 'SS', Ĳ: 'IJ', ĳ: 'ij', Ŀ: 'L•', ŀ: 'l•', ŉ: "'n", '…': '...',
};
