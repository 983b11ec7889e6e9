import type { Extent } from '../../src/core/geometry';
import { DEFAULT_MODEL, findModel } from '../../src/core/models';
import { planOutpaint } from '../../src/core/outpaint';
import type { Tile } from '../../src/core/pixels';

/** A strip of 20:1, and the picture of 2:1 at its left end from which a chain of tiles goes on. */
export const STRIP: Extent = { width: 2480, height: 124 };
export const SOURCE: Extent = { width: 248, height: 124 };

/** The tiles of the chain as the extension plans them: a quarter of each is known at its turn, and the model is sent them enlarged. */
export const CHAIN: readonly Tile[] = planOutpaint(SOURCE, { kind: 'extent', extent: STRIP }, { x: 0, y: 0.5 }, findModel(DEFAULT_MODEL)).tiles;
