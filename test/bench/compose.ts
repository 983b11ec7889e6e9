import { mkdirSync, writeFileSync } from 'node:fs';
import type { Bounds } from '../../src/core/geometry';
import type { PixelImage } from '../../src/core/image';
import { placeAnswer } from '../../src/pixels/compose/place';
import { crop, paste } from '../../src/pixels/transform/crop';
import { blank } from '../../src/pixels/worker/canvas';
import { redraw, REDRAW_KINDS } from '../support/redraw';
import type { RedrawKind } from '../support/redraw';
import { bar, reportBars, type Bar } from './bars';
import { composeMemory, composeOnce, type Composer } from './composeMemory';
import { choiceOption, numberOption, option, seedOption } from './options';
import { exactShare, psnr, quantile, seamGradientRatio, seamStep, ssim } from './metrics';
import { loadMiddle, photographs } from './photographs';
import type { Photograph } from './photographs';

/**
 * Widening 1024² to 2048x1024 by two answers of 1024², on photographs whose truth is known. `npm run bench -- compose [--seed n] [--photographs n] [--kinds brief,hard]`;
 * without a seed a fresh one is taken and printed.
 */
const SIDE = 1024;
const EXTENT = { width: 2 * SIDE, height: SIDE };
const ORIGINAL: Bounds = { x: SIDE / 2, y: 0, width: SIDE, height: SIDE };
const WINDOWS: readonly Bounds[] = [
  { x: 0, y: 0, width: SIDE, height: SIDE },
  { x: SIDE, y: 0, width: SIDE, height: SIDE },
];
const NEW_AREAS: readonly Bounds[] = [
  { x: 0, y: 0, width: SIDE / 2, height: SIDE },
  { x: (3 * SIDE) / 2, y: 0, width: SIDE / 2, height: SIDE },
];
const SEAMS = [SIDE / 2, (3 * SIDE) / 2];
const FEATHER = 64;
const OURS = 'Easel, exact';

/** One way of making the wide picture out of the original and the two answers, with the columns where its seams are. */
interface Method {
  readonly name: string;
  readonly seams: readonly number[];
  readonly compose: (original: PixelImage, answers: readonly PixelImage[]) => PixelImage | Promise<PixelImage>;
}

const METHODS: readonly Method[] = [
  { name: "the article's halves, stitched", seams: [SIDE], compose: (_, answers) => stitched(answers) },
  { name: 'original pasted back, hard edge', seams: SEAMS, compose: (original, answers) => pasted(original, answers, 0) },
  { name: `feather ${FEATHER} px into the original`, seams: SEAMS, compose: (original, answers) => pasted(original, answers, FEATHER) },
  { name: 'Easel, seamless', seams: SEAMS, compose: (original, answers) => placed(original, answers, 'seamless') },
  { name: OURS, seams: SEAMS, compose: (original, answers) => placed(original, answers, 'exact') },
];

function stitched(answers: readonly PixelImage[]): PixelImage {
  const out = blank(EXTENT);
  answers.forEach((answer, k) => paste(out, answer, { x: k * SIDE, y: 0 }));
  return out;
}

function pasted(original: PixelImage, answers: readonly PixelImage[], feather: number): PixelImage {
  const out = stitched(answers);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const weight = feather === 0 ? 1 : Math.min(1, (Math.min(x, SIDE - 1 - x) + 1) / (feather + 1));
      const to = 4 * (y * out.width + ORIGINAL.x + x);
      for (let c = 0; c < 4; c++) out.data[to + c] = weight * (original.data[4 * (y * SIDE + x) + c] as number) + (1 - weight) * (out.data[to + c] as number);
    }
  }
  return out;
}

