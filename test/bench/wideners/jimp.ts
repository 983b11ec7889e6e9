import { Jimp } from 'jimp';
import type { Widen } from './widener';

/** The article's way: each half of a square picture on a transparent square, sent, and both answers side by side. */
export const widen: Widen = async (source, _plan, model) => {
  const original = await Jimp.read(Buffer.from(source));
  const { width, height } = original;
  const half = width / 2;
  const wide = new Jimp({ width: 2 * width, height, color: 0x00000000 });
  for (const index of [0, 1]) {
    const tile = new Jimp({ width, height, color: 0x00000000 });
    tile.composite(original.clone().crop({ x: index * half, y: 0, w: half, h: height }), half - index * half, 0);
    wide.composite(await Jimp.read(Buffer.from(await model(index, await tile.getBuffer('image/png')))), index * width, 0);
  }
  return (await wide.getBuffer('image/png')).length;
};
