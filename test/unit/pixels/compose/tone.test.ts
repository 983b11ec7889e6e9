import assert from 'node:assert/strict';
import fc from 'fast-check';
import { undeformed } from '../../../../src/pixels/compose/deform';
import { gainsAtNodes, gainsOf, heightsAt, spreadsOf, wavesOf } from '../../../../src/pixels/compose/light';
import { choleskySolve } from '../../../../src/pixels/compose/linear';
import type { Samples } from '../../../../src/pixels/compose/samples';
import { applyCurve, IDENTITY } from '../../../../src/pixels/compose/tone';
import type { Curve } from '../../../../src/pixels/compose/tone';
import { fitTone } from '../../../../src/pixels/compose/toneFit';
import { seeded } from '../../../support/random';

const SIDE = 1024;
const WINDOW = { width: SIDE, height: SIDE };

/** Samples anywhere on the left half of the window, of levels between two and at places given by `levelAt`, as a curve and a light make the canvas of them. */
function samples(count: number, levelAt: (x: number, y: number) => number, canvasAt: (level: number, x: number, y: number) => number, seed = 41): Samples {
  const random = seeded(seed);
  const x = Float32Array.from({ length: count }, () => (SIDE / 2) * random.uniform());
  const y = Float32Array.from({ length: count }, () => SIDE * random.uniform());
  const channel = (): Samples['channels'][0] => {
    const answer = x.map((across, i) => levelAt(across, y[i] ?? 0));
    return { count, answer, canvas: answer.map((level, i) => canvasAt(level, x[i] ?? 0, y[i] ?? 0)) };
  };
  return { count, stride: 14, x, y, channels: [channel(), channel(), channel()] };
}

/** The curve for pairs of a known one, with noise and, for every tenth, nonsense. */
function fitCurve(curve: (level: number) => number, low: number, high: number, count: number): Curve {
  const random = seeded(42);
  let k = 0;
  return fitTone(samples(count, () => low + (high - low) * random.uniform(), (level) => (k++ % 10 === 0 ? 255 * random.uniform() : curve(level) + random.normal())), WINDOW).curves[0];
}

describe('the colour curve', () => {
  it('recovers gains and gammas in spite of outliers', () => {
    for (const [gain, gamma] of [[1.05, 0.95], [0.95, 1.05], [1.1, 1.1], [0.9, 0.9]] as const) {
      const truth = (level: number): number => 255 * gain * (level / 255) ** gamma;
      const curve = fitCurve(truth, 10, 220, 4000);
      for (let level = 15; level <= 215; level += 10) assert.ok(Math.abs(applyCurve(curve, level) - truth(level)) < 1.2, `${level} became ${applyCurve(curve, level)}, not ${truth(level)}`);
    }
  });

  it('is the identity without evidence, and an offset where the range is narrow', () => {
    for (const curve of [IDENTITY, ...fitTone(samples(0, () => 0, () => 0), WINDOW).curves]) for (const level of [-2, 0, 100.5, 255, 258]) assert.equal(applyCurve(curve, level), level);
    const flat = fitCurve((level) => level + 12, 118, 122, 2000);
    assert.ok(Math.abs(applyCurve(flat, 120) - 132) < 1);
    for (const level of [0, 60, 200, 255]) assert.ok(Math.abs(applyCurve(flat, level) - level - 12) < 14);
  });

  it('goes on beyond the levels that were seen, at slopes that a model may have, and beyond 0 and 255 for what a filter overshoots', () => {
    for (const slope of [3, 0.1]) {
      const curve = fitCurve((level) => 128 + slope * (level - 128), 113, 143, 4000);
      for (let level = 150; level < 250; level += 10) {
        const beyond = (applyCurve(curve, level + 5) - applyCurve(curve, level)) / 5;
        assert.ok(beyond >= 0.55 && beyond <= 1.65, `a slope of ${beyond} at ${level}`);
      }
    }
    const lighter = fitCurve((level) => level + 12, 5, 240, 2000);
    assert.ok(Math.abs(applyCurve(lighter, -4) - 8) < 2 && Math.abs(applyCurve(lighter, 259) - applyCurve(lighter, 255) - 4) < 1e-3);
  });

  it('leaves black near black and white near white where only light or dark levels were seen, though these differ by more than a curve can say', () => {
    const uneven = (level: number): number => 1.05 * level + 5 * Math.sin(level / 9);
    const light = fitCurve(uneven, 140, 210, 120);
    assert.ok(Math.abs(applyCurve(light, 8) - 8) < 6, `8 became ${applyCurve(light, 8)}`);
    const dark = fitCurve(uneven, 15, 60, 120);
    assert.ok(Math.abs(applyCurve(dark, 240) - 252) < 25, `240 became ${applyCurve(dark, 240)}`);
  });

  it('keeps white white and black black where an answer is cut off there, and only as far as that reaches', () => {
    const random = seeded(44);
    /** The curve for an answer of a canvas with a white or black background, made lighter or darker and cut off. */
    const beside = (background: number, gain: number): Curve => {
      let lightness = 0;
      const shown = Array.from({ length: 2000 }, (_, k) => (k % 3 === 0 ? background : 40 + 160 * random.uniform()));
      const drawn = (level: number): number => Math.min(255, Math.max(0, 128 + gain * (level - 128)));
      return fitTone(samples(2000, () => drawn(shown[lightness++ % 2000] ?? 0), (level) => (level === 255 ? 255 : level === 0 ? 0 : 128 + (level - 128) / gain)), WINDOW).curves[0];
    };
    const gain = 1.1;
    const white = beside(255, gain);
    assert.ok(Math.abs(applyCurve(white, 255) - 255) < 1 && Math.abs(applyCurve(white, 258) - 258) < 1, `white became ${applyCurve(white, 255)}`);
    const black = beside(0, gain);
    assert.ok(Math.abs(applyCurve(black, 0)) < 1, `black became ${applyCurve(black, 0)}`);
    for (const [curve, levels] of [[white, [0, 100, 180, 240, 250]], [black, [6, 20, 100, 180, 255]]] as const) {
      for (const level of levels) assert.ok(Math.abs(applyCurve(curve, level) - (128 + (level - 128) / gain)) < 1.5, `${level} became ${applyCurve(curve, level)}`);
    }
  });

  it('always rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 120 }), fc.integer({ min: 130, max: 252 }), fc.double({ min: 0.5, max: 2, noNaN: true }), (low, high, gamma) => {
        const curve = fitCurve((level) => 255 * (level / 255) ** gamma, low, high, 300);
        for (let k = 1; k < curve.length; k++) assert.ok((curve[k] ?? 0) >= (curve[k - 1] ?? 0) - 1e-3);
      }),
      { numRuns: 20 },
    );
  });
});

