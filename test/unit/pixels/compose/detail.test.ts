import assert from 'node:assert/strict';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { SOFT, split, WHITE } from '../../../../src/pixels/compose/bands';
import { lackingDetail } from '../../../../src/pixels/compose/detail';
import type { Detail } from '../../../../src/pixels/compose/detail';
import { undeformed } from '../../../../src/pixels/compose/deform';
import { gainsAtNodes } from '../../../../src/pixels/compose/light';
import { overlapOf } from '../../../../src/pixels/compose/overlap';
import { placeAnswer } from '../../../../src/pixels/compose/place';
import { translation } from '../../../../src/pixels/compose/similarity';
import { UNTONED } from '../../../../src/pixels/compose/toneFit';
import { seeded } from '../../../support/random';
import { copyOf, render, waves } from '../../../support/scene';

const SIDE = 160;
const WINDOW = { x: 0, y: 0, width: SIDE, height: SIDE };
const smooth = render(waves(71, 40), SIDE, SIDE);
const sharp = render(waves(72, 4), SIDE, SIDE);

function half(): Mask {
  return { width: SIDE, height: SIDE, data: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE < SIDE / 2 ? 255 : 0)) };
}

/** The same picture with grain, alike in all channels. */
function grainy(image: PixelImage, sigma: number, seed: number): PixelImage {
  const random = seeded(seed);
  const out = copyOf(image);
  for (let at = 0; at < out.data.length; at += 4) {
    const grain = sigma * random.normal();
    for (let c = 0; c < 3; c++) out.data[at + c] = (image.data[at + c] ?? 0) + grain;
  }
  return out;
}

/** The mean of 3x3 pixels. */
function blurred(image: PixelImage): PixelImage {
  const out = copyOf(image);
  const inside = (v: number): number => Math.min(SIDE - 1, Math.max(0, v));
  for (let i = 0; i < SIDE * SIDE; i++) {
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let k = 0; k < 9; k++) sum += image.data[4 * (inside(Math.floor(i / SIDE) + Math.floor(k / 3) - 1) * SIDE + inside((i % SIDE) + (k % 3) - 1)) + c] ?? 0;
      out.data[4 * i + c] = sum / 9;
    }
  }
  return out;
}

function lacking(canvas: PixelImage, answer: PixelImage): Detail | undefined {
  const overlap = overlapOf(canvas, half(), WINDOW, answer);
  assert.ok(overlap);
  const deformation = undeformed(WINDOW);
  return lackingDetail(canvas, WINDOW, answer, overlap, { at: translation(80, 80, 0, 0), deformation, curves: UNTONED.curves, gains: gainsAtNodes(UNTONED.light, WINDOW, deformation) });
}

/** Mean square of the green channel's finest band over some columns. */
function fineEnergy(image: PixelImage, from: number, to: number): number {
  const { fine } = split(Float32Array.from({ length: SIDE * SIDE }, (_, i) => image.data[4 * i + 1] ?? 0), image);
  const inside = fine.filter((_, i) => i % SIDE >= from && i % SIDE < to);
  return inside.reduce((sum, value) => sum + value * value, 0) / inside.length;
}

function error(image: PixelImage, truth: PixelImage): number {
  let sum = 0;
  for (let i = 0; i < SIDE * SIDE; i++) if (i % SIDE < SIDE / 2) sum += ((image.data[4 * i] ?? 0) - (truth.data[4 * i] ?? 0)) ** 2;
  return sum;
}

describe('matching detail', () => {
  it('asks for nothing where the answer is as sharp and as grainy', () => {
    assert.equal(lacking(sharp, sharp), undefined);
    assert.equal(lacking(grainy(smooth, 3, 1), grainy(smooth, 3, 2)), undefined);
    assert.equal(lacking(smooth, grainy(smooth, 3, 3)), undefined);
  });

  it('measures the grain that a clean answer lacks, and adds most of it', async () => {
    const canvas = grainy(smooth, 4, 4);
    const detail = lacking(canvas, smooth);
    assert.ok(detail);
    const energy = (detail.white ** 2 * WHITE.fine + detail.soft ** 2 * SOFT.fine) / (16 * WHITE.fine);
    assert.ok(energy > 0.45 && energy < 0.85, `${energy} of the grain's energy`);
    await placeAnswer(canvas, half(), WINDOW, copyOf(smooth), 'exact');
    const ratio = fineEnergy(canvas, 10, 70) / fineEnergy(canvas, 90, 150);
    assert.ok(ratio > 0.4 && ratio < 1.1, `the grain's energy is ${ratio} of the original's`);
  });

  it('sharpens a soft answer, and is then nearer to the truth', async () => {
    const soft = blurred(sharp);
    const detail = lacking(sharp, soft);
    assert.ok(detail && detail.fine > 1.2);
    const canvas = copyOf(sharp);
    await placeAnswer(canvas, half(), WINDOW, soft, 'exact');
    assert.ok(error(canvas, sharp) < 0.5 * error(soft, sharp));
  });

  it('does not take misplaced detail for soft detail', () => {
    assert.equal(lacking(sharp, render(waves(72, 4), SIDE, SIDE, 2, 1)), undefined);
  });
});
