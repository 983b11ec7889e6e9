import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Bounds, Extent } from '../../src/core/geometry';
import type { Mask, PixelImage } from '../../src/core/image';
import { SEAMLESS_BAND } from '../../src/core/pixels';
import { nodeZlib } from '../../src/node/zlib';
import { fillFromSurroundings } from '../../src/pixels/fill/fill';
import { encodePng } from '../../src/pixels/png/encode';
import { placeAnswer } from '../../src/pixels/compose/place';
import { crop } from '../../src/pixels/transform/crop';
import { isOpaque } from '../../src/pixels/transform/words';
import { keptReport } from '../../src/pixels/worker/keptReport';
import { REDRAW_KINDS, type RedrawKind } from '../support/redraw';
import { drawTile, type DrawnTile } from './drawTile';
import { CASES, maskOf, truthOf, type Case } from './galleryCases';
import { galleryPage, type Exhibit, type Figure } from './galleryPage';
import { choiceOption, numberOption, seedOption } from './options';
import { loadMiddle, photographs, type Photograph } from './photographs';

/**
 * What went in, what a simulated model returned and what came out, as a page with the seams at 100 %:
 * `npm run gallery [-- --seed n] [--photographs n] [--from n] [--kinds brief,hard] [--cases 'a corner,an L']`. `--from 4` leaves out the first three photographs.
 */
const FOLDER = 'bench-results/gallery';
/** Side of the details at 100 %, and the largest width of the overviews, in pixels. */
const DETAIL = 320;
const OVERVIEW = 1024;

/** The truth with the answers pasted over what is to be drawn, as a tool without composition does. */
function pasted(truth: PixelImage, mask: Mask, { tiles: planned }: Case, tiles: readonly DrawnTile[]): PixelImage {
  const out = withHole(truth, mask);
  tiles.forEach(({ answer }, k) => {
    const window = planned[k]?.window;
    if (!window) return;
    for (let y = 0; y < window.height; y++) {
      for (let x = 0; x < window.width; x++) {
        const at = (window.y + y) * truth.width + window.x + x;
        const weight = (mask.data[at] ?? 0) / 255;
        if (weight === 0) continue;
        for (let c = 0; c < 4; c++) out.data[4 * at + c] = weight * (answer.data[4 * (y * window.width + x) + c] ?? 0) + (1 - weight) * (truth.data[4 * at + c] ?? 0);
      }
    }
  });
  return out;
}

/** A picture of which nothing is there where the mask draws all. */
function withHole(truth: PixelImage, mask: Mask): PixelImage {
  const out = { ...truth, data: truth.data.slice() };
  mask.data.forEach((value, i) => {
    if (value === 255) out.data.fill(0, 4 * i, 4 * i + 4);
  });
  return out;
}

/** The detail with a point in its middle, as far as the picture reaches. */
function around(x: number, y: number, { width, height }: Extent): Bounds {
  const size = { width: Math.min(DETAIL, width), height: Math.min(DETAIL, height) };
  const start = (at: number, length: number, room: number): number => Math.max(0, Math.min(room - length, Math.round(at - length / 2)));
  return { x: start(x, size.width, width), y: start(y, size.height, height), ...size };
}

/** Writes a picture beside the page: a part of it pixel for pixel, or all of it scaled down. */
async function save(file: string, caption: string, image: PixelImage, view?: Bounds): Promise<Figure> {
  const shown = view ? crop(image, view) : image;
  const clear = !isOpaque(shown);
  const raw = sharp(Buffer.from(shown.data.buffer, shown.data.byteOffset, shown.data.byteLength), { raw: { width: shown.width, height: shown.height, channels: 4 } });
  const ready = clear ? raw : raw.removeAlpha();
  const name = `${file}-${caption}`.replaceAll(/[ ,]+/g, '-');
  if (view) await ready.png().toFile(`${FOLDER}/${name}.png`);
  else await ready.resize({ width: OVERVIEW, withoutEnlargement: true }).webp({ quality: 90 }).toFile(`${FOLDER}/${name}.webp`);
  return { file: `${name}.${view ? 'png' : 'webp'}`, caption, clear };
}