/** Brighter to the top, as a sky is: level and place go together. */
const sky = (x: number, y: number): number => 210 - 0.12 * y + 6 * Math.sin(x / 9) * Math.cos(y / 7);
/** One wave that is longer than the window. */
const slow = (x: number, y: number): number => 0.06 * Math.sin((1.3 * Math.PI * (0.6 * x + 0.8 * y)) / SIDE + 0.5);

describe('the light', () => {
  /** By how much the gains at the deformation's nodes differ from 1 + `light`, at most, for nodes from x = `from` to `to`. */
  function worst(light: (x: number, y: number) => number, gains: Float32Array, from: number, to: number): number {
    const { spacing, columns } = undeformed(WINDOW);
    return Math.max(...[...gains].map((gain, k) => {
      const [x, y] = [(k % columns) * spacing, Math.floor(k / columns) * spacing];
      return x < from || x > to ? 0 : Math.abs(gain - 1 - light(x, y));
    }));
  }

  function gainsFor(levelAt: (x: number, y: number) => number, canvasAt: (level: number, x: number, y: number) => number): { readonly gains: Float32Array; readonly curve: Curve } {
    const random = seeded(43);
    const tone = fitTone(samples(2500, (x, y) => levelAt(x, y) + 0.4 * random.normal(), canvasAt), WINDOW);
    return { gains: gainsAtNodes(tone.light, WINDOW, undeformed(WINDOW)), curve: tone.curves[1] };
  }

  it('is fitted with the curve where bright is also where it is lit, and goes on beyond what is known', () => {
    const truth = (level: number): number => 255 * 1.04 * (level / 255) ** 0.97;
    const { gains, curve } = gainsFor(sky, (level, x, y) => truth(level) * (1 + slow(x, y)));
    const { spacing, columns } = undeformed(WINDOW);
    /** Root mean square of what is left in levels at the nodes from x = `from` to `to`, with the light or without. */
    const left = (from: number, to: number, lit: boolean): number => {
      const errors = [...gains].flatMap((gain, k) => {
        const [x, y] = [(k % columns) * spacing, Math.floor(k / columns) * spacing];
        return x < from || x > to ? [] : [(lit ? gain : 1) * applyCurve(curve, sky(x, y)) - truth(sky(x, y)) * (1 + slow(x, y))];
      });
      return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    };
    assert.ok(left(0, SIDE / 2, true) < 0.5, `off by ${left(0, SIDE / 2, true)} where it is known`);
    assert.ok(left(SIDE / 2, 0.7 * SIDE, true) < 2 && left(SIDE / 2, 0.7 * SIDE, false) > 4, `off by ${left(SIDE / 2, 0.7 * SIDE, true)} beyond, without by ${left(SIDE / 2, 0.7 * SIDE, false)}`);
    assert.ok(left(0.75 * SIDE, SIDE, true) < left(0.75 * SIDE, SIDE, false), `off by ${left(0.75 * SIDE, SIDE, true)} far off, without by ${left(0.75 * SIDE, SIDE, false)}`);
  });

  it('is none where a curve explains all', () => {
    for (const levelAt of [sky, (x: number, y: number): number => 120 + 70 * Math.sin(x / 11) * Math.cos(y / 13)]) {
      const { gains } = gainsFor(levelAt, (level) => 255 * 0.96 * (level / 255) ** 1.05);
      assert.ok(worst(() => 0, gains, 0, SIDE) < 0.004, `off by ${worst(() => 0, gains, 0, SIDE)}`);
    }
  });

  it('promises nothing far from what is known where it changes fast', () => {
    const fast = (x: number, y: number): number => 0.04 * Math.sin((4 * Math.PI * (0.8 * x + 0.6 * y)) / SIDE);
    const { gains } = gainsFor((x, y) => 120 + 60 * Math.sin(x / 11) * Math.cos(y / 13), (level, x, y) => level * (1 + fast(x, y)));
    assert.ok(worst(fast, gains, 64, SIDE / 2 - 64) < 0.012, `off by ${worst(fast, gains, 64, SIDE / 2 - 64)}`);
    assert.ok(worst(() => 0, gains, 0.75 * SIDE, SIDE) < 0.05, `as much as ${worst(() => 0, gains, 0.75 * SIDE, SIDE)}`);
  });

  it('has the covariance of its prior within the window', () => {
    const waves = wavesOf(WINDOW);
    const xs = [512, 512, 512, 512];
    const ys = [400, 500, 700, 1000];
    const heights = heightsAt(waves, WINDOW, xs, ys);
    const [alone, both] = spreadsOf(waves, WINDOW);
    assert.ok(alone && both);
    ys.forEach((y, point) => {
      let covariance = 0;
      waves.forEach((_, k) => (covariance += (alone[k] ?? 0) ** 2 * (heights[k] ?? 0) * (heights[point * waves.length + k] ?? 0)));
      const expected = 0.08 ** 2 * Math.exp(-0.5 * ((y - 400) / (0.3 * SIDE)) ** 2);
      assert.ok(Math.abs(covariance - expected) < 0.05 * 0.08 ** 2, `${covariance} at ${y}, not ${expected}`);
    });
    const variance = waves.reduce((sum, _, k) => sum + (both[k] ?? 0) ** 2 * (heights[k] ?? 0) ** 2, 0);
    assert.ok(Math.abs(variance - 0.08 ** 2 - 0.06 ** 2) < 0.05 * 0.1 ** 2, `a variance of ${variance} where both are there`);
    const still = { waves, shares: new Float64Array(waves.length) };
    assert.deepEqual([...gainsOf(still, heights, 4)], [1, 1, 1, 1]);
  });

  it('rests on the determinant of what is solved', () => {
    const random = seeded(44);
    const [a, b, c] = [2 + random.uniform(), 3 + random.uniform(), 4 + random.uniform()];
    const [d, e, f] = [random.signed(), random.signed(), random.signed()];
    const solution = new Float64Array(3);
    const log = choleskySolve(Float64Array.of(a, 0, 0, d, b, 0, e, f, c), Float64Array.of(1, 2, 3), solution) ?? NaN;
    assert.ok(Math.abs(log - Math.log(a * b * c + 2 * d * e * f - a * f * f - b * e * e - c * d * d)) < 1e-12);
    const [x = 0, y = 0, z = 0] = solution;
    [a * x + d * y + e * z - 1, d * x + b * y + f * z - 2, e * x + f * y + c * z - 3].forEach((rest) => assert.ok(Math.abs(rest) < 1e-12));
    assert.equal(choleskySolve(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), new Float64Array(2)), undefined);
  });
});
