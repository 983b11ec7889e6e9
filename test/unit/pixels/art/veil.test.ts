import assert from 'node:assert/strict';
import type { PixelImage } from '../../../../src/core/image';
import type { LinearRgb } from '../../../../src/core/oklab';
import type { CoverageMap } from '../../../../src/pixels/art/text/coverageMap';
import { luminance, luminanceAt } from '../../../../src/pixels/art/text/luminance';
import { readableInk } from '../../../../src/pixels/art/text/veil';

const WHITE: LinearRgb = [1, 1, 1];
const BLACK: LinearRgb = [0, 0, 0];
const [WIDTH, HEIGHT, REACH] = [200, 100, 5];

/** A night of one dark blue with a moon of so many pixels across and of one grey in the middle. */
function night(moon: number, grey: number): PixelImage {
  const image = { width: WIDTH, height: HEIGHT, data: new Uint8ClampedArray(4 * WIDTH * HEIGHT) };
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) image.data.set(inMoon(x, y, moon) ? [grey, grey, grey, 255] : [12, 16, 40, 255], 4 * (y * WIDTH + x));
  return image;
}

function inMoon(x: number, y: number, moon: number): boolean {
  return Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) < moon / 2;
}

/** A bar through the middle, as wide as a line of text. */
function bar(): CoverageMap {
  const bounds = { x: 20, y: 40, width: 160, height: 20 };
  const data = new Uint8Array(bounds.width * bounds.height);
  for (let y = 8; y < 12; y++) data.fill(255, y * bounds.width + 5, (y + 1) * bounds.width - 5);
  return { bounds, data };
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe('readableInk', () => {
  it('shades a moon behind the letters, close to them only, and leaves the night as it is', () => {
    const [image, before] = [night(16, 250), night(16, 250)];
    const ink = readableInk(image, bar(), WHITE, BLACK, true, REACH);
    assert.equal(ink, WHITE);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const o = 4 * (y * WIDTH + x);
        const away = Math.max(48 - y, y - 51);
        if (!inMoon(x, y, 16) || away >= REACH) assert.deepEqual([...image.data.subarray(o, o + 4)], [...before.data.subarray(o, o + 4)], `${x}, ${y}`);
        else if (away <= REACH / 4) assert.ok(contrast(luminanceAt(image, o), luminance(ink)) >= 3.5, `${x}, ${y}: ${luminanceAt(image, o)}`);
      }
    }
  });

  it('lays a veil over the whole picture where much of what lies behind is too bright', () => {
    const image = night(90, 200);
    assert.equal(readableInk(image, bar(), WHITE, BLACK, true, REACH), WHITE);
    const corner = luminanceAt(image, 0);
    assert.ok(corner < luminanceAt(night(90, 200), 0), String(corner));
  });

  it('takes the dark ink on a bright ground', () => {
    const image = night(400, 250);
    assert.equal(readableInk(image, bar(), WHITE, BLACK, false, REACH), BLACK);
    assert.deepEqual(image.data, night(400, 250).data);
  });
});
