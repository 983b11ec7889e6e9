import { mkdirSync, writeFileSync } from 'node:fs';
import type { PixelImage } from '../../src/core/image';
import { canvasMask } from '../../src/pixels/worker/canvas';
import { REDRAW_KINDS, type RedrawKind } from '../support/redraw';
import { bar, reportBars } from './bars';
import { CHAIN, SOURCE, STRIP } from './chain';
import { drawTile } from './drawTile';
import { LAYINGS } from './layings';
import { exactShare, quantile, seamGradientRatio } from './metrics';
import { choiceOption, numberOption, seedOption } from './options';
import { loadMiddle, photographs } from './photographs';

/**
 * A strip of 20:1, drawn tile after tile by a simulated model that goes on from what it is sent, so that what one tile gets wrong the next one sees: which chains stop because an answer is taken for another
 * picture, how well the seams meet (SGR beside the truth's), and how far the tone of the last tile's new part is from the truth's, in levels. One chain a photograph, kind and way of laying:
 * what a model changes all over its answer can be seen in the part that is known, and must not pile up; an uneven light in what is new, as in "hard", "redraw" and "worst", nothing that is known tells of, and no way takes back.
 * `npm run bench -- chains [--seed n] [--photographs n] [--kinds brief,hard]`.
 */
interface Row {
  readonly photograph: string;
  readonly kind: RedrawKind;
  readonly laying: LayingName;
  /** How many of its tiles were laid; the one after that did not fit. */
  readonly laid: number;
  /** Mean SGR over its seams, and over the same columns of the truth. */
  readonly sgr: number;
  readonly truthSgr: number;
  /** How far the means of its last tile's new part are from the truth's, in levels: the worst channel. */
  readonly drift: number;
  /** Share of the picture's pixels that are as they were. */
  readonly exact: number;
}

type LayingName = keyof typeof LAYINGS;
const OURS = 'Easel';
const NAMES = Object.keys(LAYINGS) as LayingName[];
/** The kinds that change tones all over and nothing unevenly. */
const EVEN: readonly RedrawKind[] = ['mild', 'brief', 'soft', 'far'];
/** So many levels, in the median, the last tile may be off where tones change evenly. */
const MOST_DRIFT = 3;

/** Where the new part of each tile begins, and where the last one's ends. */
const SEAMS = [SOURCE.width, ...CHAIN.map(({ window }) => window.x + window.width)];

async function measure(truth: PixelImage, photograph: string, kind: RedrawKind, laying: LayingName, seed: number): Promise<Row> {
  const pending = canvasMask(STRIP, { ...SOURCE, x: 0, y: 0 }, undefined);
  const canvas = { ...truth, data: truth.data.map((value, i) => (pending.data[i >> 2] === 0 ? value : 0)) };
  let laid = 0;
  for (const tile of CHAIN) {
    const { fits } = await drawTile(canvas, pending, truth, tile, { kind, seed: seed + laid, mode: 'exact', lay: LAYINGS[laying], drawsClear: false });
    if (!fits) break;
    laid++;
  }
  const seams = SEAMS.slice(0, laid);
  const mean = (image: PixelImage): number => seams.reduce((sum, seam) => sum + seamGradientRatio(image, seam), 0) / seams.length;
  const [from, to] = SEAMS.slice(Math.max(0, laid - 1)) as [number, number];
  return { photograph, kind, laying, laid, sgr: mean(canvas), truthSgr: mean(truth), drift: laid === 0 ? NaN : toneDifference(canvas, truth, from, to), exact: exactShare(canvas, truth, { ...SOURCE, x: 0, y: 0 }) };
}

/** The largest difference of a channel's mean over some columns, in levels. */
function toneDifference(image: PixelImage, truth: PixelImage, from: number, to: number): number {
  const sums = [0, 0, 0];
  for (let i = 0; i < truth.data.length; i++) {
    const x = (i >> 2) % truth.width;
    if (x >= from && x < to && i % 4 < 3) sums[i % 4] = (sums[i % 4] ?? 0) + (image.data[i] ?? 0) - (truth.data[i] ?? 0);
  }
  return Math.max(...sums.map(Math.abs)) / ((to - from) * truth.height);
}

function report(rows: readonly Row[], kinds: readonly RedrawKind[]): void {
  for (const kind of kinds) {
    console.log(`\n${`${kind}, ${CHAIN.length} tiles`.padEnd(24)}    stopped     SGR     p90   truth   drift     p90`);
    for (const laying of NAMES) {
      const all = rows.filter((row) => row.kind === kind && row.laying === laying);
      const whole = all.filter(isWhole);
      const column = (pick: (row: Row) => number, share: number): string => quantile(whole.map(pick), share).toFixed(2).padStart(8);
      const stopped = all.filter((row) => !isWhole(row)).map(({ photograph, laid }) => `   ${photograph} at tile ${laid + 1}`);
      const figures = [column(({ sgr }) => sgr, 0.5), column(({ sgr }) => sgr, 0.9), column(({ truthSgr }) => truthSgr, 0.5), column(({ drift }) => drift, 0.5), column(({ drift }) => drift, 0.9)];
      console.log(`${laying.padEnd(24)}${`${stopped.length} of ${all.length}`.padStart(11)}${figures.join('')}${stopped.join(',')}`);
    }
  }
  const ours = rows.filter(({ laying }) => laying === OURS);
  const even = ours.filter(({ kind }) => EVEN.includes(kind));
  const drifts = EVEN.filter((kind) => kinds.includes(kind)).map((kind) => bar(`tone of the last tile, "${kind}", levels`, quantile(even.filter((row) => row.kind === kind && isWhole(row)).map(({ drift }) => drift), 0.5), MOST_DRIFT));
  // A chain that stops has no last tile, and must not pass for one that keeps its tone.
  const stopped = bar('chains stopped where tones change evenly', even.filter((row) => !isWhole(row)).length, 0);
  reportBars([...drifts, stopped, bar('kept pixels changed, percent', 100 * (1 - Math.min(...ours.map(({ exact }) => exact))), 0)]);
}

function isWhole({ laid }: Row): boolean {
  return laid === CHAIN.length;
}

async function main(): Promise<void> {
  const seed = seedOption();
  const first = numberOption('from', 1) - 1;
  const chosen = photographs().slice(first, first + numberOption('photographs', Infinity));
  const kinds = choiceOption('kinds', REDRAW_KINDS);
  console.log(`Seed ${seed}, ${chosen.length} photographs, ${SOURCE.width}x${SOURCE.height} to ${STRIP.width}x${STRIP.height}.`);
  const rows: Row[] = [];
  for (const [index, photograph] of chosen.entries()) {
    const truth = await loadMiddle(photograph, STRIP);
    for (const kind of kinds) for (const laying of NAMES) rows.push(await measure(truth, photograph.name, kind, laying, seed + 1000 * (first + index) + 100 * REDRAW_KINDS.indexOf(kind)));
  }
  report(rows, kinds);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/chains.json', JSON.stringify({ seed, node: process.version, chains: rows }, undefined, 1));
}

void main();
