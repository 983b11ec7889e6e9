import type { PixelImage } from '../../core/image';

/** From this share of flat pixels on, a picture is a drawing. Photographs have next to none, screenshots and diagrams nine tenths. */
const FLAT_SHARE = 0.4;
/** About how many pixels are looked at. */
const LOOKED_AT = 200_000;

/** Whether a picture (straight RGBA) is drawn of flat areas, as diagrams, logos and screenshots are: a pixel is flat where its right and its lower neighbour are the same, or all are transparent. */
export function isDrawing({ width, height, data }: PixelImage): boolean {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / LOOKED_AT)));
  const same = (a: number, b: number): boolean => {
    if (data[a + 3] === 0 && data[b + 3] === 0) return true;
    return data[a] === data[b] && data[a + 1] === data[b + 1] && data[a + 2] === data[b + 2] && data[a + 3] === data[b + 3];
  };
  let flat = 0;
  let all = 0;
  for (let y = 0; y < height; y += step) {
    const down = y + 1 < height ? width * 4 : 0;
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 4;
      const right = x + 1 < width ? 4 : 0;
      all += 1;
      if (same(at, at + right) && same(at, at + down)) flat += 1;
    }
  }
  return flat >= all * FLAT_SHARE;
}
