import type { IconFile, IconName } from '../../core/icons';
import type { PixelImage } from '../../core/image';
import type { Zlib } from '../../core/ports';
import { encodePng } from '../png/encode';
import type { Checkpoint } from '../steps';
import { resize } from '../transform/resize';
import { artworkOf, contrasting, mounted, trimmed, type Artwork, type Colour } from './artwork';
import { encodeIcns, PNG_TYPES, smallEntries } from './icns';
import { encodeIco } from './ico';

/** What a launcher's mask leaves at least of a maskable icon: a circle of 80 % of the edge (W3C, Web Application Manifest). */
const SAFE_RADIUS = 0.4;
/** How much of a home screen's icon a cut-out subject fills. */
const TOUCH_FILL = 0.8;
const FAVICON_EDGES = [16, 32, 48];
/** The largest icon. */
const MOST_EDGE = 1024;
/** An ICNS goes up to the picture's own size, but to this at least. */
const LEAST_ICNS = 128;

/** Draws all icons that a web site and a desktop app want from one picture. */
export async function drawIconSet(image: PixelImage, zlib: Zlib, checkpoint: Checkpoint): Promise<readonly IconFile[]> {
  const art = artworkOf(noLarger(image));
  const background = typeof art.background === 'string' ? contrasting(art) : art.background;
  const files: IconFile[] = [];
  const add = async (name: IconName, bytes: Uint8Array | Promise<Uint8Array>): Promise<void> => {
    files.push({ name, bytes: await bytes });
    await checkpoint();
  };
  const png = (edge: number, picture: PixelImage): Promise<Uint8Array> => encodePng(sized(picture, edge), zlib, {});
  await add('favicon.ico', encodeIco(FAVICON_EDGES.map((edge) => sized(trimmed(art), edge))));
  await add('apple-touch-icon.png', png(180, touchIcon(art, background)));
  await add('icon-192.png', png(192, art.square));
  await add('icon-512.png', png(512, art.square));
  await add('icon-maskable-512.png', png(512, maskable(art, background)));
  await add('icon.icns', icns(art, zlib));
  return files;
}

/** What is larger in both edges than any icon is made smaller at once. */
function noLarger(image: PixelImage): PixelImage {
  const scale = MOST_EDGE / Math.min(image.width, image.height);
  return scale < 1 ? resize(image, { width: Math.round(image.width * scale), height: Math.round(image.height * scale) }) : image;
}

/** A home screen shows no transparency: what is cut out gets a background. */
function touchIcon(art: Artwork, background: Colour): PixelImage {
  return art.background === 'transparent' ? mounted(trimmed(art), 180, TOUCH_FILL, background) : art.square;
}

/** The subject inside the safe zone, on its background to every edge; a picture that fills its square has no subject to save and stays. */
function maskable(art: Artwork, background: Colour): PixelImage {
  if (art.background === 'full') return art.square;
  return mounted(art.square, 512, Math.min(1, SAFE_RADIUS / art.radius), background);
}

async function icns(art: Artwork, zlib: Zlib): Promise<Uint8Array> {
  const most = Math.max(LEAST_ICNS, art.square.width);
  const small = [16, 32].flatMap((edge) => smallEntries(sized(art.square, edge)));
  const pngs = new Map<number, Uint8Array>();
  for (const [, edge] of PNG_TYPES) if (edge <= most && !pngs.has(edge)) pngs.set(edge, await encodePng(sized(art.square, edge), zlib, {}));
  const large = PNG_TYPES.flatMap(([type, edge]) => {
    const data = pngs.get(edge);
    return data ? [{ type, data }] : [];
  });
  return encodeIcns([...small, ...large]);
}

function sized(picture: PixelImage, edge: number): PixelImage {
  return resize(picture, { width: edge, height: edge });
}
