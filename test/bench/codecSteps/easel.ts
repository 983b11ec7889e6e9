import { nodeZlib } from '../../../src/node/zlib';
import { decodeImage, type CodecServices } from '../../../src/pixels/codec/decode';
import { encodeImage } from '../../../src/pixels/codec/encode';
import { NOTHING_CARRIED } from '../../../src/pixels/png/carried';
import { compositeRow } from '../../../src/pixels/compose/compositeRow';
import { resize } from '../../../src/pixels/transform/resize';
import { loadWasm } from '../../support/wasm';
import { groundOf, softMask, type WorksOf } from './steps';

const services: CodecServices = { zlib: nodeZlib, loadWasm };

export const worksOf: WorksOf = ({ image, png, jpeg, webp }) => {
  const { width, height } = image;
  const ground = new Uint32Array(groundOf(image).buffer);
  const opacity = softMask(image);
  // As a tile's answer is when it has been warped and re-toned, and the membrane's correction is added.
  const colours = new Float32Array(3 * width * height);
  for (let i = 0; i < colours.length; i++) colours[i] = image.data[4 * Math.floor(i / 3) + (i % 3)] as number;
  return {
    'PNG read': async () => void (await decodeImage(png, services)),
    'PNG write': () => encodeImage(image, { format: 'png' }, NOTHING_CARRIED, services),
    'JPEG read': async () => void (await decodeImage(jpeg, services)),
    'JPEG write, 85': () => encodeImage(image, { format: 'jpeg', quality: 85 }, NOTHING_CARRIED, services),
    'WebP read': async () => void (await decodeImage(webp, services)),
    'WebP write, 80': () => encodeImage(image, { format: 'webp', quality: 80 }, NOTHING_CARRIED, services),
    'composite, soft mask': async () => {
      for (let at = 0; at < width * height; at += width) compositeRow(ground, at, opacity, at, colours, at, undefined, 0, width);
    },
    'to half the size': async () => void resize(image, { width: width / 2, height: height / 2 }),
  };
};
