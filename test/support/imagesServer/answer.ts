import type { PixelImage } from '../../../src/core/image';
import { redraw, type RedrawKind } from '../redraw';
import type { Behaviour } from './behaviour';
import { continueInto, decode, decodeMask, drawScene, encode, hashText } from './draw';
import type { ServerProfile } from './profiles';
import type { Order } from './validate';

/** Draws what an order asks for: `count` pictures, or as many as the behaviour says. */
export async function draw(order: Order, profile: ServerProfile, redrawKind: RedrawKind, behaviour: Behaviour): Promise<readonly Buffer[]> {
  const extent = behaviour.drawn ?? order.extent;
  const pictures: Buffer[] = [];
  for (let index = 0; index < (behaviour.count ?? order.count); index++) {
    const seed = hashText(`${order.prompt}#${index}`);
    const image =
      behaviour.anotherPicture || order.images.length === 0
        ? drawScene(extent, behaviour.anotherPicture ? ~seed >>> 0 : seed)
        : await edit({ ...order, extent }, profile, redrawKind, seed);
    pictures.push(await encode(order.transparent ? disc(image) : image, behaviour.format ?? order.format));
  }
  return pictures;
}

/** The disc in the middle of a picture, on nothing. */
function disc({ width, height, data }: PixelImage): PixelImage {
  const cut = data.map((level, i) => {
    const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
    return (i & 3) === 3 && Math.hypot(x - width / 2, y - height / 2) > Math.min(width, height) / 2 ? 0 : level;
  });
  return { width, height, data: cut };
}

/** What a real model does to an edit: all of it is drawn again, and only the prompt and the mask say what becomes something else. */
async function edit(order: Order, profile: ServerProfile, redrawKind: RedrawKind, seed: number): Promise<PixelImage> {
  const { extent, images, mask } = order;
  const [first, ...others] = await Promise.all(images.map((image) => decode(image.bytes, extent)));
  if (!first) return drawScene(extent, seed);
  const ground = others.length === 0 ? first : average([first, ...others]);
  const continued = mask && profile.mask ? continueInto(ground, await decodeMask(mask.bytes, extent, profile.mask.drawn), seed) : ground;
  return redraw(continued, redrawKind, seed);
}

function average(images: readonly PixelImage[]): PixelImage {
  const [first] = images as readonly [PixelImage];
  const data = new Uint8ClampedArray(first.data.length);
  for (let i = 0; i < data.length; i++) {
    let sum = 0;
    for (const image of images) sum += image.data[i] as number;
    data[i] = sum / images.length;
  }
  return { width: first.width, height: first.height, data };
}

/** Tokens as the API counts them; each streamed partial costs 100 more. */
export function usageOf(order: Order, pictures: number): Record<string, unknown> {
  const text = Math.ceil(order.prompt.length / 4);
  const image = order.images.reduce((sum, { width, height }) => sum + Math.ceil((width * height) / 1024), 0);
  const each = order.model.outputTokens?.[order.quality] ?? 1000;
  const share = (order.extent.width * order.extent.height) / (1024 * 1024);
  const output = Math.round(each * share) * pictures + 100 * order.partials;
  return {
    input_tokens: text + image,
    input_tokens_details: { text_tokens: text, image_tokens: image },
    output_tokens: output,
    total_tokens: text + image + output,
  };
}

/** The answer of a model of today: everything beside the pictures that the API sends. */
export function describeAnswer(order: Order): Record<string, unknown> {
  if (order.model.family !== 'gpt') return {};
  return {
    background: order.transparent ? 'transparent' : 'opaque',
    output_format: order.format,
    quality: order.quality === 'auto' ? 'medium' : order.quality,
    size: `${order.extent.width}x${order.extent.height}`,
  };
}

/** The server-sent events of a streamed answer: partials (the first picture), then the finished ones. */
export function streamEvents(order: Order, finished: readonly Buffer[], previewed: readonly Buffer[], created: number): string {
  const kind = order.images.length > 0 ? 'image_edit' : 'image_generation';
  const event = (name: string, picture: Buffer, more: Record<string, unknown>): string => {
    const data = { type: `${kind}.${name}`, b64_json: picture.toString('base64'), created_at: created, ...describeAnswer(order), ...more };
    return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  };
  const [first] = previewed;
  const partials = first ? Array.from({ length: order.partials }, (_, index) => event('partial_image', first, { partial_image_index: index })) : [];
  return [...partials, ...finished.map((picture) => event('completed', picture, { usage: usageOf(order, finished.length) }))].join('');
}
