import assert from 'node:assert/strict';
import { unpackGifLzw } from '../../../../src/pixels/codec/gifLzw';
import { lzwStrips } from '../../../../src/pixels/codec/headers/tiff';
import { isSoundLzw } from '../../../../src/pixels/codec/tiffLzw';
import { fileOf, sample } from './sampleFiles';

/** Codes of a width packed into bytes, from the highest bit on or from the lowest. */
function pack(codes: readonly number[], width: number, order: 'high' | 'low'): Uint8Array {
  const digits = codes.map((code) => code.toString(2).padStart(width, '0')).map((bits) => (order === 'high' ? bits : [...bits].reverse().join('')));
  const bytes = digits.join('').match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (bits) => parseInt(order === 'high' ? bits.padEnd(8, '0') : [...bits.padEnd(8, '0')].reverse().join(''), 2));
}

describe('isSoundLzw', () => {
  it('accepts what others write', async () => {
    const strips = lzwStrips(await fileOf('tiff', sample(90, 70)));
    assert.ok(strips.length > 0 && strips.every(isSoundLzw));
  });

  it('refuses codes that are not in the table yet, and data without a first clear', () => {
    assert.ok(isSoundLzw(pack([256, 7, 258, 259, 257], 9, 'high')));
    assert.ok(!isSoundLzw(pack([256, 7, 259, 258, 257], 9, 'high')));
    assert.ok(!isSoundLzw(pack([256, 300, 257], 9, 'high')));
    assert.ok(!isSoundLzw(pack([7, 8, 257], 9, 'high')));
  });
});

describe('unpackGifLzw', () => {
  function unpack(codes: readonly number[], room: number): number[] {
    const indices = new Uint8Array(room);
    return [...indices.subarray(0, unpackGifLzw([pack(codes, 3, 'low')], 2, indices))];
  }

  it('unpacks plain codes, strings, and the string that is not in the table yet', () => {
    assert.deepEqual(unpack([4, 1, 2, 5], 9), [1, 2]);
    assert.deepEqual(unpack([4, 1, 6, 5], 9), [1, 1, 1]);
    assert.deepEqual(unpack([4, 1, 2, 4, 3, 5], 9), [1, 2, 3]);
  });

  it('stops where there is no more room', () => {
    assert.deepEqual(unpack([4, 1, 6, 5], 2), [1, 1]);
  });

  it('refuses codes that cannot be there yet', () => {
    assert.throws(() => unpack([4, 1, 7, 5], 9), { reason: 'broken-image' });
    assert.throws(() => unpack([4, 6, 5], 9), { reason: 'broken-image' });
    assert.throws(() => unpackGifLzw([Uint8Array.of(1)], 12, new Uint8Array(1)), { reason: 'broken-image' });
  });
});
