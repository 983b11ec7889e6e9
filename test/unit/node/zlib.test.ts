import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { ImageError } from '../../../src/core/errors';
import { crc32Table } from '../../../src/node/crc32Table';
import { nodeZlib } from '../../../src/node/zlib';

describe('nodeZlib', () => {
  it('inflates what it deflated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 0, max: 9 }), async (bytes, level) => {
        const output = await nodeZlib.inflate(await nodeZlib.deflate(bytes, level), bytes.length);
        assert.deepEqual(Buffer.from(output), Buffer.from(bytes));
      }),
      { numRuns: 30 },
    );
  });

  it('stops where more comes out than may, and says what is damaged', async () => {
    const packed = deflateSync(new Uint8Array(100_000));
    await assert.rejects(nodeZlib.inflate(packed, 99_999), { reason: 'too-large' });
    assert.equal((await nodeZlib.inflate(packed, 100_000)).length, 100_000);
    await assert.rejects(nodeZlib.inflate(packed.subarray(0, 20), 100_000), { reason: 'broken-image' });
    await assert.rejects(nodeZlib.inflate(Uint8Array.of(1, 2, 3), 100_000), { reason: 'broken-image' });
  });

  it('does in pieces what it does at once', async () => {
    const bytes = Uint8Array.from({ length: 1_500_000 }, (_, i) => (i * i) >> 9);
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 700_000), bytes.subarray(700_000)];
    const [whole, quick] = [Buffer.concat(await nodeZlib.deflatePieces(pieces, 'compact')), Buffer.concat(await nodeZlib.deflatePieces(pieces, 'quick'))];
    for (const packed of [whole, quick]) assert.deepEqual(inflateSync(packed).compare(bytes), 0);
    assert.ok(whole.length < quick.length);
    const back: Uint8Array[] = [];
    await nodeZlib.inflatePieces([whole.subarray(0, 5), whole.subarray(5)], bytes.length, (piece) => back.push(piece));
    assert.deepEqual(Buffer.concat(back).compare(bytes), 0);
    assert.ok(back.length > 1);
    const small = Array.from({ length: Math.ceil(whole.length / 7) }, (_, i) => whole.subarray(7 * i, 7 * i + 7));
    const again: Uint8Array[] = [];
    await nodeZlib.inflatePieces(small, bytes.length, (piece) => again.push(piece));
    assert.deepEqual(Buffer.concat(again).compare(bytes), 0);

    const ignore = (): void => undefined;
    await assert.rejects(nodeZlib.inflatePieces([whole], bytes.length - 1, ignore), { reason: 'too-large' });
    await assert.rejects(nodeZlib.inflatePieces([whole.subarray(0, 90)], bytes.length, ignore), { reason: 'broken-image' });
    await assert.rejects(nodeZlib.inflatePieces([Uint8Array.of(1, 2, 3)], 9, ignore), { reason: 'broken-image' });
    const refusal = new ImageError('cancelled', 'Enough.');
    const refuse = (): void => {
      throw refusal;
    };
    await assert.rejects(nodeZlib.inflatePieces([whole], bytes.length, refuse), refusal);
  });

  it('has the CRC-32 of PNG, natively and by table', () => {
    for (const crc32 of [nodeZlib.crc32, crc32Table]) {
      assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
      assert.equal(crc32(Buffer.from('IEND')), 0xae426082);
      assert.equal(crc32(new Uint8Array(0)), 0);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, cut) => {
        const whole = crc32Table(bytes);
        assert.equal(nodeZlib.crc32(bytes), whole);
        assert.equal(crc32Table(bytes.subarray(cut), crc32Table(bytes.subarray(0, cut))), whole);
      }),
    );
  });
});
