import assert from 'node:assert/strict';
import fc from 'fast-check';
import sharp from 'sharp';
import { ImageError } from '../../../src/core/errors';
import type { Extent, Point } from '../../../src/core/geometry';
import { sha256 } from '../../../src/core/hash';
import type { PixelImage } from '../../../src/core/image';
import type { ModelSpec } from '../../../src/core/models';
import type { Pixels, Region } from '../../../src/core/pixels';
import type { InpaintRequest, OutpaintRequest, Source } from '../../../src/core/request';
import type { JobNote } from '../../../src/jobs/job';
import { runJob } from '../../../src/jobs/run';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, ScriptedEngine, TINY_MODEL } from '../../support/jobBench';
import { redrawnAs } from '../../support/modelAnswers';
import { REDRAW_KINDS } from '../../support/redraw';
import { render, waves } from '../../support/scene';

const BASE = { prompt: 'a fox', mode: 'exact', count: 1, seed: 7, embedRecipe: true, output: { kind: 'new', folder: 'file:///w', stem: 'kept' } } as const;

/** Free sizes, three forms, and one square. */
const RULES: readonly ModelSpec['sizes'][] = [
  TINY_MODEL.sizes,
  { kind: 'list', extents: [{ width: 96, height: 96 }, { width: 144, height: 96 }, { width: 96, height: 144 }] },
  { kind: 'list', extents: [{ width: 96, height: 96 }] },
];

/** Alpha by place: none, a clear background with colours that nobody sees, a soft fade. */
const ALPHAS = { opaque: () => 255, holes: (x: number, y: number) => ((x >> 4) + (y >> 4)) % 3 === 0 ? 0 : 255, fade: (x: number) => Math.min(255, 3 * x) };
/** Masks by place, 0 keeps: a disc, a soft disc, a comb that reaches the edges, pixels here and there. */
const MASKS = {
  disc: (x: number, y: number) => ((x - 40) ** 2 + (y - 40) ** 2 < 500 ? 255 : 0),
  soft: (x: number, y: number) => Math.max(0, Math.min(255, Math.round(400 - 12 * Math.hypot(x - 30, y - 36)))),
  comb: (x: number, y: number) => (x % 24 < 9 || y < 5 ? 255 : 0),
  dots: (x: number, y: number) => ((x * 31 + y * 17) % 97 < 3 ? 255 : 0),
} satisfies Record<string, (x: number, y: number) => number>;

/** Cases of each kind of job. */
const RUNS = 12;

const edge = fc.integer({ min: 40, max: 120 });
const share = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const cases = fc.record({
  extent: fc.record({ width: edge, height: edge }),
  alpha: fc.constantFrom(...Object.values(ALPHAS)),
  sizes: fc.constantFrom(...RULES),
  transparent: fc.boolean(),
  redraw: fc.constantFrom(...REDRAW_KINDS),
  seed: fc.nat(1000),
});
const regions = fc.oneof(
  fc.record({ kind: fc.constant('bounds' as const), x: share, y: share, width: share, height: share }),
  fc.record({ kind: fc.constant('mask' as const), value: fc.constantFrom(...Object.values(MASKS)), byAlpha: fc.boolean() }),
);
const growths = fc.record({ width: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 })), height: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 })), x: share, y: share }).filter(({ width, height }) => width + height > 0);

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
type Asked = typeof regions extends fc.Arbitrary<infer T> ? T : never;

/** A PNG by sharp. */
function pngOf({ width, height, data }: PixelImage): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } }).png().toBuffer();
}