async function exhibit(photograph: Photograph, each: Case, kind: RedrawKind, seed: number): Promise<Exhibit> {
  const truth = truthOf(await loadMiddle(photograph, each.extent), each);
  const mask = maskOf(each);
  const before = withHole(truth, mask);
  const offline = { ...before, data: before.data.slice() };
  await fillFromSurroundings(offline, { ...mask, data: mask.data.slice() }, seed, () => undefined);
  const canvas = { ...before, data: before.data.slice() };
  const pending = { ...mask, data: mask.data.slice() };
  const tiles: DrawnTile[] = [];
  for (const [k, tile] of each.tiles.entries()) {
    tiles.push(await drawTile(canvas, pending, truth, tile, { kind, seed: seed + k, mode: each.mode, lay: placeAnswer, drawsClear: each.clear?.drawn === true }));
    if (tiles.at(-1)?.fits === false) break;
  }
  const paste = pasted(truth, mask, each, tiles);
  const file = `${photograph.name}-${each.name}`;
  const overview: Figure[] = [];
  for (const [k, { sent, answer }] of tiles.entries()) {
    const which = tiles.length > 1 ? ` ${k + 1}` : '';
    overview.push(await save(file, `sent${which}`, sent), await save(file, `answer${which}`, answer));
  }
  const results = [await save(file, 'Easel', canvas), await save(file, 'offline', offline)];
  const details: Figure[][] = [];
  for (const [k, { x, y }] of each.details.entries()) {
    const view = around(x, y, truth);
    const detail = (caption: string, image: PixelImage): Promise<Figure> => save(`${file}-${k}`, caption, image, view);
    details.push([await detail('pasted', paste), await detail('Easel', canvas), await detail('offline', offline), await detail('truth', truth)]);
  }
  return { title: `${photograph.name}: ${each.name}, ${kind}`, notes: await notesOn(each, tiles, canvas, before, mask), overview, results, details };
}

/** What there is to be said of a case, the kept pixels counted in its PNG as the extension counts them. */
async function notesOn(each: Case, tiles: readonly DrawnTile[], canvas: PixelImage, before: PixelImage, mask: Mask): Promise<string[]> {
  const { kept, changed, beyond } = await keptReport(await encodePng(canvas, nodeZlib, {}), { mask, source: before, at: { x: 0, y: 0 } }, nodeZlib);
  const refused = tiles.findIndex(({ fits }) => !fits);
  return [
    `Kept pixels changed: ${changed} of ${kept}${changed > 0 ? `, ${beyond} of them further than ${SEAMLESS_BAND} px from the new part` : ''}.`,
    ...(refused >= 0 ? [`Answer ${refused + 1} of ${each.tiles.length} did not fit.`] : []),
    ...tiles.flatMap(({ background }) => (background === undefined ? [] : [background === 'cut-out' ? 'The answer’s background was cut out.' : 'The answer’s background could not be cut out.'])),
  ];
}

async function main(): Promise<void> {
  const seed = seedOption();
  const first = numberOption('from', 1) - 1;
  const chosen = photographs().slice(first, first + numberOption('photographs', Infinity));
  const kinds = choiceOption('kinds', REDRAW_KINDS);
  const names = choiceOption('cases', CASES.map(({ name }) => name.replace(',', '')));
  mkdirSync(FOLDER, { recursive: true });
  const exhibits: Exhibit[] = [];
  for (const [index, photograph] of chosen.entries()) {
    for (const [k, each] of CASES.entries()) {
      if (!names.includes(each.name.replace(',', ''))) continue;
      exhibits.push(await exhibit(photograph, each, kinds[(first + index + k) % kinds.length] ?? 'brief', seed + 100 * (first + index) + k));
      writeFileSync(`${FOLDER}/index.html`, galleryPage(seed, exhibits));
    }
    console.log(photograph.name);
  }
  console.log(`${FOLDER}/index.html, seed ${seed}`);
}

void main();
