import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Bounds } from '../../../../src/core/geometry';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { SEAMLESS_BAND } from '../../../../src/core/pixels';
import { placeAnswer } from '../../../../src/pixels/compose/place';
import { seeded } from '../../../support/random';
import { redraw, REDRAW_KINDS } from '../../../support/redraw';
import { copyOf, plain, render, waves } from '../../../support/scene';

/** A mask that draws where `value` says, 0–255. */
function maskOf(width: number, height: number, value: (x: number, y: number) => number): Mask {
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))) };
}

function whole({ width, height }: PixelImage): Bounds {
  return { x: 0, y: 0, width, height };
}

function pixel({ width, data }: PixelImage, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

/** The picture from right to left. */
function mirrored({ width, height, data }: PixelImage): PixelImage {
  const words = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const turned = Uint32Array.from(words, (_, i) => words[i - (i % width) + width - 1 - (i % width)] ?? 0);
  return { width, height, data: new Uint8ClampedArray(turned.buffer) };
}

/** Indexes of the pixels that differ. */
function changes(a: PixelImage, b: PixelImage): number[] {
  const before = new Uint32Array(a.data.buffer);
  const after = new Uint32Array(b.data.buffer);
  return [...before.keys()].filter((i) => before[i] !== after[i]);
}

/** Mean error of the colours where the mask draws, each to a power: squared, or as it is (1). */
function errorWhere(mask: Mask, image: PixelImage, truth: PixelImage, power = 2): number {
  let sum = 0;
  let count = 0;
  mask.data.forEach((value, i) => {
    if (value === 0) return;
    for (let c = 0; c < 3; c++) sum += Math.abs((image.data[4 * i + c] ?? 0) - (truth.data[4 * i + c] ?? 0)) ** power;
    count += 3;
  });
  return sum / count;
}

/** Masks of any shape: rectangles and discs, hard and soft, one over the other. */
const shapes = fc.array(
  fc.record({ x: fc.integer({ min: -10, max: 90 }), y: fc.integer({ min: -10, max: 70 }), w: fc.integer({ min: 1, max: 60 }), h: fc.integer({ min: 1, max: 60 }), round: fc.boolean(), value: fc.constantFrom(0, 1, 90, 254, 255, 255, 255) }),
  { minLength: 1, maxLength: 5 },
);
type Shape = typeof shapes extends fc.Arbitrary<(infer T)[]> ? T : never;

function paint(width: number, height: number, list: readonly Shape[]): Mask {
  const inside = (s: Shape, x: number, y: number): boolean =>
    s.round ? ((x - s.x) / s.w) ** 2 + ((y - s.y) / s.h) ** 2 < 1 : x >= s.x && y >= s.y && x < s.x + s.w && y < s.y + s.h;
  return maskOf(width, height, (x, y) => list.reduce((value, shape) => (inside(shape, x, y) ? shape.value : value), 0));
}

const WIDTH = 96;
const HEIGHT = 72;
const truth = render(waves(1), WIDTH, HEIGHT);

describe('placing an answer', () => {
  it('changes no kept pixel, whatever the mask, the window and the answer', async () => {
    const windows = fc.record({ x: fc.nat(40), y: fc.nat(30), width: fc.integer({ min: 1, max: 56 }), height: fc.integer({ min: 1, max: 42 }) });
    const alphas = fc.constantFrom(255, 255, 128, 40, 0);
    await fc.assert(
      fc.asyncProperty(shapes, windows, fc.integer({ min: -3, max: 3 }), fc.constantFrom('same', 'other'), alphas, alphas, async (list, window, shift, scene, ground, alpha) => {
        const canvas = copyOf(truth);
        for (let i = 3; i < canvas.data.length; i += 16) canvas.data[i] = ground;
        const before = copyOf(canvas);
        const pending = paint(WIDTH, HEIGHT, list);
        const asked = pending.data.slice();
        const answer = render(waves(scene === 'same' ? 1 : 2), window.width, window.height, window.x + shift, window.y - shift);
        for (let i = 3; i < answer.data.length; i += 12) answer.data[i] = alpha;
        const fits = await placeAnswer(canvas, pending, window, answer, 'exact');
        for (const i of changes(before, canvas)) assert.ok(fits && asked[i] !== 0 && within(window, i), `pixel ${i} changed`);
        pending.data.forEach((value, i) => assert.equal(value, fits && within(window, i) ? 0 : asked[i]));
      }),
      { numRuns: 40 },
    );
  });

  it('in seamless mode changes kept pixels only near what is drawn', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: -2, max: 2 }), async (list, shift) => {
        const canvas = copyOf(truth);
        const pending = paint(WIDTH, HEIGHT, list);
        const asked = [...pending.data.keys()].filter((i) => pending.data[i] !== 0);
        await placeAnswer(canvas, pending, whole(canvas), render(waves(1), WIDTH, HEIGHT, shift, 0), 'seamless');
        const near = (i: number): boolean => asked.some((j) => ((i % WIDTH) - (j % WIDTH)) ** 2 + (Math.floor(i / WIDTH) - Math.floor(j / WIDTH)) ** 2 <= SEAMLESS_BAND ** 2);
        assert.ok(changes(truth, canvas).every(near));
      }),
      { numRuns: 8 },
    );
  });

  const side = 160;
  const scene = render(waves(3), side, side);
  const masks: Record<string, (x: number, y: number) => boolean> = {
    'one side': (x) => x < 70,
    'four sides': (x, y) => Math.min(x, y, side - 1 - x, side - 1 - y) < 40,
    'a corner': (x, y) => x < 90 && y < 90,
    'an L': (x, y) => x < 50 || y > 115,
    'a hole': (x, y) => (x - 84) ** 2 + (y - 76) ** 2 < 42 ** 2,
  };
  for (const [name, inside] of Object.entries(masks)) {
    for (const mode of ['exact', 'seamless'] as const) {
      it(`undoes a redraw over ${name} (${mode})`, async () => {
        const pending = maskOf(side, side, (x, y) => (inside(x, y) ? 255 : 0));
        const asked = { ...pending, data: pending.data.slice() };
        const canvas = copyOf(scene);
        canvas.data.forEach((_, k) => {
          if (asked.data[k >> 2] !== 0) canvas.data[k] = 0;
        });
        const answer = redraw(scene, 'brief', 11);
        assert.ok(await placeAnswer(canvas, pending, whole(canvas), answer, mode));
        const ours = errorWhere(asked, canvas, scene);
        const mean = errorWhere(asked, canvas, scene, 1);
        assert.ok(mean < 3, `mean error ${mean}`);
        const pasted = errorWhere(asked, answer, scene);
        assert.ok(ours < pasted / 8, `mean squared error ${ours}, pasted ${pasted}`);
      });
    }
  }

  it('comes nearer to the truth than the answer itself, wherever its light falls', async () => {
    const pattern = waves(5, 12);
    // A sky: brighter to the top, so that level and place go together.
    const lit = render((x, y) => pattern(x, y).map((level) => 0.35 * level + 130 - 0.3 * y) as [number, number, number], 256, 256);
    const asked = maskOf(256, 256, (x) => (x < 128 ? 255 : 0));
    for (const [kind, seeds] of [['hard', [8, 27]], ['redraw', [5]]] as const) {
      for (const seed of seeds) {
        const canvas = copyOf(lit);
        const answer = redraw(lit, kind, seed);
        await placeAnswer(canvas, { ...asked, data: asked.data.slice() }, whole(canvas), answer, 'exact');
        assert.ok(errorWhere(asked, canvas, lit) < errorWhere(asked, answer, lit), `${kind}, seed ${seed}`);
      }
    }
  });

  it('says that another picture does not fit, and leaves everything as it was', async () => {
    const others = Array.from({ length: 16 }, (_, k) => render(waves(20 + k), side, side));
    for (const [k, other] of [...others, mirrored(scene)].entries()) {
      const canvas = copyOf(scene);
      const pending = maskOf(side, side, (x) => (x < 96 ? 255 : 0));
      const asked = pending.data.slice();
      assert.equal(await placeAnswer(canvas, pending, whole(canvas), other, 'exact'), false, `picture ${k}`);
      assert.deepEqual(changes(scene, canvas), []);
      assert.deepEqual(pending.data, asked);
    }
  });

  it('raises no false alarm, however badly the same picture is drawn again', async () => {
    for (const [k, kind] of REDRAW_KINDS.entries()) {
      const canvas = copyOf(scene);
      const pending = maskOf(side, side, (x) => (x < 96 ? 255 : 0));
      assert.ok(await placeAnswer(canvas, pending, whole(canvas), redraw(scene, kind, 50 + k), 'exact'), kind);
    }
  });

  it('accepts a flat overlap of nearly the same colour, carries its tone over, and refuses another colour', async () => {
    const pending = (): Mask => maskOf(80, 60, (x) => (x < 40 ? 255 : 0));
    const sky = plain(80, 60, [120, 170, 220, 255]);
    const canvas = copyOf(sky);
    assert.ok(await placeAnswer(canvas, pending(), whole(sky), plain(80, 60, [126, 160, 226, 255]), 'exact'));
    assert.deepEqual(changes(sky, canvas), []);
    for (const colour of [[220, 120, 90, 255], [0, 0, 0, 255], [255, 255, 255, 255]] as const) {
      assert.equal(await placeAnswer(copyOf(sky), pending(), whole(sky), plain(80, 60, colour), 'exact'), false);
    }
  });

  it('takes grain that was drawn anew for no other picture, but a plain area of another tone for one', async () => {
    const grainy = (tone: number, seed: number): PixelImage => {
      const random = seeded(seed);
      // In grains of a few pixels, which no scaling down evens out.
      const grain = Float32Array.from({ length: 32 * 16 }, () => 9 * random.normal());
      return render((x, y) => [tone, tone, tone].map((level) => level + (grain[(y >> 3) * 32 + (x >> 3)] ?? 0)) as [number, number, number], 256, 128);
    };
    const pending = maskOf(256, 128, (x) => (x < 128 ? 0 : 255));
    const fits = async (answer: PixelImage): Promise<boolean> => await placeAnswer(grainy(110, 1), { ...pending, data: pending.data.slice() }, whole(answer), answer, 'exact');
    assert.ok(await fits(grainy(120, 2)));
    assert.ok(!(await fits(grainy(150, 3))));
  });

  it('takes the light that falls off over a plain area for no other picture, but a pattern on it for one', async () => {
    const wall = (seed: number, at: (level: number, x: number, y: number) => number): PixelImage => {
      const random = seeded(seed);
      const grain = Float32Array.from({ length: 32 * 16 }, () => 4 * random.normal());
      return render((x, y) => {
        const level = at(200 + (grain[(y >> 3) * 32 + (x >> 3)] ?? 0), x, y);
        return [level, level, level];
      }, 256, 128);
    };
    const light = (x: number): number => 1.1 - (0.42 * x) / 256;
    const there = wall(1, (level) => level);
    const fits = async (answer: PixelImage): Promise<boolean> => await placeAnswer(copyOf(there), maskOf(256, 128, (x) => (x < 160 ? 0 : 255)), whole(answer), answer, 'exact');
    assert.ok(await fits(wall(2, (level, x) => light(x) * level)));
    assert.ok(!(await fits(wall(2, (level, x, y) => light(x) * level + 24 * Math.sign(Math.sin(x / 11) * Math.sin(y / 11))))));
  });

  it('refuses what has the structure but tones that no redraw has', async () => {
    const coloured = waves(4);
    const answer = render((x, y) => coloured(x, y).map((level) => level + 90) as [number, number, number], 200, 120);
    const pending = maskOf(200, 120, (x) => (x < 110 ? 0 : 255));
    assert.ok(!(await placeAnswer(render(coloured, 200, 120), pending, whole(answer), answer, 'exact')));
  });

  it('refuses structure where the canvas is flat', async () => {
    const sky = plain(side, side, [120, 130, 140, 255]);
    const pending = maskOf(side, side, (x) => (x < 96 ? 255 : 0));
    assert.equal(await placeAnswer(sky, pending, whole(sky), scene, 'exact'), false);
  });

  it('takes the answer as it is where nothing is known', async () => {
    const canvas = plain(40, 30, [0, 0, 0, 0]);
    const answer = render(waves(8), 40, 30);
    const pending = maskOf(40, 30, () => 255);
    assert.ok(await placeAnswer(canvas, pending, whole(canvas), answer, 'exact'));
    assert.deepEqual(changes(answer, canvas), []);
  });

  it("keeps the answer's alpha, and is not led by what is transparent in the original", async () => {
    const canvas = copyOf(scene);
    for (let y = 0; y < side; y++) for (let x = 96; x < 120; x++) canvas.data.set([255, 0, 255, 0], 4 * (y * side + x));
    const before = copyOf(canvas);
    const answer = copyOf(scene);
    for (let y = 0; y < 40; y++) for (let x = 0; x < side; x++) answer.data[4 * (y * side + x) + 3] = 0;
    const pending = maskOf(side, side, (x) => (x < 96 ? 255 : 0));
    assert.ok(await placeAnswer(canvas, pending, whole(canvas), answer, 'exact'));
    assert.equal(pixel(canvas, 20, 10)[3], 0);
    assert.deepEqual(changes(scene, canvas).filter((i) => i % side < 96 && Math.floor(i / side) >= 44), []);
    assert.deepEqual(changes(before, canvas).filter((i) => i % side >= 96), []);
  });

  for (const [name, inside] of Object.entries({ 'one side': (x: number) => x < 96, 'the last row': (_: number, y: number) => y === side - 1 })) {
    it(`brings each channel by its own amount to the known values: ${name}`, async () => {
      // Light that falls off down the picture, another way in each channel: no curve of tones undoes it.
      const uneven = render((x, y) => [-16, 0, 16].map((fall, c) => (scene.data[4 * (y * side + x) + c] ?? 0) + fall * (y / side - 0.5)) as [number, number, number], side, side);
      const canvas = copyOf(scene);
      const pending = maskOf(side, side, (x, y) => (inside(x, y) ? 255 : 0));
      assert.ok(await placeAnswer(canvas, pending, whole(canvas), uneven, 'exact'));
      const beside = [...Array(side).keys()].map((k) => (name === 'one side' ? { x: 95, y: k } : { x: k, y: side - 1 }));
      for (const c of [0, 1, 2]) {
        const error = beside.reduce((sum, { x, y }) => sum + Math.abs((pixel(canvas, x, y)[c] ?? 0) - (pixel(scene, x, y)[c] ?? 0)), 0) / side;
        assert.ok(error < 1.5, `channel ${c} is off by ${error}`);
      }
    });
  }

  it('mixes alpha by the mask, too', async () => {
    const canvas = plain(60, 40, [40, 40, 40, 100]);
    const pending = maskOf(60, 40, (x) => (x < 20 ? 255 : x < 30 ? 102 : 0));
    assert.ok(await placeAnswer(canvas, pending, whole(canvas), plain(60, 40, [40, 40, 40, 255]), 'exact'));
    assert.deepEqual([10, 25, 45].map((x) => pixel(canvas, x, 20)[3]), [255, 162, 100]);
  });

  it("turns the answer's alpha with its colours", async () => {
    const [turn, middle] = [0.014, side / 2];
    const scenery = waves(3);
    const isClear = (x: number, y: number): boolean => x < 40 && y < 110;
    const turned = (x: number, y: number, way: number): [number, number] => {
      const [u, v] = [x - middle, y - middle];
      return [middle + Math.cos(turn) * u - way * Math.sin(turn) * v, middle + way * Math.sin(turn) * u + Math.cos(turn) * v];
    };
    const answer = render((x, y) => scenery(...turned(x, y, 1)), side, side);
    for (let i = 0; i < side * side; i++) if (isClear(...turned(i % side, Math.floor(i / side), 1))) answer.data[4 * i + 3] = 0;
    const canvas = copyOf(scene);
    assert.ok(await placeAnswer(canvas, maskOf(side, side, (x) => (x < 80 ? 255 : 0)), whole(canvas), answer, 'exact'));
    const wrong = [...Array(80 * side).keys()].filter((k) => isClear(k % 80, Math.floor(k / 80)) !== (pixel(canvas, k % 80, Math.floor(k / 80))[3] === 0));
    assert.ok(wrong.length < 90, `${wrong.length} pixels of another alpha`);
  });

  it("changes no alpha with the tones, however uneven the answer's light is", async () => {
    const dark = render((x, y) => [0, 1, 2].map((c) => (scene.data[4 * (y * side + x) + c] ?? 0) * (0.85 + (0.15 * y) / side)) as [number, number, number], side, side);
    for (let i = 0; i < side * 20; i++) dark.data[4 * i + 3] = 100;
    const canvas = copyOf(scene);
    assert.ok(await placeAnswer(canvas, maskOf(side, side, (x) => (x < 96 ? 255 : 0)), whole(canvas), dark, 'exact'));
    for (let y = 0; y < side; y++) for (let x = 0; x < 96; x++) if (y < 16 || y >= 24) assert.equal(pixel(canvas, x, y)[3], y < 16 ? 100 : 255, `${x},${y}`);
  });

  for (const [below, above] of [[255, 255], [255, 90], [120, 255], [60, 200]] as const) {
    it(`mixes a soft mask's pixels of alpha ${below} with an answer of ${above}, each colour by its share of the alpha`, async () => {
      const [under, over] = [render(waves(31), 60, 40), render(waves(32), 60, 40)];
      for (let i = 3; i < under.data.length; i += 4) [under.data[i], over.data[i]] = [below, above];
      const canvas = copyOf(under);
      const opacity = (x: number): number => [255, 204, 128, 51, 1][Math.floor(x / 12)] ?? 0;
      // Softly drawn all over, so that nothing is known and the answer is laid as it is.
      assert.ok(await placeAnswer(canvas, maskOf(60, 40, opacity), whole(canvas), over, 'exact'));
      for (let i = 0; i < 60 * 40; i++) {
        const share = opacity(i % 60) / 255;
        const alpha = share * above + (1 - share) * below;
        const wanted = [0, 1, 2].map((c) => (share * above * (over.data[4 * i + c] ?? 0) + (1 - share) * below * (under.data[4 * i + c] ?? 0)) / alpha);
        for (const [c, level] of [...wanted, alpha].entries()) assert.ok(Math.abs((canvas.data[4 * i + c] ?? 0) - level) <= 1, `channel ${c} at ${i % 60}: ${canvas.data[4 * i + c]} instead of ${level}`);
      }
    });
  }

  it('fades a soft edge from the answer into the picture', async () => {
    // Of another texture under the soft part, as an object that is taken away.
    const canvas = copyOf(scene);
    const there = render(waves(33), side, side);
    const soft = (x: number): number => (x < 40 ? 255 : x < 80 ? Math.round((255 * (80 - x)) / 40) : 0);
    for (let i = 0; i < side * side; i++) if (soft(i % side) > 0) canvas.data.set(there.data.subarray(4 * i, 4 * i + 4), 4 * i);
    assert.ok(await placeAnswer(canvas, maskOf(side, side, soft), whole(canvas), copyOf(scene), 'exact'));
    for (let i = 0; i < side * side; i++) {
      const share = soft(i % side) / 255;
      for (const c of [0, 1, 2]) {
        const level = share * (scene.data[4 * i + c] ?? 0) + (1 - share) * (there.data[4 * i + c] ?? 0);
        if (share > 0) assert.ok(Math.abs((canvas.data[4 * i + c] ?? 0) - level) <= 2, `channel ${c} at ${i % side}: ${canvas.data[4 * i + c]} instead of ${level}`);
      }
    }
  });

  it('refuses sizes that do not belong together', async () => {
    const pending = maskOf(WIDTH, HEIGHT, () => 255);
    await assert.rejects(placeAnswer(copyOf(truth), pending, { x: 0, y: 0, width: 10, height: 10 }, plain(9, 10, [0, 0, 0, 255]), 'exact'), { reason: 'bad-argument' });
    await assert.rejects(placeAnswer(copyOf(truth), pending, { x: WIDTH - 5, y: 0, width: 10, height: 10 }, plain(10, 10, [0, 0, 0, 255]), 'exact'), { reason: 'bad-argument' });
  });
});

function within(window: Bounds, i: number): boolean {
  const x = i % WIDTH;
  const y = Math.floor(i / WIDTH);
  return x >= window.x && x < window.x + window.width && y >= window.y && y < window.y + window.height;
}
