import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cssColours, parseCssColour } from '../../../src/core/cssColours';
import { addedStyle, applyStyle, restyle, styleWords, withoutStyle, type ProjectStyle } from '../../../src/core/style';

const style = fc.record({ words: fc.string(), palette: fc.array(fc.constantFrom('#102030', '#ffffff')), references: fc.nat(3) });

describe('applyStyle', () => {
  it('says words, palette and references after the prompt', () => {
    assert.equal(applyStyle(' a fox ', { words: 'flat\n  vector', palette: ['#102030', '#ffffff'], references: 0 }), 'a fox\n\nStyle: flat vector. Colour palette: #102030, #ffffff.');
    assert.match(applyStyle('a fox', { words: '', palette: [], references: 2 }), /^a fox\n\nStyle: Follow the look of the attached reference pictures/);
    assert.equal(applyStyle('a fox', { words: ' ', palette: [], references: 0 }), 'a fox');
    assert.equal(applyStyle('a fox', undefined), 'a fox');
  });

  it('replaces a style instead of adding a second one', () => {
    fc.assert(
      fc.property(fc.string(), style, style, (prompt, first: ProjectStyle, second: ProjectStyle) => {
        const plain = withoutStyle(prompt);
        const styled = applyStyle(plain, first);
        assert.equal(withoutStyle(styled), plain);
        assert.equal(applyStyle(styled, second), applyStyle(plain, second));
        assert.equal(applyStyle(styled, undefined), plain);
      }),
    );
  });

  it('carries a style over to other words', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('a fox', 'a hare'), style, (prompt, words, added) => {
        const styled = applyStyle(prompt, added);
        assert.equal(restyle(words, styled), addedStyle(styled) === '' ? words : `${words}\n\n${addedStyle(styled)}`);
        assert.equal(restyle(styled, styled), styled);
      }),
    );
  });

  it('ends each of its sentences once', () => {
    assert.equal(styleWords({ words: 'Flat.', palette: ['#000000'], references: 0 }), 'Flat. Colour palette: #000000.');
  });
});

describe('cssColours', () => {
  it('reads custom properties in their order, by every common notation', () => {
    const css = `
      /* --no: #111111; */
      @theme { --brand: #1F2335; --soft: #7af; --glass: #11223344; }
      :root { --gap: 4px; --ink: rgb(16 32 48 / 50%); --sky: rgba(10, 200, 300, .5); --sun: hsl(60, 100%, 50%); --alias: var(--brand, red); --ok: oklch(1 0 0); }
      .dark { --brand: #000000 }`;
    assert.deepEqual(cssColours(css).map(({ name, hex }) => `${name} ${hex}`), [
      '--brand #1f2335', '--soft #77aaff', '--glass #112233', '--ink #102030', '--sky #0ac8ff', '--sun #ffff00', '--alias #1f2335', '--ok #ffffff',
    ]);
  });

  it('ends on references that go in a ring, and passes over what is no colour', () => {
    assert.deepEqual(cssColours('--a: var(--b); --b: var(--a); --c: rgb(x y z); --d: linear-gradient(red, blue);'), []);
  });

  it('reads hsl as CSS Color 4 does, and gives a whole hex or nothing for any text', () => {
    assert.equal(parseCssColour('hsl(210deg 50% 40%)'), '#336699');
    fc.assert(fc.property(fc.string(), (text) => /^(undefined|#[0-9a-f]{6})$/.test(String(parseCssColour(text)))));
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(fc.constantFrom('rgb', 'hsl', 'oklch'), number, number, number, (name, a, b, c) => /^(undefined|#[0-9a-f]{6})$/.test(String(parseCssColour(`${name}(${a} ${b} ${c})`)))));
  });
});
