import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { boundsOf, type Bounds, type Extent } from '../../src/core/geometry';
import type { Mask, PixelImage } from '../../src/core/image';
import { infilling } from '../../src/pixels/compose/infill';
import { placeAnswer } from '../../src/pixels/compose/place';
import { fillFromSurroundings } from '../../src/pixels/fill/fill';
import { atOnce } from '../../src/pixels/steps';
import { crop } from '../../src/pixels/transform/crop';
import { redraw, REDRAW_KINDS, type RedrawKind } from '../support/redraw';
import { galleryPage, type Exhibit, type Figure } from './galleryPage';
import { choiceOption, numberOption, seedOption } from './options';
import { loadMiddle, photographs } from './photographs';

/**
 * What went in, what a simulated model returned and what came out, as a page with the seams at 100 %: `npm run gallery [-- --seed n] [--photographs n] [--kinds brief,hard]`.
 */
const FOLDER = 'bench-results/gallery';
const SIDE = 1024;
/** Side of the details at 100 %, in pixels. */
const DETAIL = 320;

/** A canvas, what of it is to be drawn (0–255), the windows in which a model draws it, and the points to look at closely. */
interface Case {
  readonly name: string;
  readonly extent: Extent;
  readonly drawn: (x: number, y: number) => number;
  readonly windows: readonly Bounds[];
  readonly details: readonly { readonly x: number; readonly y: number }[];
}

/** A strip of 20:1, and the side of the picture at its left end from which a chain of tiles goes on. */
const STRIP: Extent = { width: 2480, height: 124 };
const LINK = 2 * STRIP.height;

const SQUARE: Extent = { width: SIDE, height: SIDE };
const WHOLE = [boundsOf(SQUARE)];

const CASES: readonly Case[] = [
  {
    name: 'both sides',
    extent: { width: 2 * SIDE, height: SIDE },
    drawn: (x) => (x < SIDE / 2 || x >= 1.5 * SIDE ? 255 : 0),
    windows: [{ ...SQUARE, x: 0, y: 0 }, { ...SQUARE, x: SIDE, y: 0 }],
    details: [{ x: 512, y: 200 }, { x: 512, y: 800 }, { x: 1536, y: 200 }, { x: 1536, y: 800 }],
  },
  { name: 'a hole in the middle', extent: SQUARE, drawn: (x, y) => (Math.hypot(x - 500, y - 540) < 200 ? 255 : 0), windows: WHOLE, details: [{ x: 320, y: 500 }, { x: 640, y: 680 }] },
  { name: 'a corner', extent: SQUARE, drawn: (x, y) => (x > 560 && y > 600 ? 255 : 0), windows: WHOLE, details: [{ x: 560, y: 600 }, { x: 800, y: 600 }] },
  { name: 'four sides', extent: SQUARE, drawn: (x, y) => (Math.min(x, y, SIDE - 1 - x, SIDE - 1 - y) < 192 ? 255 : 0), windows: WHOLE, details: [{ x: 192, y: 192 }, { x: 832, y: 700 }] },
  { name: 'an L', extent: SQUARE, drawn: (x, y) => (x < 300 || y > 760 ? 255 : 0), windows: WHOLE, details: [{ x: 300, y: 760 }, { x: 300, y: 300 }] },
  { name: 'a soft brush', extent: SQUARE, drawn: (x, y) => 255 * Math.max(0, Math.min(1, (260 - Math.hypot(x - 520, y - 500)) / 80)), windows: WHOLE, details: [{ x: 300, y: 480 }, { x: 700, y: 640 }] },
  {
    name: 'a chain to 20 to 1',
    extent: STRIP,
    drawn: (x) => (x >= LINK ? 255 : 0),
    windows: Array.from({ length: STRIP.width / STRIP.height - 2 }, (_, k) => ({ x: (k + 1) * STRIP.height, y: 0, width: LINK, height: STRIP.height })),
    details: [{ x: LINK, y: 62 }, { x: 10 * STRIP.height, y: 62 }, { x: STRIP.width - 160, y: 62 }],
  },
];

function maskOf({ extent, drawn }: Case): Mask {
  return { ...extent, data: Uint8Array.from({ length: extent.width * extent.height }, (_, i) => Math.round(drawn(i % extent.width, Math.floor(i / extent.width)))) };
}

/** The truth with the answers pasted over what is to be drawn, as a tool without composition does. */
function pasted(truth: PixelImage, mask: Mask, windows: readonly Bounds[], answers: readonly PixelImage[]): PixelImage {
  const out = { ...truth, data: truth.data.slice() };
  windows.forEach((window, k) => {
    for (let y = 0; y < window.height; y++) {
      for (let x = 0; x < window.width; x++) {
        const at = (window.y + y) * truth.width + window.x + x;
        const weight = (mask.data[at] ?? 0) / 255;
        for (let c = 4 * at; c < 4 * at + 3; c++) out.data[c] = weight * (answers[k]?.data[4 * (y * window.width + x) + c - 4 * at] ?? 0) + (1 - weight) * (truth.data[c] ?? 0);
      }
    }
  });
  return out;
}

