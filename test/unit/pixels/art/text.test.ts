import assert from 'node:assert/strict';
import { fitText } from '../../../../src/pixels/art/text/fitText';
import { inkOf } from '../../../../src/pixels/art/text/ink';
import { layOut, type Layout, type TextBox } from '../../../../src/pixels/art/text/layout';
import { lettersOf } from '../../../../src/pixels/art/text/outline';

const PEN = 7.6;

const box = (width: number, height: number, more: Partial<TextBox> = {}): TextBox => ({ width, height, largest: 1e6, readable: 1, align: 0, ...more });
const laid = (text: string, within: TextBox): Layout => layOut(text, within, PEN) ?? assert.fail(`${text} was not laid out`);

describe('setting text', () => {
  it('fits its box and breaks lines where that makes letters larger', () => {
    for (const [width, height] of [[800, 300], [300, 800], [120, 40]] as const) {
      const layout = laid('Ship it on Friday', box(width, height));
      const widest = Math.max(...layout.lines.map((line) => line.width));
      assert.ok((widest + 2 * PEN) * layout.scale <= width + 1e-6);
      assert.ok(((layout.lines.length - 1) * layout.leading + 100) * layout.scale <= height);
    }
    assert.equal(laid('Ship it on Friday', box(4000, 100)).lines.length, 1);
    assert.ok(laid('Ship it on Friday', box(300, 800)).lines.length > 1);
  });

  it('keeps line breaks', () => {
    const glyphs = (text: string): number[] => laid(text, box(4000, 100)).lines.map(({ placed }) => placed.length);
    assert.deepEqual(glyphs('Ship it\non Friday'), [6, 8]);
    assert.deepEqual(glyphs('\n\nShip it\n \n'), [6]);
  });

  it('moves letters with open sides together', () => {
    const gap = (pair: string): number => {
      const [a, b] = laid(pair, box(1000, 1000)).lines[0]?.placed ?? [];
      assert.ok(a && b);
      return b.x + b.letter.left - a.x - a.letter.right;
    };
    assert.ok(gap('AV') < gap('HO') && gap('HO') < gap('HI'), `${gap('AV')} ${gap('HO')} ${gap('HI')}`);
  });

  it('moves lines apart where an accent would touch what hangs over it, and only there', () => {
    const leading = (text: string, align = 0): number => laid(text, box(4000, 4000, { align })).leading;
    assert.equal(leading('one\nmore'), 148);
    assert.equal(leading('gypsy\nnew'), 148);
    assert.ok(leading('gypsy\nbold') > 150);
    assert.ok(leading('pp\nÉÉ') >= 32 + 136 + 2 * PEN);
    assert.ok(leading('pp\nẤẤ') > leading('pp\nÉÉ'));
    assert.equal(leading('ppnnnnnn\nnnnnnnÉÉ'), 148 + Math.max(0, 136 + 2 * PEN + 6 - 148));
    assert.equal(leading('nnnnnnnnpp\nÉ'), leading('nn\nÉ'));
    assert.ok(leading('nnnnnnnnpp\nÉ', 0.5) < leading('nnnynnn\nÉ', 0.5));
  });

  it('knows how far ink reaches out of its letters', () => {
    const plain = inkOf(laid('il', box(1000, 1000)), 0);
    assert.deepEqual(plain, { left: 0, right: laid('il', box(1000, 1000)).lines[0]?.width, top: 104, bottom: 0 });
    const marked = inkOf(laid('Îl\nļ', box(1000, 1000)), 0);
    assert.ok(marked.left < -10 && marked.top > 130 && marked.bottom < -30, JSON.stringify(marked));
  });

  it('has nothing to set where no letter is known', () => {
    assert.equal(layOut('漢字', box(100, 100), PEN), undefined);
    assert.equal(layOut(' \n ', box(100, 100), PEN), undefined);
  });

  describe('that can be read', () => {
    const letters = (layout: Layout | undefined): number => (layout?.lines ?? []).reduce((sum, { placed }) => sum + placed.length, 0);
    const long = Array.from({ length: 40 }, (_, i) => `word${i % 10}`).join(' ');

    it('takes more lines before it leaves words out', () => {
      const { layout, shortened } = fitText(long, box(400, 400, { readable: 20 }), PEN);
      assert.ok(layout && !shortened && layout.lines.length > 8 && layout.scale * 100 >= 20);
      assert.ok(laid(long, box(400, 400)).lines.length <= 8);
      assert.equal(letters(layout), 200);
    });

    it('leaves out the words that it has no room for', () => {
      const small = fitText(long, box(400, 400, { readable: 30 }), PEN);
      assert.ok(small.layout && small.shortened && small.layout.scale * 100 >= 30);
      // Whole words and the three dots, and not one word more would have done.
      const words = (letters(small.layout) - 3) / 5;
      assert.ok(Number.isInteger(words) && words >= 5, String(words));
      assert.ok(laid(`${long.slice(0, 6 * (words + 1) - 1)}…`, box(400, 400, { readable: 30 })).scale * 100 < 30);
    });

    it('sets nothing where not one word can be read', () => {
      assert.deepEqual(fitText('Hello there', box(12, 12, { readable: 5 }), PEN), { layout: undefined, shortened: false });
      assert.deepEqual(fitText('', box(400, 400), PEN), { layout: undefined, shortened: false });
    });

    it('is quick with a text that no picture holds', () => {
      const { layout, shortened } = fitText('lorem ipsum '.repeat(2_000), box(2000, 2000, { readable: 8 }), PEN);
      assert.ok(layout && shortened && letters(layout) < 600);
    });
  });

  it('makes the same letters of the same text', () => {
    assert.deepEqual(lettersOf('Ёлка'), lettersOf('Е\u0308лка'));
  });
});
