import { LanguageModelDataPart, LanguageModelTextPart, LanguageModelToolResult, type Uri } from 'vscode';
import type { Extent } from '../../core/geometry';
import type { ImageInfo } from '../../core/image';
import type { Services } from '../services';
import { displayPath } from '../uris';

/** The longer edge of a preview, in pixels. */
const PREVIEW_EDGE = 512;
/** The most previews in one answer: a model reads each. */
const MOST_PREVIEWS = 4;

/** What a model is told of a picture. */
export interface FileFacts extends Extent {
  /** Relative to the workspace. */
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
}

/** Facts as JSON, and small previews of the first files. */
export async function answer(services: Services, files: readonly Uri[], facts: (files: readonly FileFacts[]) => object, signal: AbortSignal): Promise<LanguageModelToolResult> {
  const known: FileFacts[] = [];
  const previews: LanguageModelDataPart[] = [];
  for (const file of files) {
    const bytes = await services.jobs.files.read(file.toString());
    const info = await services.jobs.pixels.inspect(bytes, signal);
    known.push(factsOf(file, bytes, info));
    if (previews.length < MOST_PREVIEWS) previews.push(LanguageModelDataPart.image(await preview(services, bytes, signal), 'image/jpeg'));
  }
  return new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(facts(known), null, 2)), ...previews]);
}

function factsOf(file: Uri, bytes: Uint8Array, { extent, format }: ImageInfo): FileFacts {
  return { path: displayPath(file), width: extent.width, height: extent.height, format, bytes: bytes.length };
}

/** A small JPEG; what is transparent lies on white. */
async function preview({ jobs: { pixels } }: Services, bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  const picture = await pixels.open(bytes, signal);
  try {
    const small = await pixels.resize(picture, previewExtent(picture.extent), signal);
    try {
      return await pixels.encode(small, { format: 'jpeg' }, signal);
    } finally {
      pixels.close(small);
    }
  } finally {
    pixels.close(picture);
  }
}

function previewExtent({ width, height }: Extent): Extent {
  const scale = Math.min(1, PREVIEW_EDGE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