/** What is sent, as a person would see it: what is to be drawn is left out where the mask is hard. */
function withHole(truth: PixelImage, mask: Mask): PixelImage {
  const out = { ...truth, data: truth.data.slice() };
  mask.data.forEach((value, i) => {
    if (value === 255) out.data.fill(0, 4 * i, 4 * i + 4);
  });
  return out;
}

/** The truth in the tone that the known part of a window has by now, channel by channel: a model goes on from what it is sent. */
function drawnOn(canvas: PixelImage, pending: Mask, truth: PixelImage, window: Bounds): PixelImage {
  const shown = crop(truth, window);
  const sums = [0, 1, 2].map(() => ({ canvas: 1, truth: 1 }));
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const at = (window.y + y) * canvas.width + window.x + x;
      if (pending.data[at] !== 0) continue;
      sums.forEach((sum, c) => {
        sum.canvas += canvas.data[4 * at + c] ?? 0;
        sum.truth += truth.data[4 * at + c] ?? 0;
      });
    }
  }
  return { ...shown, data: shown.data.map((value, i) => (value * (sums[i % 4]?.canvas ?? 1)) / (sums[i % 4]?.truth ?? 1)) };
}

/** The detail with a point in its middle, as far as the picture reaches. */
function around(x: number, y: number, { width, height }: Extent): Bounds {
  const size = { width: Math.min(DETAIL, width), height: Math.min(DETAIL, height) };
  const start = (at: number, length: number, room: number): number => Math.max(0, Math.min(room - length, Math.round(at - length / 2)));
  return { x: start(x, size.width, width), y: start(y, size.height, height), ...size };
}

async function exhibit(truth: PixelImage, name: string, each: Case, kind: RedrawKind, seed: number): Promise<Exhibit> {
  const mask = maskOf(each);
  const canvas = withHole(truth, mask);
  const sent = { ...canvas, data: canvas.data.slice() };
  atOnce(infilling(sent, mask));
  const offline = { ...canvas, data: canvas.data.slice() };
  await fillFromSurroundings(offline, { ...mask, data: mask.data.slice() }, seed, () => undefined);
  const pending = { ...mask, data: mask.data.slice() };
  const answers: PixelImage[] = [];
  const fits: boolean[] = [];
  for (const [k, window] of each.windows.entries()) {
    const answer = redraw(drawnOn(canvas, pending, truth, window), kind, seed + k);
    answers.push(answer);
    fits.push(await placeAnswer(canvas, pending, window, answer, 'exact'));
  }
  const paste = pasted(truth, mask, each.windows, answers);
  const save = async (what: string, image: PixelImage, view?: Bounds): Promise<Figure> => {
    const file = `${name}-${each.name}-${what}.${view ? 'png' : 'jpg'}`.replaceAll(' ', '-');
    const shown = view ? crop(image, view) : image;
    const raw = sharp(Buffer.from(shown.data.buffer, shown.data.byteOffset, shown.data.byteLength), { raw: { width: shown.width, height: shown.height, channels: 4 } }).removeAlpha();
    await (view ? raw.png() : raw.resize({ width: Math.round(shown.width / 2) }).jpeg({ quality: 88 })).toFile(`${FOLDER}/${file}`);
    return { file, caption: what.replace(/^\d+ /, '') };
  };
  const overview = [await save('sent to the model', sent)];
  for (const [k, answer] of answers.slice(0, 2).entries()) overview.push(await save(`answer ${k + 1}`, answer));
  overview.push(await save('result', canvas), await save('offline', offline));
  const details: Figure[][] = [];
  for (const [k, { x, y }] of each.details.entries()) {
    const view = around(x, y, truth);
    details.push([await save(`${k} pasted`, paste, view), await save(`${k} Easel`, canvas, view), await save(`${k} offline`, offline, view), await save(`${k} truth`, truth, view)]);
  }
  return { title: `${name}: ${each.name}, ${kind}${fits.includes(false) ? ' (did not fit)' : ''}`, overview, details };
}

async function main(): Promise<void> {
  const seed = seedOption();
  const chosen = photographs().slice(0, numberOption('photographs', Infinity));
  const kinds = choiceOption('kinds', REDRAW_KINDS);
  mkdirSync(FOLDER, { recursive: true });
  const exhibits: Exhibit[] = [];
  for (const [index, photograph] of chosen.entries()) {
    for (const [k, each] of CASES.entries()) {
      const truth = await loadMiddle(photograph, each.extent);
      exhibits.push(await exhibit(truth, photograph.name, each, kinds[(index + k) % kinds.length] ?? 'brief', seed + 100 * index + k));
      writeFileSync(`${FOLDER}/index.html`, galleryPage(seed, exhibits));
    }
    console.log(photograph.name);
  }
  console.log(`${FOLDER}/index.html, seed ${seed}`);
}

void main();
