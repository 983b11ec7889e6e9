import assert from 'node:assert/strict';
import { waitForBands } from '../../../src/core/bandOrder';
import { subtract } from '../../../src/core/empty';
import type { Tile } from '../../../src/core/pixels';

describe('waitForBands', () => {
  const tileAt = (x: number, width: number): Tile => ({ window: { x, y: 0, width, height: 100 }, asked: { width, height: 100 }, after: [] });
  /** A picture from 100 to 300 of 400. */
  const empty = subtract([{ x: 0, y: 0, width: 400, height: 100 }], { x: 100, y: 0, width: 200, height: 100 });
  const orderOf = (...tiles: Tile[]): unknown => waitForBands(tiles, empty, 32).map(({ after }) => after);

  it('lets a tile wait for the one that changes what it sees, or of which it changes what is seen', () => {
    assert.deepEqual(orderOf(tileAt(0, 200), tileAt(131, 269)), [[], [0]]);
    assert.deepEqual(orderOf(tileAt(0, 269), tileAt(200, 200)), [[], [0]]);
  });

  it('leaves those apart whose bands reach nothing of each other', () => {
    assert.deepEqual(orderOf(tileAt(0, 200), tileAt(132, 268)), [[], []]);
    assert.deepEqual(orderOf(tileAt(0, 200), tileAt(200, 200)), [[], []]);
  });
});
