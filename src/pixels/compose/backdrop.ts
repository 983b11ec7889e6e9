import type { PixelImage } from '../../core/image';
import type { Backdrop } from '../../core/pixels';

/** The colours that a backdrop may have, those first that cast no light of their own on what is drawn. Black is none of them: just above it the eye, and so OKLab, tells the noise of a model apart. */
const COLOURS: Readonly<Record<Backdrop, readonly [number, number, number]>> = { white: [255, 255, 255], grey: [128, 128, 128], green: [0, 200, 80], magenta: [230, 0, 200] };
/** Visible pixels that differ by less than this from a backdrop in every channel, in levels, could be taken for it. */
const NEAR = 64;
const VISIBLE = 128;

/** Lays a picture, in place, on a plain backdrop of the colour that is least in it, and answers which. */
export function layOnBackdrop(image: PixelImage): Backdrop {
  const names = Object.keys(COLOURS) as Backdrop[];
  const counts = names.map((name) => likeness(image, COLOURS[name]));
  const name = names[counts.indexOf(Math.min(...counts))] ?? 'white';
  lay(image.data, COLOURS[name]);
  return name;
}

/** How many visible pixels could be taken for a colour. */
function likeness({ data }: PixelImage, [red, green, blue]: readonly [number, number, number]): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if ((data[i + 3] as number) < VISIBLE) continue;
    const difference = Math.max(Math.abs((data[i] as number) - red), Math.abs((data[i + 1] as number) - green), Math.abs((data[i + 2] as number) - blue));
    if (difference < NEAR) count++;
  }
  return count;
}

function lay(data: Uint8ClampedArray, colour: readonly [number, number, number]): void {
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] as number) / 255;
    for (let c = 0; c < 3; c++) data[i + c] = alpha * (data[i + c] as number) + (1 - alpha) * (colour[c] as number);
    data[i + 3] = 255;
  }
}
