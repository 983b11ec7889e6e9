import sharp from 'sharp';
import type { Widen } from './widener';

/** The article's way: each half of a square picture on a transparent square, sent, and both answers side by side. */
export const widen: Widen = async (source, _plan, model) => {
  const { width, height } = await sharp(source).metadata();
  const half = width / 2;
  const answers: Uint8Array[] = [];
  for (const index of [0, 1]) {
    const part = await sharp(source).extract({ left: index * half, top: 0, width: half, height }).toBuffer();
    const blank = sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    answers.push(await model(index, await blank.composite([{ input: part, left: half - index * half, top: 0 }]).png().toBuffer()));
  }
  const wide = sharp({ create: { width: 2 * width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
  return (await wide.composite(answers.map((input, index) => ({ input: Buffer.from(input), left: index * width, top: 0 }))).png().toBuffer()).length;
};
