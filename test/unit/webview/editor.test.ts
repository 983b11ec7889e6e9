import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskOfSteps, MOST_POINTS, paintSegment, emptyMask, type MaskStep } from '../../../src/core/strokes';
import { frameBounds, HANDLES, NO_SIDES, pulled, snapped, sidesFor, sidesForRatio } from '../../../src/webview/editor/frame';
import { BrushGesture, LassoGesture, RectangleGesture } from '../../../src/webview/editor/gestures';
import { HoldOrToggle } from '../../../src/webview/editor/holdOrToggle';
import { MaskModel } from '../../../src/webview/editor/maskModel';
import { StrokeRecorder } from '../../../src/webview/editor/strokeRecorder';
import { centredView, fitView, keptInSight, nextScale, toPicture, toStage, zoomedView } from '../../../src/webview/editor/viewport';

const STAGE = { width: 800, height: 600 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(a)), `${a} is not ${b}`);

describe('the viewport', () => {
  it('fits the whole picture into the middle and enlarges none', () => {
    const view = fitView({ x: 0, y: 0, width: 4096, height: 4096 }, STAGE);
    const [corner, end] = [toStage(view, { x: 0, y: 0 }), toStage(view, { x: 4096, y: 4096 })];
    assert.ok(corner.x >= 0 && corner.y >= 0 && end.x <= 800 && end.y <= 600);
    near(corner.x + end.x, 800);
    assert.equal(fitView({ x: 0, y: 0, width: 10, height: 10 }, STAGE).scale, 1);
  });

  it('zooms around a point that stays where it is', () => {
    fc.assert(
      fc.property(number(0.02, 60), number(-500, 500), number(-500, 500), number(0.02, 60), number(0, 800), number(0, 600), (scale, x, y, next, atX, atY) => {
        const before = { scale, x, y };
        const point = toPicture(before, { x: atX, y: atY });
        const back = toStage(zoomedView(before, next, { x: atX, y: atY }), point);
        near(back.x, atX);
        near(back.y, atY);
      }),
    );
  });

  it('steps through scales that include the actual size, and ends', () => {
    assert.equal(nextScale(0.8, true), 1);
    assert.equal(nextScale(1.2, false), 1);
    assert.equal(nextScale(nextScale(64, true), true), 64);
    assert.ok(nextScale(0.001, false) > 0);
  });

  it('never loses the picture', () => {
    fc.assert(
      fc.property(number(0.02, 60), number(-1e5, 1e5), number(-1e5, 1e5), (scale, x, y) => {
        const bounds = { x: -20, y: 0, width: 300, height: 200 };
        const view = keptInSight({ scale, x, y }, bounds, STAGE);
        const [corner, end] = [toStage(view, bounds), toStage(view, { x: 280, y: 200 })];
        assert.ok(corner.x < 800 && end.x > 0 && corner.y < 600 && end.y > 0);
      }),
    );
    assert.equal(centredView({ x: 0, y: 0, width: 1, height: 1 }, STAGE, 1e9).scale, 64);
  });
});

describe('the frame', () => {
  const extent = { width: 300, height: 200 };

  it('is pulled by its handles in steps, and never into the picture', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HANDLES), number(-500, 500), number(-500, 500), fc.constantFrom(1, 16), fc.boolean(), (handle, dx, dy, step, both) => {
        const sides = pulled(NO_SIDES, handle, dx, dy, step, both);
        for (const side of Object.values(sides) as number[]) assert.ok(side >= 0 && side % step === 0);
        if (handle.x === 0) assert.equal(sides.left + sides.right, 0);
        if (both) assert.ok(sides.left === sides.right && sides.top === sides.bottom);
        const frame = frameBounds(extent, sides);
        assert.ok(frame.x <= 0 && frame.width >= 300);
      }),
    );
    assert.deepEqual(pulled(NO_SIDES, { x: -1, y: 0 }, -100, 50, 1, false), { ...NO_SIDES, left: 100 });
  });

  it('reaches exact sizes and ratios', () => {
    assert.deepEqual(sidesFor(extent, { width: 401, height: 200 }), { left: 50, right: 51, top: 0, bottom: 0 });
    assert.equal(sidesFor(extent, { width: 200, height: 400 }), undefined);
    const wide = frameBounds(extent, sidesForRatio(extent, { width: 16, height: 9 }));
    assert.deepEqual([wide.width, wide.height], [356, 200]);
    const high = frameBounds(extent, sidesForRatio(extent, { width: 1, height: 1 }));
    assert.deepEqual([high.width, high.height], [300, 300]);
  });

  it('snaps a pulled side to what one request draws, and no other', () => {
    const sides = { left: 250, right: 250, top: 4, bottom: 0 };
    const reach = { left: 256, right: 256, top: 0, bottom: 600 };
    assert.deepEqual(snapped(sides, { x: 1, y: 0 }, reach, 10), { ...sides, right: 256 });
    assert.deepEqual(snapped(sides, { x: -1, y: -1 }, reach, 10), { ...sides, left: 256, top: 0 });
    assert.deepEqual(snapped(sides, { x: 1, y: 1 }, reach, 5), sides);
  });
});

