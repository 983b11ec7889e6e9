import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Pieces, sameBytes } from '../../../src/core/bytes';

describe('sameBytes', () => {
  it('agrees with a comparison byte by byte, wherever the bytes lie in memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 23 }), fc.nat(3), fc.nat(3), fc.option(fc.nat(22)), (bytes, shiftA, shiftB, changed) => {
        const laid = (shift: number): Uint8Array => {
          const room = new Uint8Array(bytes.length + shift);
          room.set(bytes, shift);
          return room.subarray(shift);
        };
        const [a, b] = [laid(shiftA), laid(shiftB)];
        if (changed !== null && changed < b.length) b[changed] = (b[changed] ?? 0) ^ 1;
        assert.equal(sameBytes(a, b), Buffer.from(a).equals(b));
        assert.equal(sameBytes(a, a.subarray(1)), a.length === 0);
      }),
    );
  });
});

describe('a file in pieces', () => {
  it('is all of them in order, whenever it is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 5 }), fc.boolean())), (steps) => {
        const file = new Pieces();
        const expected: number[] = [];
        for (const [piece, isAsked] of steps) {
          file.add(Uint8Array.from(piece));
          expected.push(...piece);
          if (isAsked) assert.deepEqual([...file.bytes], expected);
        }
        assert.deepEqual([...file.bytes], expected);
        assert.equal(file.bytes, file.bytes);
      }),
    );
  });
});
