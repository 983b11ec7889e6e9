import type { Glyph } from './figures';
import { MARKS } from './marks';
import { SIGNS } from './signs';
import { THINGS } from './things';

/** Simple figures for icons, by name. */
export const GLYPHS: Readonly<Record<string, Glyph>> = { ...MARKS, ...SIGNS, ...THINGS };

/** Those that suit an icon whose prompt names no figure. */
export const PLAIN_GLYPHS: readonly Glyph[] = Object.values(MARKS);
