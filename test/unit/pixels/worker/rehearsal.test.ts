import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImageError } from '../../../../src/core/errors';
import { nodeZlib } from '../../../../src/node/zlib';
import type { Job } from '../../../../src/pixels/worker/job';
import { Rehearsal } from '../../../../src/pixels/worker/rehearsal';
import { loadWasm } from '../../../support/wasm';

/** A rehearsal whose PNGs are counted as they are unpacked: the source, the answer, and what was written of both. */
function rehearsal(): { readonly rehearsal: Rehearsal; readonly unpacked: () => number; readonly whole: Promise<void>; readonly signals: AbortSignal[] } {
  let count = 0;
  let finish = (): void => {};
  const whole = new Promise<void>((resolve) => (finish = resolve));
  const signals: AbortSignal[] = [];
  const jobFor = (signal: AbortSignal): Job => {
    signals.push(signal);
    const checkpoint = async (): Promise<void> => {
      if (signal.aborted) throw new ImageError('cancelled', 'Cancelled.');
    };
    const zlib = {
      ...nodeZlib,
      inflatePieces: async (...args: Parameters<typeof nodeZlib.inflatePieces>) => {
        await nodeZlib.inflatePieces(...args);
        count++;
        if (count === 3) finish();
      },
    };
    return { id: 0, services: { zlib, loadWasm }, checkpoint, step: () => {}, share: () => {} };
  };
  return { rehearsal: new Rehearsal(jobFor), unpacked: () => count, whole, signals };
}

describe('Rehearsal', () => {
  it('widens a picture from its bytes to the check of what was written, once', async () => {
    const { rehearsal: one, unpacked, whole, signals } = rehearsal();
    one.prepare();
    await whole;
    one.prepare();
    await sleep(400);
    assert.equal(unpacked(), 3);
    assert.equal(signals.length, 1);
  });

  it('does not begin while there is real work, and is given up when that comes', async () => {
    const { rehearsal: one, signals } = rehearsal();
    one.prepare();
    one.giveWay();
    await sleep(400);
    assert.equal(signals.length, 0);
    one.prepare();
    while (signals.length === 0) await sleep(5);
    one.giveWay();
    assert.ok(signals[0]?.aborted);
  });
});
