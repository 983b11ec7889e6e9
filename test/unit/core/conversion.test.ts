import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extentsForWidths, formatBytes, parseWidths, savedPercent, srcsetWidths } from '../../../src/core/conversion';
import { formatExtent } from '../../../src/core/geometry';

describe('conversion', () => {
  const SOURCE = { width: 1600, height: 901 };

  it('keeps the ratio, and enlarges only where that is asked for', () => {
    assert.deepEqual(extentsForWidths(SOURCE, [640, 1280], false).map(formatExtent), ['640x360', '1280x721']);
    assert.deepEqual(extentsForWidths(SOURCE, [640, 1920, 2560], false).map(formatExtent), ['640x360', '1600x901']);
    assert.deepEqual(extentsForWidths(SOURCE, [1920], true).map(formatExtent), ['1920x1081']);
    assert.deepEqual(extentsForWidths({ width: 5000, height: 1 }, [10, 10], false).map(formatExtent), ['10x1']);
  });

  it('never makes a picture larger than its source unless asked, and none twice', () => {
    fc.assert(
      fc.property(fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) }), fc.array(fc.integer({ min: 1, max: 9000 }), { maxLength: 6 }), (source, widths) => {
        const extents = extentsForWidths(source, widths, false);
        assert.ok(extents.every(({ width, height }) => width <= source.width && height <= source.height && height >= 1));
        assert.equal(new Set(extents.map(formatExtent)).size, extents.length);
      }),
    );
  });

  it('offers the widths that pages want, and the picture’s own', () => {
    assert.deepEqual(srcsetWidths(SOURCE), [640, 960, 1280, 1600]);
    assert.deepEqual(srcsetWidths({ width: 300, height: 9 }), [300]);
  });

  it('reads widths, and nothing else', () => {
    assert.deepEqual(parseWidths(' 640, 1280;1920 '), [640, 1280, 1920]);
    for (const text of ['', 'wide', '0', '640x480', '70000', '1.5']) assert.equal(parseWidths(text), undefined, text);
  });

  it('says sizes and savings', () => {
    assert.deepEqual([87, 999, 1000, 412_345, 999_499, 999_500, 1_234_567].map(formatBytes), ['87 B', '999 B', '1 kB', '412 kB', '999 kB', '1.0 MB', '1.2 MB']);
    assert.deepEqual([savedPercent(412, 61), savedPercent(100, 100), savedPercent(100, 150), savedPercent(607_000, 3000)], [85, 0, -50, 99]);
  });
});
