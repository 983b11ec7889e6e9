import { Jimp } from 'jimp';
import { groundOf, maskedBy, softMask, type WorksOf } from './steps';

export const worksOf: WorksOf = ({ image, png, jpeg }) => {
  const { width, height, data } = image;
  const bitmap = Jimp.fromBitmap({ width, height, data: Buffer.from(data) });
  const ground = Jimp.fromBitmap({ width, height, data: Buffer.from(groundOf(image)) });
  const masked = Jimp.fromBitmap({ width, height, data: Buffer.from(maskedBy(image, softMask(image))) });
  return {
    'PNG read': async () => void (await Jimp.fromBuffer(Buffer.from(png))),
    'PNG write': () => bitmap.getBuffer('image/png'),
    'JPEG read': async () => void (await Jimp.fromBuffer(Buffer.from(jpeg))),
    'JPEG write, 85': () => bitmap.getBuffer('image/jpeg', { quality: 85 }),
    'composite, soft mask': async () => void ground.composite(masked, 0, 0),
    'to half the size': async () => void bitmap.clone().resize({ w: width / 2, h: height / 2 }),
  };
};