async function sourceOf(image: PixelImage): Promise<Source> {
  const bytes = await pngOf(image);
  return { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
}

function pictureOf({ extent: { width, height }, alpha, seed }: Case): PixelImage {
  const image = render(waves(seed % 7), width, height);
  for (let i = 0; i < width * height; i++) image.data[4 * i + 3] = alpha(i % width, Math.floor(i / width));
  return image;
}

/** A region as a request names it, and what it draws, by pixel. */
async function regionOf(asked: Asked, { width, height }: Extent): Promise<{ readonly region: Region; readonly draws: (x: number, y: number) => boolean }> {
  if (asked.kind === 'bounds') {
    const size = { width: Math.max(1, Math.round(asked.width * width)), height: Math.max(1, Math.round(asked.height * height)) };
    const bounds = { ...size, x: Math.round(asked.x * (width - size.width)), y: Math.round(asked.y * (height - size.height)) };
    return { region: { kind: 'bounds', bounds }, draws: (x, y) => x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height };
  }
  const { value, byAlpha } = asked;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const drawn = value(i % width, Math.floor(i / width));
    data.set(byAlpha ? [9, 9, 9, 255 - drawn] : [drawn, drawn, drawn, 255], 4 * i);
  }
  return { region: { kind: 'file', bytes: await pngOf({ width, height, data }) }, draws: (x, y) => value(x, y) >= (byAlpha ? 1 : 128) };
}

