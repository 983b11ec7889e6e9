import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { WorkerPort } from '../../../src/core/ports';
import { createPixelClient } from '../../../src/pixels/client';
import type { ToWorker } from '../../../src/pixels/worker/messages';
import { eventually } from '../../support/eventually';

/** A worker that only remembers what it was told. */
function deafWorker(): { readonly port: WorkerPort; readonly heard: { readonly message: ToWorker; readonly moved: readonly ArrayBuffer[] }[] } {
  const heard: { message: ToWorker; moved: readonly ArrayBuffer[] }[] = [];
  return {
    heard,
    port: { post: (message, moved) => void heard.push({ message: message as ToWorker, moved }), onMessage() {}, onDeath() {}, terminate() {} },
  };
}

/** Larger than a piece, of no round length. */
const large = (): Uint8Array => Uint8Array.from({ length: 2_500_001 }, (_, i) => i * 31);

describe('the pixel client', () => {
  it('copies a large file in pieces, other work in between, and moves the copy', async () => {
    const { port, heard } = deafWorker();
    const pixels = createPixelClient(() => port);
    const bytes = large();
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    const opening = pixels.open(bytes).catch(() => undefined);
    await eventually(() => assert.equal(heard.length, 1));
    clearInterval(counting);
    assert.ok(turns > 0, 'nothing else had its turn');
    const { message, moved } = heard[0] as (typeof heard)[0];
    assert.ok(message.type === 'call');
    const [sent] = message.args as [Uint8Array];
    assert.deepEqual(moved, [sent.buffer]);
    assert.notEqual(sent.buffer, bytes.buffer);
    assert.ok(Buffer.from(sent).equals(large()) && Buffer.from(bytes).equals(large()));
    pixels.dispose();
    await opening;
  });

  it('copies the large file of a mask in the same way, out of its region, and leaves the region as it is', async () => {
    const { port, heard } = deafWorker();
    const pixels = createPixelClient(() => port);
    const region = { kind: 'file', bytes: large() } as const;
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    const opening = pixels.canvas({ id: 7, extent: { width: 9, height: 8 } }, { width: 9, height: 8 }, { x: 0, y: 0 }, region).catch(() => undefined);
    await eventually(() => assert.equal(heard.length, 1));
    clearInterval(counting);
    assert.ok(turns > 0, 'nothing else had its turn');
    const { message, moved } = heard[0] as (typeof heard)[0];
    assert.ok(message.type === 'call');
    const sent = message.args[3] as { readonly kind: string; readonly bytes: Uint8Array };
    assert.equal(sent.kind, 'file');
    assert.deepEqual(moved, [sent.bytes.buffer]);
    assert.ok(Buffer.from(sent.bytes).equals(large()) && Buffer.from(region.bytes).equals(large()));
    assert.deepEqual(message.args.slice(0, 3), [{ id: 7, extent: { width: 9, height: 8 } }, { width: 9, height: 8 }, { x: 0, y: 0 }]);
    pixels.dispose();
    await opening;
  });

  it('does not send what was cancelled while it was copied', async () => {
    const { port, heard } = deafWorker();
    const pixels = createPixelClient(() => port);
    const controller = new AbortController();
    const opening = pixels.open(large(), controller.signal);
    controller.abort();
    await assert.rejects(opening, { reason: 'cancelled' });
    await wait(20);
    assert.deepEqual(heard.map(({ message }) => message.type), ['cancel']);
    pixels.dispose();
  });

  it('holds nothing of a call that could not be posted, and rests then', async () => {
    const ended: string[] = [];
    const port: WorkerPort = {
      post: () => {
        throw new RangeError('Array buffer allocation failed');
      },
      onMessage() {},
      onDeath() {},
      terminate: () => void ended.push('terminated'),
    };
    const pixels = createPixelClient(() => port);
    const controller = new AbortController();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      await assert.rejects(pixels.open(Uint8Array.of(1), controller.signal), { message: 'Array buffer allocation failed', reason: 'broken-image' });
      // Nothing listens now: a cancel would be posted.
      controller.abort();
      mock.timers.tick(60_000);
      assert.deepEqual(ended, ['terminated']);
    } finally {
      mock.timers.reset();
    }
    await assert.rejects(pixels.open(large()), { message: 'Array buffer allocation failed' });
    pixels.dispose();
  });
});
