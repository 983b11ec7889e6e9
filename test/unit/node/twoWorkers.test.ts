import assert from 'node:assert/strict';
import { once } from 'node:events';
import path from 'node:path';
import { mock } from 'node:test';
import { Worker } from 'node:worker_threads';
import { boundingBox } from '../../../src/core/empty';
import type { Bounds } from '../../../src/core/geometry';
import type { Canvas, ComposeMode, Tile } from '../../../src/core/pixels';
import type { WorkerPort } from '../../../src/core/ports';
import { portOf } from '../../../src/node/workerThread';
import { nodeZlib } from '../../../src/node/zlib';
import { createPixelClient, type PixelClient } from '../../../src/pixels/client';
import { encodePng } from '../../../src/pixels/png/encode';
import type { FromWorker, ToWorker } from '../../../src/pixels/worker/messages';
import { render, waves, type Scene } from '../../support/scene';
import { ROOT } from '../../support/vscode/root';

const EXTENT = { width: 320, height: 120 };
const SOURCE: Bounds = { x: 30, y: 0, width: 260, height: 120 };
/** In pixels of the source: partly in the left window and partly in the right one, and all of it in the middle one, which touches both. */
const HOLE: Bounds = { x: 90, y: 40, width: 60, height: 20 };
const tileAt = (x: number): Tile => ({ window: { x, y: 0, width: 160, height: 120 }, asked: { width: 192, height: 144 }, after: [] });
const [LEFT, RIGHT, MIDDLE] = [tileAt(0), tileAt(160), tileAt(70)];

