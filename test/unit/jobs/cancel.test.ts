import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EditCall, GenerateCall } from '../../../src/core/engine';
import { ImageError } from '../../../src/core/errors';
import { sha256 } from '../../../src/core/hash';
import type { EncodedImage } from '../../../src/core/image';
import type { Picture } from '../../../src/core/pixels';
import type { ImageRequest, Source } from '../../../src/core/request';
import type { JobContext } from '../../../src/jobs/job';
import { runJob } from '../../../src/jobs/run';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, plainPng, ScriptedEngine, type JobBench } from '../../support/jobBench';
import { redrawnAs } from '../../support/modelAnswers';

const FOLDER = 'file:///w/images';
const BASE = { count: 2, seed: 7, embedRecipe: true, prompt: 'a fox', output: { kind: 'new', folder: FOLDER, stem: 'fox' } } as const;
const SIZE = { width: 128, height: 128 };
/** The methods of the pixels port that open a picture in the worker. */
const OPENS = ['open', 'resize', 'cover', 'canvas', 'copy', 'art'];

const pixels = inProcessPixels();

/** A bench on which every call of a port is a step, and the person cancels at one of them. */
class CancelBench {
  readonly bench: JobBench = jobBench(pixels);
  readonly open = new Set<number>();
  steps = 0;
  /** Signals of the requests that were under way. */
  readonly underWay: AbortSignal[] = [];

  constructor(private readonly cancelAt: number) {}

  context(): JobContext {
    const engine = new ScriptedEngine(draw);
    const context = this.bench.context(engine);
    const watched = this.watch({ ...pixels });
    return {
      ...context,
      files: this.watch(this.bench.files),
      outbox: this.watch(context.outbox),
      candidates: this.watch(context.candidates),
      ledger: this.watch(context.ledger),
      pixels: {
        ...watched,
        close: (...pictures) => {
          for (const { id } of pictures) this.open.delete(id);
          pixels.close(...pictures);
        },
      },
      engine: {
        id: engine.id,
        lane: engine.lane,
        model: engine.model,
        quality: engine.quality,
        paid: engine.paid,
        previews: engine.previews,
        generate: (call, { signal }) => this.drawn(signal, engine.generate(call)),
        edit: (call, { signal }) => this.drawn(signal, engine.edit(call)),
      },
    };
  }

  /** As a request does: it ends with the signal, and says so. */
  private async drawn<T>(signal: AbortSignal, drawing: Promise<T>): Promise<T> {
    this.step();
    this.underWay.push(signal);
    const result = await drawing;
    this.step();
    if (signal.aborted) throw new ImageError('cancelled', 'Cancelled.');
    return result;
  }

  private step(): void {
    this.steps += 1;
    if (this.steps === this.cancelAt) this.bench.controller.abort();
  }

  private watch<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          this.step();
          const result: unknown = member.apply(target, args);
          if (OPENS.includes(String(name)) && result instanceof Promise) return result.then((picture: Picture) => (this.open.add(picture.id), picture));
          return result;
        };
      },
    });
  }
}

const redrawn = redrawnAs('brief', 5);

/** What fits into the picture that is sent, so that all steps to the written file are taken. */
async function draw(call: GenerateCall | EditCall): Promise<EncodedImage[]> {
  if ('images' in call) return redrawn(call);
  return Promise.all(Array.from({ length: call.count }, async (_, index) => ({ bytes: await plainPng(pixels, call.extent, index), format: 'png' as const })));
}

describe('a job that is cancelled at any step', () => {
  let source: Source;
  before(async () => {
    const bytes = await plainPng(pixels, SIZE, 3);
    source = { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
  });
  after(() => pixels.dispose());

  const requests: Record<string, () => ImageRequest> = {
    generate: () => ({ ...BASE, operation: 'generate', extent: SIZE, format: 'png' }),
    'generate another size': () => ({ ...BASE, operation: 'generate', extent: { width: 100, height: 60 }, format: 'png' }),
    'generate candidates': () => ({ ...BASE, operation: 'generate', extent: SIZE, format: 'png', output: { kind: 'candidates', run: 'r', folder: FOLDER, stem: 'fox' } }),
    edit: () => ({ ...BASE, operation: 'inpaint', source, region: { kind: 'bounds', bounds: { x: 8, y: 8, width: 32, height: 32 } }, mode: 'exact' }),
    vary: () => ({ ...BASE, operation: 'variation', source, strength: 'subtle' }),
    widen: () => ({ ...BASE, count: 1, operation: 'outpaint', source, target: { kind: 'extent', extent: { width: 256, height: 128 } }, anchor: { x: 0.5, y: 0.5 }, mode: 'exact' }),
    blend: () => ({ ...BASE, operation: 'blend', sources: [source, source] }),
  };

  for (const [name, request] of Object.entries(requests)) {
    it(`${name}: leaves nothing behind but what it names and what is paid for, and ends its requests`, async () => {
      const whole = new CancelBench(0);
      await runJob(request(), whole.context());
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: whole.steps }), async (cancelAt) => {
          const tried = new CancelBench(cancelAt);
          const context = tried.context();
          const { files, told } = await runJob(request(), context).then(
            (result) => ({ files: result.files, told: undefined }),
            (error: ImageError) => ({ files: error.files, told: error.spent?.usd ?? 0 }),
          );
          const { bench } = tried;
          assert.deepEqual([...bench.files.files.keys()].sort(), [...files].sort(), 'files that are not named');
          assert.deepEqual([...tried.open], [], 'pictures left open in the worker');
          for (const signal of tried.underWay) assert.equal(signal, bench.controller.signal);
          // Of what is there, each is a whole picture that is paid for, with what is said of it.
          const left = [...bench.storage.entries.keys()].filter((entry) => entry.startsWith('outbox/'));
          assert.deepEqual(left.filter((entry) => !/\.(?:bin|json)$/.test(entry)), [], 'bodies and halves of answers');
          for (const entry of left) assert.ok(bench.storage.entries.has(entry.replace(/json$/, 'bin')), `${entry} alone`);
          // Nobody is asked about a job that they have just cancelled, and nothing stays set aside for it.
          assert.deepEqual((await context.outbox.unsaved()).filter(({ kind }) => kind === 'answer'), []);
          const spent = (await context.ledger.list()).map(({ usd }) => usd ?? 0).reduce((sum, usd) => sum + usd, 0);
          assert.ok(Math.abs((await context.ledger.taken()) - spent) < 1e-6, 'money left set aside');
          if (told !== undefined) assert.ok(Math.abs(told - spent) < 1e-6, `told of $${told}, counted $${spent}`);
        }),
        { numRuns: 6 },
      );
    });
  }
});
