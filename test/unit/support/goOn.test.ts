import assert from 'node:assert/strict';
import type { Mask, PixelImage } from '../../../src/core/image';
import { goOn } from '../../support/goOn';
import { plain, render, waves } from '../../support/scene';

const [WIDTH, HEIGHT, KNOWN] = [192, 96, 96];
const scene = waves(31, 6);
const truth = render(scene, WIDTH, HEIGHT);
const pending: Mask = { width: WIDTH, height: HEIGHT, data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH < KNOWN ? 0 : 255)) };

/** Mean and largest absolute difference of the colours over some columns. */
function difference(a: PixelImage, b: PixelImage, from: number, to: number): { readonly mean: number; readonly most: number } {
  const all = [...a.data.keys()].filter((i) => i % 4 < 3 && (i >> 2) % WIDTH >= from && (i >> 2) % WIDTH < to).map((i) => Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
  return { mean: all.reduce((sum, each) => sum + each, 0) / all.length, most: Math.max(...all) };
}

/** A picture whose known part another one gives. */
function sentAs(known: PixelImage): PixelImage {
  const sent = plain(WIDTH, HEIGHT, [128, 128, 128, 255]);
  return { ...sent, data: sent.data.map((value, i) => (pending.data[i >> 2] === 0 ? (known.data[i] ?? 0) : value)) };
}

describe('a model that goes on from what it is sent', () => {
  it('draws the truth where it is sent the truth', () => {
    assert.ok(difference(goOn(sentAs(truth), pending, truth), truth, 0, WIDTH).most <= 1);
  });

  it('keeps the known pixels as they were sent and goes on in their tone', () => {
    const warm = { ...truth, data: truth.data.map((value, i) => (i % 4 === 3 ? 255 : value * ([1.1, 1, 0.88][i % 4] ?? 1))) };
    const sent = sentAs(warm);
    const found = goOn(sent, pending, truth);
    assert.equal(difference(found, sent, 0, KNOWN).most, 0);
    assert.ok(difference(truth, warm, KNOWN, WIDTH).mean > 6);
    assert.ok(difference(found, warm, KNOWN, WIDTH).mean < 2.5, `${difference(found, warm, KNOWN, WIDTH).mean}`);
  });

  it('goes on where the known pixels lie, not where the truth does', () => {
    const moved = render((x, y) => scene(x - 3, y + 2), WIDTH, HEIGHT);
    const found = goOn(sentAs(moved), pending, truth);
    const middle = { from: KNOWN, to: WIDTH - 8 };
    assert.ok(difference(truth, moved, middle.from, middle.to).mean > 3 * difference(found, moved, middle.from, middle.to).mean);
  });

  it('says nothing of tone by clear pixels and keeps them clear', () => {
    const clear = (image: PixelImage): PixelImage => ({ ...image, data: image.data.map((value, i) => (i >> 2 < (WIDTH * HEIGHT) / 2 ? 0 : value)) });
    const found = goOn(clear(sentAs(truth)), pending, clear(truth));
    assert.ok(difference(found, clear(truth), 0, WIDTH).most <= 1);
    assert.equal(found.data[4 * (KNOWN + 10) + 3], 0);
  });
});
