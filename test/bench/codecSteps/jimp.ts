import { Jimp } from 'jimp';
import type { WorksOf } from './steps';

export const worksOf: WorksOf = ({ image: { width, height, data }, png, jpeg }) => {
  const bitmap = Jimp.fromBitmap({ width, height, data: Buffer.from(data) });
  const wide = new Jimp({ width: 2 * width, height, color: 0x00000000 });
  return {
    'PNG read': async () => void (await Jimp.fromBuffer(Buffer.from(png))),
    'PNG write': () => bitmap.getBuffer('image/png'),
    'JPEG read': async () => void (await Jimp.fromBuffer(Buffer.from(jpeg))),
    'JPEG write, 85': () => bitmap.getBuffer('image/jpeg', { quality: 85 }),
    'composite on canvas': async () => void wide.composite(bitmap, width / 2, 0),
    'to half the size': async () => void bitmap.clone().resize({ w: width / 2, h: height / 2 }),
  };
};
