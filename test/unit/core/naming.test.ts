import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ImageError } from '../../../src/core/errors';
import { numberedName, resolveFolder, splitFileName, stemFromPrompt, stemFromTemplate } from '../../../src/core/naming';

const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }), fc.lorem({ maxCount: 20 }));
const bytes = (text: string): number => Buffer.byteLength(text);
const isBadPath = (error: unknown): boolean => error instanceof ImageError && error.reason === 'bad-path';

describe('stemFromPrompt', () => {
  const named: readonly (readonly [string, string])[] = [
    ['Misty mountains at dawn', 'misty-mountains-at-dawn'],
    ['  A dragon’s   café, “naïve” & Ærø! ', 'a-dragons-cafe-naive-aero'],
    ['Straße nach Łódź, İstanbul', 'strasse-nach-lodz-istanbul'],
    ['夕焼けの富士山、ガラス', '夕焼けの富士山-ガラス'],
    ['Йогурт и ёлка', 'йогурт-и-ёлка'],
    ['हिन्दी चित्र', 'हिन्दी-चित्र'],
    ['한국어', '한국어'],
    ['Ｆｕｌｌ ½', 'full-1-2'],
    ['🐉🔥', 'image'],
    ['   ', 'image'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON', 'image-con'],
    ['nul', 'image-nul'],
    ['con artist', 'con-artist'],
    ['<img src=x onerror=alert(1)>', 'img-src-x-onerror-alert-1'],
  ];
  for (const [prompt, stem] of named) it(`names ${JSON.stringify(prompt)}`, () => assert.equal(stemFromPrompt(prompt), stem));

  it('cuts at a word', () => {
    assert.equal(stemFromPrompt('word '.repeat(40)), Array(12).fill('word').join('-'));
    assert.equal(Array.from(stemFromPrompt('山'.repeat(200))).length, 60);
  });

  it('is always a name that any system takes', () => {
    fc.assert(
      fc.property(anything, (prompt) => {
        const stem = stemFromPrompt(prompt);
        assert.deepEqual(splitFileName(stem), { stem });
        assert.ok(Array.from(stem).length <= 60 && stem === stem.normalize('NFC'));
        assert.match(stem, /^[^-. ].*$/u);
      }),
    );
  });
});

describe('stemFromTemplate', () => {
  const values = { prompt: 'Blue sky', model: 'org/model:1', date: new Date(2026, 0, 9), width: 1200, height: 630 };
  it('fills the placeholders', () => {
    assert.equal(stemFromTemplate('${prompt}', values), 'blue-sky');
    assert.equal(stemFromTemplate('${date} ${prompt}_${width}x${height} by ${model}', values), '2026-01-09 blue-sky_1200x630 by org-model-1');
    assert.equal(stemFromTemplate(' . ', values), 'image');
    assert.equal(stemFromTemplate('aux', values), 'image-aux');
  });
  it('refuses what is no name', () => {
    for (const template of ['${promt}', '${}', '${toString}', 'a/${prompt}', '..\\x', 'a:b', 'x'.repeat(256)]) {
      assert.throws(() => stemFromTemplate(template, values), isBadPath, template);
    }
  });
  it('puts no value where a pattern of replace could stand', () => {
    assert.equal(stemFromTemplate('${model}', { ...values, model: "a$&b$'c" }), "a$&b$'c");
  });
});

describe('splitFileName', () => {
  it('tells an image extension from a stem', () => {
    assert.deepEqual(splitFileName('hero.png'), { stem: 'hero', extension: 'png' });
    assert.deepEqual(splitFileName('Hero.v2.JPEG'), { stem: 'Hero.v2', extension: 'jpeg' });
    assert.deepEqual(splitFileName('hero'), { stem: 'hero' });
    assert.deepEqual(splitFileName('hero.v2'), { stem: 'hero.v2' });
    assert.deepEqual(splitFileName('50% off #1 ü.webp'), { stem: '50% off #1 ü', extension: 'webp' });
  });
  it('refuses what is no name everywhere', () => {
    const names = ['', ' ', '.', '..', '.png', 'a/b', 'a\\b', 'a\0b', 'a\nb', 'con', 'NUL.png', 'Com1.jpg', 'LPT¹', 'conout$', 'a<b', 'a:b', 'a"b', 'a|b', 'a?b', 'a*b', 'a.', 'a ', 'a .png', 'x\u202egnp.exe', '\ud800', 'ü'.repeat(128)];
    for (const name of names) assert.throws(() => splitFileName(name), isBadPath, JSON.stringify(name));
    assert.deepEqual(splitFileName('ü'.repeat(127)), { stem: 'ü'.repeat(127) });
  });
});

describe('numberedName', () => {
  it('numbers from the second', () => {
    assert.deepEqual([1, 2, 11].map((n) => numberedName('hero', n, 'png')), ['hero.png', 'hero-2.png', 'hero-11.png']);
  });
  it('keeps every name within 255 bytes, and different', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), fc.integer({ min: 2, max: 9999 }), (stem, n) => {
        const first = numberedName(stem, 1, 'jpeg');
        const other = numberedName(stem, n, 'jpeg');
        assert.ok(bytes(first) <= 255 && bytes(other) <= 255);
        assert.ok(first.endsWith('.jpeg') && other.endsWith(`-${n}.jpeg`) && first !== other);
        if (bytes(stem) <= 240) assert.equal(other, `${stem}-${n}.jpeg`);
      }),
    );
  });
});

describe('resolveFolder', () => {
  it('resolves a folder below the workspace', () => {
    assert.deepEqual(resolveFolder('images'), ['images']);
    assert.deepEqual(resolveFolder('./docs//img/'), ['docs', 'img']);
    assert.deepEqual(resolveFolder('assets\\img'), ['assets', 'img']);
    assert.deepEqual(resolveFolder('a/b/../c d#%'), ['a', 'c d#%']);
    assert.deepEqual(resolveFolder(''), []);
    assert.deepEqual(resolveFolder('a/..'), []);
  });
  it('refuses the rest', () => {
    for (const folder of ['/tmp', '\\\\server\\share', 'C:\\x', 'c:x', '..', 'a/../../b', 'file:///x', 'a/con/b', 'a/\0', 'a/b. /c', '...']) {
      assert.throws(() => resolveFolder(folder), isBadPath, folder);
    }
  });
  it('never leaves the workspace', () => {
    const paths = fc.array(fc.constantFrom('..', '.', 'a', 'b', '', '/', '\\', 'C:'), { maxLength: 8 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(paths, (folder) => {
        try {
          assert.ok(resolveFolder(folder).every((segment) => segment === 'a' || segment === 'b'));
        } catch (error) {
          assert.ok(isBadPath(error), String(error));
        }
      }),
    );
  });
});
