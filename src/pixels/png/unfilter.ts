import { damaged } from './header';
import { paethPredictor } from './paeth';

/** PNG's filter types (specification, 9.2). */
export const FILTER = { none: 0, sub: 1, up: 2, average: 3, paeth: 4 } as const;

/**
 * Takes the filter off one row, in place. The row's samples are the `length` bytes from `start`; the row above, already unfiltered, stands at `above`,
 * and `above` is -1 for the first row of a picture or pass. `step` is the bytes of a whole pixel, at least 1.
 */
export function unfilterRow(bytes: Uint8Array, filter: number, start: number, above: number, length: number, step: number): void {
  switch (filter) {
    case FILTER.none:
      return;
    case FILTER.sub:
      return unfilterSub(bytes, start, length, step);
    case FILTER.up:
      if (above >= 0) unfilterUp(bytes, start, above, length);
      return;
    case FILTER.average:
      return above >= 0 ? unfilterAverage(bytes, start, above, length, step) : unfilterAverageFirst(bytes, start, length, step);
    case FILTER.paeth:
      if (above < 0) return unfilterSub(bytes, start, length, step);
      return unfilterPaeth(bytes, start, above, length, step);
    default:
      throw damaged(`a row has the unknown filter ${filter}`);
  }
}

function unfilterSub(bytes: Uint8Array, start: number, length: number, step: number): void {
  const end = start + length;
  for (let i = start + step; i < end; i++) bytes[i] = (bytes[i] as number) + (bytes[i - step] as number);
}

function unfilterUp(bytes: Uint8Array, start: number, above: number, length: number): void {
  const end = start + length;
  for (let i = start, j = above; i < end; i++, j++) bytes[i] = (bytes[i] as number) + (bytes[j] as number);
}

function unfilterAverageFirst(bytes: Uint8Array, start: number, length: number, step: number): void {
  const end = start + length;
  for (let i = start + step; i < end; i++) bytes[i] = (bytes[i] as number) + ((bytes[i - step] as number) >> 1);
}

function unfilterAverage(bytes: Uint8Array, start: number, above: number, length: number, step: number): void {
  const end = start + length;
  const back = above - start;
  for (let i = start; i < start + step; i++) bytes[i] = (bytes[i] as number) + ((bytes[i + back] as number) >> 1);
  for (let i = start + step; i < end; i++) {
    bytes[i] = (bytes[i] as number) + (((bytes[i - step] as number) + (bytes[i + back] as number)) >> 1);
  }
}

function unfilterPaeth(bytes: Uint8Array, start: number, above: number, length: number, step: number): void {
  if (step === 3) return unfilterPaeth3(bytes, start, above, length);
  if (step === 4) return unfilterPaeth4(bytes, start, above, length);
  const end = start + length;
  const back = above - start;
  for (let channel = 0; channel < step; channel++) {
    let left = 0;
    let upperLeft = 0;
    for (let i = start + channel; i < end; i += step) {
      const up = bytes[i + back] as number;
      left = ((bytes[i] as number) + paethPredictor(left, up, upperLeft)) & 255;
      bytes[i] = left;
      upperLeft = up;
    }
  }
}

/** RGB, the commonest layout: three independent chains side by side keep the processor busy. */
function unfilterPaeth3(bytes: Uint8Array, start: number, above: number, length: number): void {
  const end = start + length;
  const back = above - start;
  let [left0, left1, left2] = [0, 0, 0];
  let [corner0, corner1, corner2] = [0, 0, 0];
  for (let i = start; i < end; i += 3) {
    const up0 = bytes[i + back] as number;
    const up1 = bytes[i + back + 1] as number;
    const up2 = bytes[i + back + 2] as number;
    left0 = ((bytes[i] as number) + paethPredictor(left0, up0, corner0)) & 255;
    left1 = ((bytes[i + 1] as number) + paethPredictor(left1, up1, corner1)) & 255;
    left2 = ((bytes[i + 2] as number) + paethPredictor(left2, up2, corner2)) & 255;
    bytes[i] = left0;
    bytes[i + 1] = left1;
    bytes[i + 2] = left2;
    corner0 = up0;
    corner1 = up1;
    corner2 = up2;
  }
}

/** RGBA: as for RGB, with four. */
function unfilterPaeth4(bytes: Uint8Array, start: number, above: number, length: number): void {
  const end = start + length;
  const back = above - start;
  let [left0, left1, left2, left3] = [0, 0, 0, 0];
  let [corner0, corner1, corner2, corner3] = [0, 0, 0, 0];
  for (let i = start; i < end; i += 4) {
    const up0 = bytes[i + back] as number;
    const up1 = bytes[i + back + 1] as number;
    const up2 = bytes[i + back + 2] as number;
    const up3 = bytes[i + back + 3] as number;
    left0 = ((bytes[i] as number) + paethPredictor(left0, up0, corner0)) & 255;
    left1 = ((bytes[i + 1] as number) + paethPredictor(left1, up1, corner1)) & 255;
    left2 = ((bytes[i + 2] as number) + paethPredictor(left2, up2, corner2)) & 255;
    left3 = ((bytes[i + 3] as number) + paethPredictor(left3, up3, corner3)) & 255;
    bytes[i] = left0;
    bytes[i + 1] = left1;
    bytes[i + 2] = left2;
    bytes[i + 3] = left3;
    corner0 = up0;
    corner1 = up1;
    corner2 = up2;
    corner3 = up3;
  }
}