async function placed(original: PixelImage, answers: readonly PixelImage[], mode: 'exact' | 'seamless'): Promise<PixelImage> {
  const out = blank(EXTENT);
  paste(out, original, ORIGINAL);
  const pending = { ...EXTENT, data: new Uint8Array(EXTENT.width * EXTENT.height).fill(255) };
  for (let y = 0; y < SIDE; y++) pending.data.fill(0, y * out.width + ORIGINAL.x, y * out.width + ORIGINAL.x + SIDE);
  for (const [k, window] of WINDOWS.entries()) {
    const answer = answers[k];
    if (answer && !(await placeAnswer(out, pending, window, answer, mode))) throw new Error('An answer did not fit.');
  }
  return out;
}

/** What one method did on one photograph under one kind of redraw. */
interface Measurement {
  readonly photograph: string;
  readonly kind: RedrawKind;
  readonly method: string;
  readonly sgr: number;
  readonly truthSgr: number;
  readonly step: number;
  readonly psnr: number;
  readonly ssim: number;
  readonly exact: number;
  readonly cpuMs: number;
}

async function measure(truth: PixelImage, photograph: string, kind: RedrawKind, seed: number): Promise<Measurement[]> {
  const original = crop(truth, ORIGINAL);
  const answers = WINDOWS.map((window, k) => redraw(crop(truth, window), kind, seed + k));
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const rows: Measurement[] = [];
  for (const method of METHODS) {
    const started = process.cpuUsage();
    const out = await method.compose(original, answers);
    const cpu = process.cpuUsage(started);
    rows.push({
      photograph,
      kind,
      method: method.name,
      sgr: mean(method.seams.map((seam) => seamGradientRatio(out, seam))),
      truthSgr: mean(method.seams.map((seam) => seamGradientRatio(truth, seam))),
      step: mean(method.seams.map((seam) => seamStep(out, truth, seam))),
      psnr: psnr(out, truth, NEW_AREAS),
      ssim: ssim(out, truth, NEW_AREAS),
      exact: exactShare(out, truth, ORIGINAL),
      cpuMs: (cpu.user + cpu.system) / 1000,
    });
  }
  return rows;
}

/** What was asked of the composition. */
function barsOf(all: readonly Measurement[], kinds: readonly RedrawKind[]): Bar[] {
  const ours = all.filter((each) => each.method === OURS);
  const sgr = (kind: RedrawKind, share: number): number => quantile(ours.filter((each) => each.kind === kind).map((each) => each.sgr), share);
  return [
    ...(kinds.includes('brief') ? [bar('brief, SGR', sgr('brief', 0.5), 1.2), bar('brief, SGR, p90', sgr('brief', 0.9), 1.4)] : []),
    ...(kinds.includes('hard') ? [bar('hard, SGR', sgr('hard', 0.5), 1.2)] : []),
    bar('PSNR below the hard paste, pictures', ours.filter((each) => isBelowHardPaste(each, all)).length, 0),
    bar('kept pixels changed, percent', 100 * (1 - Math.min(...ours.map((each) => each.exact))), 0),
    bar('composition, CPU ms', quantile(ours.map((each) => each.cpuMs), 0.5), 500),
  ];
}

function isBelowHardPaste({ kind, photograph, psnr: own }: Measurement, all: readonly Measurement[]): boolean {
  return all.some((other) => other.kind === kind && other.photograph === photograph && other.method.startsWith('original pasted') && other.psnr > own);
}

