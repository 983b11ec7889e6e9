import { nodeZlib } from '../../../src/node/zlib';
import { decodeImage, type CodecServices } from '../../../src/pixels/codec/decode';
import { encodeImage } from '../../../src/pixels/codec/encode';
import { NOTHING_CARRIED } from '../../../src/pixels/png/carried';
import { paste } from '../../../src/pixels/transform/crop';
import { resize } from '../../../src/pixels/transform/resize';
import { blank } from '../../../src/pixels/worker/canvas';
import { loadWasm } from '../../support/wasm';
import type { WorksOf } from './steps';

const services: CodecServices = { zlib: nodeZlib, loadWasm };

export const worksOf: WorksOf = ({ image, png, jpeg, webp }) => {
  const { width, height } = image;
  const canvas = blank({ width: 2 * width, height });
  return {
    'PNG read': async () => void (await decodeImage(png, services)),
    'PNG write': () => encodeImage(image, { format: 'png' }, NOTHING_CARRIED, services),
    'JPEG read': async () => void (await decodeImage(jpeg, services)),
    'JPEG write, 85': () => encodeImage(image, { format: 'jpeg', quality: 85 }, NOTHING_CARRIED, services),
    'WebP read': async () => void (await decodeImage(webp, services)),
    'WebP write, 80': () => encodeImage(image, { format: 'webp', quality: 80 }, NOTHING_CARRIED, services),
    'composite on canvas': async () => paste(canvas, image, { x: width / 2, y: 0 }),
    'to half the size': async () => void resize(image, { width: width / 2, height: height / 2 }),
  };
};