describe('the kept pixels of whole jobs', () => {
  const pixels = inProcessPixels();
  after(() => pixels.dispose());

  /** Runs a job with a model that redraws all it sees; answers what sharp reads from the file. Undefined where the model's answer, or the picture for that model, is refused: nothing is written then. */
  async function draw(request: InpaintRequest | OutpaintRequest, { sizes, transparent, redraw, seed }: Case): Promise<{ readonly image: PixelImage; readonly notes: readonly JobNote[] } | undefined> {
    const bench = jobBench(pixels);
    const { transparent: _, ...spec } = TINY_MODEL;
    const model: ModelSpec = { ...spec, sizes, ...(transparent ? { transparent } : {}) };
    try {
      const { files, notes } = await runJob(request, bench.context(new ScriptedEngine(redrawnAs(redraw, seed), model)));
      const bytes = bench.files.files.get(files[0] ?? '');
      assert.ok(bytes && files.length === 1);
      const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      return { image: { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }, notes };
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      assert.match(`${error.reason}: ${error.message}`, /^does-not-fit|^bad-argument: .*(too small|more than|within 256 requests)/);
      assert.equal(bench.files.files.size, 0);
      return undefined;
    }
  }

  /** Asserts that every pixel of `before` that is not drawn lies at `at`, that the note counts those, and that one drawn pixel at least is there. */
  function assertKept(before: PixelImage, { image, notes }: { readonly image: PixelImage; readonly notes: readonly JobNote[] }, at: Point, draws: (x: number, y: number) => boolean): void {
    let kept = 0;
    for (let y = 0; y < before.height; y++) {
      for (let x = 0; x < before.width; x++) {
        if (draws(x, y)) continue;
        kept++;
        const from = 4 * (y * before.width + x);
        const to = 4 * ((y + at.y) * image.width + x + at.x);
        for (let c = 0; c < 4; c++) if (before.data[from + c] !== image.data[to + c]) assert.fail(`pixel ${x},${y} changed: ${before.data.subarray(from, from + 4).join()} to ${image.data.subarray(to, to + 4).join()}`);
      }
    }
    const report = notes.flatMap((note) => (note.note === 'kept' ? [note.report] : []));
    assert.deepEqual(report, [{ kept, changed: 0, beyond: 0 }]);
  }

  it('are the source’s after an edit, whatever picture, alpha, mask, model and redraw', async () => {
    let written = 0;
    const property = fc.asyncProperty(cases, regions, async (one, asked) => {
      const before = pictureOf(one);
      const { region, draws } = await regionOf(asked, before);
      const drawn = await draw({ ...BASE, operation: 'inpaint', source: await sourceOf(before), region }, one);
      if (!drawn) return;
      written++;
      assert.deepEqual([drawn.image.width, drawn.image.height], [before.width, before.height]);
      assertKept(before, drawn, { x: 0, y: 0 }, draws);
    });
    await fc.assert(property, { numRuns: RUNS });
    assert.ok(written > RUNS / 2, `${written} of ${RUNS} were written`);
  });

  it('are the source’s after a widening, whatever picture, alpha, target, anchor, model and redraw', async () => {
    let written = 0;
    const property = fc.asyncProperty(cases, growths, async (one, { width, height, x, y }) => {
      const before = pictureOf(one);
      const extent = { width: before.width + width, height: before.height + height };
      const drawn = await draw({ ...BASE, operation: 'outpaint', source: await sourceOf(before), target: { kind: 'extent', extent }, anchor: { x, y } }, one);
      if (!drawn) return;
      written++;
      assert.deepEqual([drawn.image.width, drawn.image.height], [extent.width, extent.height]);
      assertKept(before, drawn, { x: Math.floor(width * x), y: Math.floor(height * y) }, () => false);
    });
    await fc.assert(property, { numRuns: RUNS });
    assert.ok(written > RUNS / 2, `${written} of ${RUNS} were written`);
  });

  const plain: Case = { extent: { width: 1, height: 1 }, alpha: ALPHAS.opaque, sizes: TINY_MODEL.sizes, transparent: false, redraw: 'brief', seed: 3 };

  it('are the source’s where the picture is a few pixels, or a line', async () => {
    let written = 0;
    for (const extent of [{ width: 1, height: 1 }, { width: 2, height: 3 }, { width: 1, height: 18 }, { width: 57, height: 3 }]) {
      for (const alpha of [ALPHAS.opaque, ALPHAS.fade]) {
        const one = { ...plain, extent, alpha };
        const before = pictureOf(one);
        const source = await sourceOf(before);
        for (const by of [{ width: 1, height: 0 }, { width: 0, height: 2 }, { width: 30, height: 50 }]) {
          const target = { width: extent.width + by.width, height: extent.height + by.height };
          const drawn = await draw({ ...BASE, operation: 'outpaint', source, target: { kind: 'extent', extent: target }, anchor: { x: 0.5, y: 1 } }, one);
          if (!drawn) continue;
          written++;
          assertKept(before, drawn, { x: Math.floor(by.width / 2), y: by.height }, () => false);
        }
      }
    }
    assert.ok(written > 8, `${written} of 24 were written`);
  });

  it('are none where a mask draws all of the picture', async () => {
    for (const one of [{ ...plain, extent: { width: 64, height: 80 } }, { ...plain, extent: { width: 150, height: 70 } }]) {
      const before = pictureOf(one);
      const { region } = await regionOf({ kind: 'mask', value: () => 255, byAlpha: true }, before);
      const drawn = await draw({ ...BASE, operation: 'inpaint', source: await sourceOf(before), region }, one);
      assert.ok(drawn);
      assert.deepEqual([drawn.image.width, drawn.image.height], [before.width, before.height]);
      assertKept(before, drawn, { x: 0, y: 0 }, () => true);
    }
  });

  it('are all of them where a mask draws nothing: that is refused before anything is sent', async () => {
    const before = pictureOf({ ...plain, extent: { width: 64, height: 80 } });
    const { region } = await regionOf({ kind: 'mask', value: () => 0, byAlpha: false }, before);
    const engine = new ScriptedEngine(redrawnAs('brief', 5), TINY_MODEL);
    const bench = jobBench(pixels);
    await assert.rejects(runJob({ ...BASE, operation: 'inpaint', source: await sourceOf(before), region }, bench.context(engine)), { reason: 'bad-argument' });
    assert.deepEqual([engine.calls.length, bench.files.files.size], [0, 0]);
  });

  it('write no file where the check of one counts a single change', async () => {
    const image = render(waves(1), 96, 96);
    const doubtful: Pixels = {
      ...pixels,
      finish: async (...args) => {
        const { png, report } = await pixels.finish(...args);
        return { png, report: { ...report, changed: 1 } };
      },
    };
    const request: InpaintRequest = { ...BASE, operation: 'inpaint', source: await sourceOf(image), region: { kind: 'bounds', bounds: { x: 30, y: 30, width: 20, height: 20 } } };
    const bench = jobBench(pixels);
    const context = bench.context(new ScriptedEngine(redrawnAs('brief', 5), TINY_MODEL), { pixels: doubtful });
    await assert.rejects(runJob(request, context), { reason: 'bad-answer' });
    assert.equal(bench.files.files.size, 0);
    assert.equal((await runJob({ ...request, mode: 'seamless' }, context)).files.length, 1);
  });
});
