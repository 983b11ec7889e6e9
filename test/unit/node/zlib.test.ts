import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
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
