import assert from 'node:assert/strict';
import type { Bounds } from '../../../../src/core/geometry';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { settle } from '../../../../src/pixels/compose/blend';
import { placeAnswer } from '../../../../src/pixels/compose/place';
import { crop, paste } from '../../../../src/pixels/transform/crop';
import { cropMask } from '../../../../src/pixels/worker/canvas';
import { goOn } from '../../../support/goOn';
import { seeded } from '../../../support/random';
import { plain, render, waves } from '../../../support/scene';

const SIDE = 144;
const HEIGHT = 96;
const STEP = 96;
const TILES = 10;
const EXTENT = { width: SIDE + TILES * STEP, height: HEIGHT };
const CHANNELS = [0, 1, 2] as const;
const truth = render(waves(91, 5), EXTENT.width, EXTENT.height);

/** The mean level of a channel over a rectangle. */
function mean({ width, data }: PixelImage, { x, y, width: across, height: down }: Bounds, channel: number): number {
  let sum = 0;
  for (let row = y; row < y + down; row++) for (let column = x; column < x + across; column++) sum += data[4 * (row * width + column) + channel] ?? 0;
  return sum / (across * down);
}

/** What a model returns that goes on from what it is sent and changes the tone of all of it. */
function drawOn(canvas: PixelImage, pending: Mask, window: Bounds, gains: readonly number[]): PixelImage {
  const answer = goOn(crop(canvas, window), cropMask(pending, window), crop(truth, window));
  return { ...answer, data: answer.data.map((value, i) => value * (gains[i % 4] ?? 1)) };
}

/** How far each channel's mean over the newest part of each tile is from the truth's, in levels. */
async function drifts(place: (canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage) => void | Promise<void>, gains: (tile: number) => readonly number[]): Promise<number[][]> {
  const canvas = plain(EXTENT.width, EXTENT.height, [0, 0, 0, 0]);
  paste(canvas, crop(truth, { x: 0, y: 0, width: SIDE, height: HEIGHT }), { x: 0, y: 0 });
  const pending = { ...EXTENT, data: Uint8Array.from({ length: EXTENT.width * EXTENT.height }, (_, i) => (i % EXTENT.width < SIDE ? 0 : 255)) };
  const found: number[][] = [];
  for (let tile = 0; tile < TILES; tile++) {
    const window = { x: (tile + 1) * STEP, y: 0, width: SIDE, height: HEIGHT };
    await place(canvas, pending, window, drawOn(canvas, pending, window, gains(tile)));
    const fresh = { ...window, x: window.x + SIDE - STEP, width: STEP };
    found.push(CHANNELS.map((c) => Math.abs(mean(canvas, fresh, c) - mean(truth, fresh, c))));
  }
  return found;
}

function worst(all: readonly (readonly number[])[]): number {
  return Math.max(...all.flat());
}

describe('a chain of ten tiles', () => {
  const easel = async (canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage): Promise<void> => {
    assert.ok(await placeAnswer(canvas, pending, window, answer, 'exact'));
  };
  const pasteOnly = (canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage): void => {
    const fresh = { x: SIDE - STEP, y: 0, width: STEP, height: HEIGHT };
    paste(canvas, crop(answer, fresh), { x: window.x + fresh.x, y: 0 });
    settle(pending, window);
  };

  it('keeps its tone though the model warms each tile a little more', async () => {
    const warm = (): number[] => [1.03, 1, 0.97];
    assert.ok(worst((await drifts(pasteOnly, warm)).slice(-1)) > 20, 'a chain that is only pasted does drift');
    const found = await drifts(easel, warm);
    assert.ok(worst(found) < 1.5, `the tiles drift by ${found.map((tile) => Math.max(...tile).toFixed(2)).join(', ')} levels`);
  });

  it('keeps its tone though the model changes it at random', async () => {
    const random = seeded(92);
    const found = await drifts(easel, () => CHANNELS.map(() => 1 + 0.05 * random.signed()));
    assert.ok(worst(found) < 1.5, `the tiles drift by ${found.map((tile) => Math.max(...tile).toFixed(2)).join(', ')} levels`);
  });
});