const scene = waves(5, 8);
/** What a model returns for a tile: a little warmer. */
const answerTo = ({ window, asked }: Tile): Promise<Uint8Array> => {
  const scale = window.width / asked.width;
  const warm: Scene = (x, y) => scene(window.x + (x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5).map((level, c) => level + 4 * (1 - c)) as [number, number, number];
  return encodePng(render(warm, asked.width, asked.height), nodeZlib, {});
};

/** A worker and the operations that it was called for. */
interface Seen {
  readonly worker: Worker;
  readonly calls: string[];
}

describe('two pixel workers', () => {
  const seen: Seen[] = [];
  const answers = new Map<Tile, Uint8Array>();
  let source: Uint8Array;
  /** Told each call before it goes to its worker. */
  let onCall: (operation: string, worker: Worker) => void;
  /** Decides when what a call's worker answered reaches the client. */
  let whenDone: (operation: string) => Promise<unknown> | undefined;

  const spawn = (): WorkerPort => {
    const worker = new Worker(path.join(ROOT, 'out/test/pixelWorker.js'));
    const calls: string[] = [];
    const names = new Map<number, string>();
    seen.push({ worker, calls });
    const port = portOf(worker);
    return {
      ...port,
      post(message, transfer) {
        const sent = message as ToWorker;
        if (sent.type === 'call') {
          calls.push(sent.operation);
          names.set(sent.id, sent.operation);
        }
        port.post(message, transfer);
        if (sent.type === 'call') onCall(sent.operation, worker);
      },
      onMessage: (listener) =>
        port.onMessage((message) => {
          const held = whenDone(names.get((message as FromWorker).id) ?? '');
          if (held) void held.then(() => listener(message));
          else listener(message);
        }),
    };
  };

  before(async () => {
    source = await encodePng(render(scene, SOURCE.width, SOURCE.height, SOURCE.x), nodeZlib, { effort: 'quick' });
    for (const tile of [LEFT, MIDDLE, RIGHT]) answers.set(tile, await answerTo(tile));
  });
  beforeEach(() => {
    onCall = () => undefined;
    whenDone = () => undefined;
  });
  afterEach(async () => {
    await Promise.all(seen.splice(0).map(({ worker }) => worker.terminate()));
  });

  async function canvasOn(pixels: PixelClient): Promise<Canvas> {
    return pixels.canvas(await pixels.open(source), EXTENT, SOURCE, { kind: 'bounds', bounds: HOLE });
  }

  async function place(pixels: PixelClient, canvas: Canvas, tile: Tile, mode: ComposeMode = 'exact', signal?: AbortSignal): Promise<void> {
    assert.ok((await pixels.placeTile(canvas, tile, answers.get(tile) ?? assert.fail(), mode, signal)).fits);
  }

  async function pngOf(pixels: PixelClient, canvas: Canvas): Promise<Buffer> {
    return Buffer.from(await pixels.encode(canvas, { format: 'png' }));
  }

  /** Makes all tiles ready and lays them, at once, in both modes, and answers every byte that comes of it. */
  async function drawn(workers: 1 | 2): Promise<readonly Buffer[]> {
    const pixels = createPixelClient(spawn, workers === 2 ? 0 : Infinity);
    const tiles = [LEFT, MIDDLE, RIGHT];
    const made: Buffer[] = [];
    for (const mode of ['exact', 'seamless'] as const) {
      const canvas = await canvasOn(pixels);
      const inputs = await Promise.all(tiles.map((tile) => pixels.tileInput(canvas, tile, false)));
      await Promise.all(tiles.map((tile) => place(pixels, canvas, tile, mode)));
      made.push(...inputs.flatMap(({ image, mask }) => [Buffer.from(image), Buffer.from(mask)]), await pngOf(pixels, canvas));
    }
    pixels.dispose();
    return made;
  }

  it('draw what one draws, to the bit, though tiles touch', async () => {
    const one = await drawn(1);
    assert.equal(seen.length, 1);
    const two = await drawn(2);
    assert.deepEqual(two.map((bytes, k) => bytes.equals(one[k] ?? assert.fail())), Array(14).fill(true));
    assert.deepEqual(seen[2]?.calls, ['inputOf', 'compose', 'inputOf', 'compose']);
  });

  it('are at work at the same time: neither has ended before the other has begun', async () => {
    let arrive = (): void => undefined;
    const both = new Promise<void>((resolve) => (arrive = resolve));
    const ended = new Set<string>();
    whenDone = (operation) => {
      if (operation !== 'placeTile' && operation !== 'compose') return undefined;
      if (ended.add(operation).size === 2) arrive();
      return both;
    };
    const pixels = createPixelClient(spawn, 0);
    const canvas = await canvasOn(pixels);
    await Promise.all([place(pixels, canvas, LEFT), place(pixels, canvas, RIGHT)]);
    assert.deepEqual(ended, new Set(['placeTile', 'compose']));
    pixels.dispose();
  });

  it('lose nothing when the second dies at a tile: the first does it, and the next gets a second again', async () => {
    const alone = createPixelClient(spawn);
    const whole = await canvasOn(alone);
    for (const tile of [LEFT, RIGHT]) await place(alone, whole, tile);
    const expected = await pngOf(alone, whole);
    alone.dispose();
    let death: Promise<unknown> | undefined;
    onCall = (operation, worker) => void (operation === 'compose' && (death ??= worker.terminate()));
    const pixels = createPixelClient(spawn, 0);
    const canvas = await canvasOn(pixels);
    await Promise.all([place(pixels, canvas, LEFT), place(pixels, canvas, RIGHT)]);
    assert.ok(death && (await pngOf(pixels, canvas)).equals(expected));
    await death;
    await Promise.all([place(pixels, canvas, LEFT), place(pixels, canvas, RIGHT)]);
    assert.deepEqual(seen.at(-1)?.calls, ['compose']);
    pixels.dispose();
  });

  it('do not do a tile again that the second found damaged, or could not do', async () => {
    const pixels = createPixelClient(spawn, 0);
    const canvas = await canvasOn(pixels);
    const left = place(pixels, canvas, LEFT);
    const { fits, damage } = await pixels.placeTile(canvas, RIGHT, Uint8Array.of(1, 2, 3), 'exact');
    assert.ok(!fits && damage !== undefined);
    await left;
    const first = place(pixels, canvas, LEFT);
    // A window that does not lie on the canvas.
    await assert.rejects(pixels.placeTile(canvas, tileAt(EXTENT.width), answers.get(RIGHT) ?? assert.fail(), 'exact'), { reason: 'bad-argument' });
    await first;
    assert.deepEqual(seen[0]?.calls.filter((call) => call === 'placeTile').length, 2);
    pixels.dispose();
  });

  it('let go of a tile that is cancelled in the second, which can be laid again', async () => {
    const controller = new AbortController();
    onCall = (operation) => operation === 'compose' && controller.abort();
    const pixels = createPixelClient(spawn, 0);
    const canvas = await canvasOn(pixels);
    const left = place(pixels, canvas, LEFT);
    await assert.rejects(place(pixels, canvas, RIGHT, 'exact', controller.signal), { reason: 'cancelled' });
    await left;
    assert.deepEqual(boundingBox(await pixels.pendingParts(canvas)), RIGHT.window);
    await place(pixels, canvas, RIGHT);
    assert.deepEqual(await pixels.pendingParts(canvas), []);
    pixels.dispose();
  });

  it('end together where the canvas is lost: the first died while the second was at a tile', async () => {
    onCall = (operation) => operation === 'compose' && void seen[0]?.worker.terminate();
    whenDone = (operation) => (operation === 'placeTile' ? new Promise(() => undefined) : undefined);
    const pixels = createPixelClient(spawn, 0);
    const canvas = await canvasOn(pixels);
    const results = await Promise.allSettled([place(pixels, canvas, LEFT), place(pixels, canvas, RIGHT)]);
    for (const result of results) assert.equal(result.status === 'rejected' && result.reason.reason, 'broken-image');
    pixels.dispose();
  });

  it('rest each by itself: the second a minute after its last tile, while the first holds the canvas', async () => {
    const pixels = createPixelClient(spawn, 0);
    const canvas = await canvasOn(pixels);
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      await Promise.all([place(pixels, canvas, LEFT), place(pixels, canvas, RIGHT)]);
      const [first, second] = seen;
      assert.ok(first && second);
      const gone = once(second.worker, 'exit');
      mock.timers.tick(60_000);
      await gone;
      assert.notEqual(first.worker.threadId, -1);
      assert.deepEqual(await pixels.pendingParts(canvas), []);
      pixels.dispose();
    } finally {
      mock.timers.reset();
    }
  });
});
