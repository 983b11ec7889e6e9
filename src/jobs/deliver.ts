import type { FileBytes } from '../core/bytes';
import { sameExtent, type Anchor, type Extent } from '../core/geometry';
import type { DrawnImage, EncodedImage, WriteFormat } from '../core/image';
import { formatRecipe, type Recipe } from '../core/recipe';
import type { JobContext } from './job';

/** An arrived picture in the size and format asked for. One that is right already stays the very same: a PNG has got its recipe on arrival. */
export async function deliver(
  image: DrawnImage,
  extent: Extent,
  format: WriteFormat,
  recipe: Recipe | undefined,
  { pixels, signal }: JobContext,
  focus?: Anchor,
): Promise<{ readonly file: FileBytes; readonly resizedFrom?: Extent }> {
  const json = recipe && formatRecipe(recipe);
  const info = image.info ?? (await pixels.inspect(image.bytes, signal));
  if (info.format === format && info.orientation === 1 && sameExtent(info.extent, extent)) {
    return { file: image };
  }
  const opened = await pixels.open(image.bytes, signal);
  try {
    if (sameExtent(opened.extent, extent)) return { file: { bytes: await pixels.encode(opened, { format, recipe: json }, signal) } };
    const covered = await pixels.cover(opened, extent, signal, focus);
    try {
      return { file: { bytes: await pixels.encode(covered, { format, recipe: json }, signal) }, resizedFrom: opened.extent };
    } finally {
      pixels.close(covered);
    }
  } finally {
    pixels.close(opened);
  }
}

/** A source as a PNG for the engine, scaled and cropped to a size that the model takes. */
export async function asInput(bytes: Uint8Array, extent: Extent, { pixels, signal }: JobContext): Promise<EncodedImage> {
  const opened = await pixels.open(bytes, signal);
  try {
    const fitted = await pixels.cover(opened, extent, signal);
    try {
      return { bytes: await pixels.encode(fitted, { format: 'png' }, signal), format: 'png' };
    } finally {
      pixels.close(fitted);
    }
  } finally {
    pixels.close(opened);
  }
}
