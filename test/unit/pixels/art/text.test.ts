import assert from 'node:assert/strict';
import { layOut } from '../../../../src/pixels/art/text/layout';
import { lettersOf } from '../../../../src/pixels/art/text/outline';

const PEN = 7.6;

describe('setting text', () => {
  it('knows every printable ASCII character but the rarest', () => {
    const missing = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter((char) => lettersOf(char).length === 0);
    assert.deepEqual(missing, ['^', '`', '~']);
  });

  it('sets accents over their letters and relatives for what it lacks', () => {
    const [plain] = lettersOf('e');
    const [accented] = lettersOf('é');
    assert.ok(plain && accented && accented.segments.length > plain.segments.length);
    assert.equal(accented.right, plain.right);
    assert.equal(lettersOf('Straße').length, 7);
    assert.equal(lettersOf('漢字🙂').length, 0);
  });

  it('fits its box and breaks lines where that makes letters larger', () => {
    for (const [width, height] of [[800, 300], [300, 800], [120, 40]] as const) {
      const layout = layOut('Ship it on Friday', width, height, 1e6, PEN);
      assert.ok(layout);
      const widest = Math.max(...layout.lines.map((line) => line.width));
      assert.ok((widest + 2 * PEN) * layout.scale <= width + 1e-6);
      assert.ok(((layout.lines.length - 1) * layout.leading + 100) * layout.scale <= height);
    }
    assert.equal(layOut('Ship it on Friday', 4000, 100, 1e6, PEN)?.lines.length, 1);
    assert.ok((layOut('Ship it on Friday', 300, 800, 1e6, PEN)?.lines.length ?? 0) > 1);
  });

  it('moves letters with open sides together', () => {
    const gap = (pair: string): number => {
      const line = layOut(pair, 1000, 1000, 100, PEN)?.lines[0];
      const [a, b] = line?.placed ?? [];
      assert.ok(a && b);
      return b.x + b.letter.left - a.x - a.letter.right;
    };
    assert.ok(gap('AV') < gap('HO') && gap('HO') < gap('HI'), `${gap('AV')} ${gap('HO')} ${gap('HI')}`);
  });

  it('has nothing to set where no letter is known', () => {
    assert.equal(layOut('漢字', 100, 100, 100, PEN), undefined);
  });
});
