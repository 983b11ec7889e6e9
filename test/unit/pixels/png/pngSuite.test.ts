import assert from 'node:assert/strict';
import { nodeZlib } from '../../../../src/node/zlib';
import { decodeImage } from '../../../../src/pixels/codec/decode';
import { services } from '../codec/sampleFiles';
import { buildPng } from './buildPng';

/** Length, type, data and checksum of IHDR. */
const IHDR = { at: 8, type: 12, data: 16, crc: 29, end: 33 };

const WHOLE = buildPng({ width: 4, height: 4, colorType: 2, bitDepth: 8, sample: (x, y, channel) => 16 * x + 4 * y + channel });

function withByte(at: number, change: (byte: number) => number): Uint8Array {
  const png = WHOLE.slice();
  png[at] = change(png[at] as number);
  return png;
}

/** Another IHDR whose checksum is right. */
function withHeader(at: number, value: number): Uint8Array {
  const png = withByte(IHDR.data + at, () => value);
  new DataView(png.buffer).setUint32(IHDR.crc, nodeZlib.crc32(png.subarray(IHDR.type, IHDR.crc)));
  return png;
}

function spliced(at: number, remove: number, ...insert: number[]): Uint8Array {
  return Uint8Array.from([...WHOLE.subarray(0, at), ...insert, ...WHOLE.subarray(at + remove)]);
}

const idat = Buffer.from(WHOLE).indexOf('IDAT') - 4;
const idatLength = 12 + new DataView(WHOLE.buffer).getUint32(idat);

/**
 * The damaged pictures of PngSuite by its names and descriptions (no package ships the files; the families of whole ones are built in decode.test.ts).
 * Who copied a PNG as text or over seven bits has one of the first six.
 */
const DAMAGED: Record<string, { readonly png: Uint8Array; readonly reason: string }> = {
  'xs1n0g01, the signature’s first byte without its highest bit': { png: withByte(0, (byte) => byte & 127), reason: 'not-an-image' },
  'xs2n0g01, its second byte wrong': { png: withByte(1, () => 0x44), reason: 'not-an-image' },
  'xs4n0g01, its fourth byte wrong': { png: withByte(3, () => 0x48), reason: 'not-an-image' },
  'xs7n0g01, its seventh byte a space': { png: withByte(6, () => 0x20), reason: 'not-an-image' },
  'xcrn0g04, line feeds turned to carriage return and line feed': { png: spliced(7, 1, 0x0d, 0x0a), reason: 'not-an-image' },
  'xlfn0g04, carriage returns taken out': { png: spliced(4, 1), reason: 'not-an-image' },
  'xhdn0g08, the checksum of IHDR wrong': { png: withByte(IHDR.crc, (byte) => byte ^ 1), reason: 'broken-image' },
  'xc1n0g08, colour type 1': { png: withHeader(9, 1), reason: 'broken-image' },
  'xc9n2c08, colour type 9': { png: withHeader(9, 9), reason: 'broken-image' },
  'xd0n2c08, bit depth 0': { png: withHeader(8, 0), reason: 'broken-image' },
  'xd3n2c08, bit depth 3': { png: withHeader(8, 3), reason: 'broken-image' },
  'xd9n2c08, bit depth 99': { png: withHeader(8, 99), reason: 'broken-image' },
  'xdtn0g01, no IDAT': { png: spliced(idat, idatLength), reason: 'broken-image' },
  'xcsn0g01, the checksum of IDAT wrong': { png: withByte(idat + idatLength - 1, (byte) => byte ^ 1), reason: 'broken-image' },
};

describe('PngSuite', () => {
  it('begins with a picture that is whole', async () => {
    assert.deepEqual((await decodeImage(WHOLE, services)).info.extent, { width: 4, height: 4 });
  });

  for (const [name, { png, reason }] of Object.entries(DAMAGED)) {
    it(`refuses ${name}`, () => assert.rejects(decodeImage(png, services), { name: 'ImageError', reason }));
  }
});