function report(all: readonly Measurement[], kinds: readonly RedrawKind[]): void {
  const column = (value: number, digits: number): string => value.toFixed(digits).padStart(8);
  for (const kind of kinds) {
    console.log(`\n${kind.padEnd(34)}     SGR     p90    step    PSNR    SSIM   exact  CPU ms`);
    for (const { name } of METHODS) {
      const rows = all.filter((each) => each.kind === kind && each.method === name);
      const median = (pick: (each: Measurement) => number): number => quantile(rows.map(pick), 0.5);
      const sgrs = rows.map((each) => each.sgr);
      console.log(
        `${name.padEnd(34)}${column(quantile(sgrs, 0.5), 2)}${column(quantile(sgrs, 0.9), 2)}${column(median((each) => each.step), 2)}${column(median((each) => each.psnr), 1)}` +
          `${column(median((each) => each.ssim), 3)}${column(100 * Math.min(...rows.map((each) => each.exact)), 1)}${column(median((each) => each.cpuMs), 0)}`,
      );
    }
    const ours = all.filter((each) => each.kind === kind && each.method === OURS);
    const worse = ours.filter((each) => isBelowHardPaste(each, all));
    console.log(`PSNR below the hard paste: ${worse.length} of ${ours.length}${worse.length > 0 ? `, ${worse.map((each) => each.photograph).join(', ')}` : ''}`);
  }
  console.log(`\nSGR of the untouched photographs: ${quantile(all.map((each) => each.truthSgr), 0.5).toFixed(2)}`);
}

/** How often an answer is taken for another picture: the same photograph drawn again (never, one hopes), and every other photograph (always). On 512x512, half of it known. */
async function reportFits(chosen: readonly Photograph[], seed: number): Promise<{ readonly honest: number; readonly refusedHonest: number; readonly other: number; readonly acceptedOther: number }> {
  const side = SIDE / 2;
  const window = { x: 0, y: 0, width: side, height: side };
  const pictures = await Promise.all(chosen.map(async (photograph) => loadMiddle(photograph, window)));
  const fits = async (picture: PixelImage, answer: PixelImage): Promise<boolean> => {
    const pending = { width: side, height: side, data: Uint8Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 255 : 0)) };
    return await placeAnswer({ ...picture, data: picture.data.slice() }, pending, window, answer, 'exact');
  };
  const counts = { honest: 0, refusedHonest: 0, other: 0, acceptedOther: 0 };
  for (const [index, picture] of pictures.entries()) {
    for (const [k, kind] of REDRAW_KINDS.entries()) {
      counts.honest++;
      if (!(await fits(picture, redraw(picture, kind, seed + 1000 * index + k)))) counts.refusedHonest++;
    }
    for (const other of pictures.filter((each) => each !== picture)) {
      counts.other++;
      if (await fits(picture, other)) counts.acceptedOther++;
    }
  }
  console.log(`The same photograph drawn again, refused: ${counts.refusedHonest} of ${counts.honest}. Another photograph, accepted: ${counts.acceptedOther} of ${counts.other}.`);
  return counts;
}

async function main(): Promise<void> {
  const seed = seedOption();
  const chosen = photographs().slice(0, numberOption('photographs', Infinity));
  const kinds = choiceOption('kinds', REDRAW_KINDS);
  console.log(`Seed ${seed}, ${chosen.length} photographs, ${SIDE}² to ${EXTENT.width}x${EXTENT.height}.`);
  const all: Measurement[] = [];
  for (const [index, photograph] of chosen.entries()) {
    const truth = await loadMiddle(photograph, EXTENT);
    for (const [k, kind] of kinds.entries()) {
      const rows = await measure(truth, photograph.name, kind, seed + 1000 * index + 100 * k);
      all.push(...rows);
      const ours = rows.find((row) => row.method === OURS);
      console.log(`${photograph.name.padEnd(16)} ${kind.padEnd(8)} SGR ${ours?.sgr.toFixed(2)}, PSNR ${ours?.psnr.toFixed(1)}, ${ours?.cpuMs.toFixed(0)} ms`);
    }
  }
  report(all, kinds);
  const fits = await reportFits(chosen, seed);
  const memory = await composeMemory(chosen[0] as Photograph, seed);
  const bars = barsOf(all, kinds);
  reportBars(bars);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/compose.json', JSON.stringify({ seed, node: process.version, bars, fits, memory, measurements: all }, undefined, 1));
}

const composer = option('child');
if (composer === undefined) void main();
else void composeOnce(composer as Composer, option('folder') ?? '', numberOption('side', NaN)).then((mb) => console.log(mb));