describe('gestures', () => {
  it('of the brush leave on the mask what the host makes of their step', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ x: number(0, 64), y: number(0, 64), pressure: number(0, 1) }), { minLength: 1, maxLength: 40 }), number(1, 40), (way, size) => {
        const model = new MaskModel(async () => []);
        model.reset({ width: 64, height: 64 });
        const gesture = new BrushGesture(model, { erase: false, size, hardness: 0.5 });
        for (const point of way) gesture.move(point);
        gesture.end();
        const { step } = gesture;
        assert.ok(step);
        assert.deepEqual(model.mask.data, maskOfSteps({ width: 64, height: 64 }, [step]).data);
      }),
      { numRuns: 40 },
    );
  });

  it('keep strokes short enough to send', () => {
    const recorder = new StrokeRecorder(1);
    for (let x = 0; !recorder.isFull; x += 7.77) recorder.add({ x: 10_000.123 + x, y: 12_345.678, pressure: 0.777 });
    recorder.end();
    assert.ok(recorder.points.length <= 3 * MOST_POINTS);
    assert.ok(JSON.stringify(recorder.points).length < 100_000, `${JSON.stringify(recorder.points).length}`);
  });

  it('thin out a lasso that grows too long for one message', () => {
    const lasso = new LassoGesture(false, 1);
    for (let turn = 0; turn < 20_000; turn += 1) lasso.move({ x: 30_000 + 20_000.125 * Math.cos(turn / 900), y: 30_000 + turn, pressure: 1 });
    const { step } = lasso;
    assert.ok(step?.kind === 'lasso' && step.points.length <= 2 * MOST_POINTS && step.points.length > MOST_POINTS);
    assert.deepEqual(step.points.slice(0, 2), [50_000.125, 30_000]);
    assert.ok(JSON.stringify(step).length < 100_000);
  });

  it('end a stroke where the pointer left it', () => {
    const recorder = new StrokeRecorder(160);
    recorder.add({ x: 0, y: 0, pressure: 1 });
    assert.equal(recorder.add({ x: 5, y: 0, pressure: 1 }), undefined);
    recorder.end();
    assert.deepEqual(recorder.points, [0, 0, 1, 5, 0, 1]);
  });

  it('make whole rectangles, whichever corner comes first, and nothing of a click', () => {
    const gesture = new RectangleGesture(false);
    gesture.move({ x: 10.4, y: 20.6, pressure: 1 });
    gesture.move({ x: 4.2, y: 5.5, pressure: 1 });
    assert.deepEqual(gesture.step, { kind: 'rectangle', erase: false, bounds: { x: 4, y: 5, width: 7, height: 16 } });
    const lasso = new LassoGesture(false, 1);
    lasso.move({ x: 1, y: 1, pressure: 1 });
    assert.equal(lasso.step, undefined);
  });
});

describe('a button that is held or clicked', () => {
  function pressed(...times: readonly (readonly [down: number, up: number])[]): readonly boolean[] {
    const states: boolean[] = [];
    const switched = {
      comparing: false,
      compare(on: boolean): void {
        this.comparing = on;
        states.push(on);
      },
    };
    const button = new HoldOrToggle();
    for (const [down, up] of times) {
      button.press({ timeStamp: down }, switched);
      button.press({ timeStamp: down + 1 }, switched);
      button.release({ timeStamp: up }, switched);
      button.release({ timeStamp: up + 1 }, switched);
    }
    return states;
  }

  it('is on while it is held, and from one click to the next', () => {
    assert.deepEqual(pressed([0, 2000]), [true, false]);
    assert.deepEqual(pressed([0, 100], [1000, 1100]), [true, true, true, false]);
    assert.deepEqual(pressed([0, 100], [1000, 3000]), [true, true, true, false]);
  });
});

describe('the mask of the page', () => {
  const steps: Readonly<Record<string, MaskStep>> = {
    a: { kind: 'rectangle', erase: false, bounds: { x: 0, y: 0, width: 4, height: 4 } },
    b: { kind: 'rectangle', erase: true, bounds: { x: 2, y: 0, width: 4, height: 4 } },
    c: { kind: 'invert' },
  };
  const extent = { width: 8, height: 8 };
  const expected = (...ids: string[]): Uint8Array => maskOfSteps(extent, ids.flatMap((id) => steps[id] ?? [])).data;

  it('follows the host through undo and redo, and fetches what it does not know', async () => {
    const asked: (readonly string[])[] = [];
    const model = new MaskModel(async (ids) => (asked.push(ids), ids.flatMap((id) => steps[id] ?? [])));
    model.reset(extent);
    assert.equal(await model.follow(['a', 'b']), true);
    assert.deepEqual(model.mask.data, expected('a', 'b'));
    assert.equal(await model.follow(['a']), true);
    assert.deepEqual(model.mask.data, expected('a'));
    assert.equal(await model.follow(['a', 'b', 'c']), true);
    assert.deepEqual(model.mask.data, expected('a', 'b', 'c'));
    assert.equal(await model.follow(['a', 'b', 'c']), false);
    assert.deepEqual(asked, [['a', 'b'], ['c']]);
  });

  it('shows a step before the host has it, and does not take it back for older news', async () => {
    const model = new MaskModel(async () => []);
    model.reset(extent);
    model.add('a', steps['a'] as MaskStep, false);
    assert.equal(await model.follow([]), false);
    assert.deepEqual(model.mask.data, expected('a'));
    assert.equal(await model.follow(['a']), false);
    assert.equal(await model.follow([]), true);
    assert.deepEqual(model.mask.data, emptyMask(extent).data);
  });

  it('leaves out an answer that has been overtaken', async () => {
    const answers: ((steps: MaskStep[]) => void)[] = [];
    const model = new MaskModel(() => new Promise((resolve) => answers.push(resolve)));
    model.reset(extent);
    const first = model.follow(['a']);
    assert.equal(await model.follow([]), false);
    answers[0]?.([steps['a'] as MaskStep]);
    assert.equal(await first, false);
    assert.deepEqual(model.mask.data, emptyMask(extent).data);
    paintSegment(model.mask, { erase: false, size: 2, hardness: 1 }, { x: 1, y: 1, pressure: 1 }, { x: 1, y: 1, pressure: 1 });
    assert.notDeepEqual(model.mask.data, emptyMask(extent).data);
  });
});
