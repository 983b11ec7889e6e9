import { Jimp } from 'jimp';
import sharp from 'sharp';
import type { Model } from './widenByEasel';

export type Library = 'sharp' | 'jimp';

/** The article's way: each half of a square picture on a transparent square, sent, and both answers side by side. Resolves to the bytes of the PNG. */
export function widenByArticle(library: Library, source: Uint8Array, model: Model): Promise<number> {
  return library === 'sharp' ? bySharp(source, model) : byJimp(source, model);
}

async function bySharp(source: Uint8Array, model: Model): Promise<number> {
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
}

async function byJimp(source: Uint8Array, model: Model): Promise<number> {
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
}
