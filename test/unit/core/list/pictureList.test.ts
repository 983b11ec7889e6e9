import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ancestorsOf, checkEntries, type RawEntry } from '../../../../src/core/list/pictureList';

const SIZE = { width: 64, height: 48 };

function entry(name: string, more: Partial<RawEntry> = {}): RawEntry {
  return { name, prompt: 'a fox', size: SIZE, ...more };
}

function problems(...entries: readonly RawEntry[]): string[] {
  return checkEntries(entries).problems.map(({ path, kind }) => `${path.join('.')} ${kind}`);
}

describe('checkEntries', () => {
  it('takes a name apart, with the format of its ending or the ending of its format', () => {
    const { pictures } = checkEntries([entry('img/a.png'), entry('b.JPG'), entry('c', { format: 'jpeg' }), entry('./img//d'), entry('hero.v2')]);
    assert.deepEqual(
      pictures.map(({ path, format }) => [path.join('/'), format]),
      [['img/a.png', 'png'], ['b.JPG', 'jpeg'], ['c.jpg', 'jpeg'], ['img/d.png', 'png'], ['hero.v2.png', 'png']],
    );
  });

  it('keeps every file inside the folder', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', 'a', 'b', '', 'c.png', '\\', '/'), { maxLength: 8 }), (parts) => {
        const { pictures } = checkEntries([entry(parts.join('/'))]);
        for (const { path } of pictures) assert.ok(path.length > 0 && path.every((segment) => segment !== '' && !/^\.+$|[\\/]/.test(segment)), path.join('/'));
      }),
    );
    for (const name of ['../a.png', '/a.png', 'C:\\a.png', 'a/../../b.png', 'file:///a.png', '', '.', 'con.png']) assert.deepEqual(problems(entry(name)), ['pictures.0.name bad-path'], name);
  });

  it('refuses formats that are not drawn, and a format that its name contradicts', () => {
    assert.deepEqual(problems(entry('a.gif'), entry('b.svg')), ['pictures.0.name bad-format', 'pictures.1.name bad-format']);
    assert.deepEqual(problems(entry('a.png', { format: 'jpeg' })), ['pictures.0.format bad-format']);
  });

  it('takes two names of one file for a mistake, in whatever case or form', () => {
    assert.deepEqual(problems(entry('a.png'), entry('A.PNG'), entry('./a'), entry('é.png'), entry('e\u0301.png')), [
      'pictures.1.name same-file',
      'pictures.2.name same-file',
      'pictures.4.name same-file',
    ]);
  });

  it('links parents, wherever they stand', () => {
    const { pictures } = checkEntries([entry('c.png', { parent: 'b.png' }), entry('b.png', { parent: 'a.png' }), entry('a.png')]);
    assert.deepEqual(pictures.map(({ name }) => name), ['c.png', 'b.png', 'a.png']);
    assert.deepEqual(pictures.map((picture) => ancestorsOf(picture).map(({ name }) => name)), [['b.png', 'a.png'], ['a.png'], []]);
  });

  it('tells of parents that are missing and of rings, at the entry itself, and leaves out what hangs on them', () => {
    const list = [entry('a', { parent: 'b' }), entry('b', { parent: 'a' }), entry('c', { parent: 'a' }), entry('d', { parent: 'gone' }), entry('e', { parent: 'd' }), entry('f', { parent: 'f' }), entry('g')];
    assert.deepEqual(problems(...list), ['pictures.0.parent own-ancestor', 'pictures.1.parent own-ancestor', 'pictures.3.parent unknown-parent', 'pictures.5.parent own-ancestor']);
    assert.deepEqual(checkEntries(list).pictures.map(({ name }) => name), ['g']);
  });

  it('answers pictures whose ancestors end, for any parents', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(fc.array(fc.option(fc.constantFrom(...names), { nil: undefined }), { minLength: 5, maxLength: 5 }), (parents) => {
        const { pictures, problems: found } = checkEntries(names.map((name, i) => entry(name, { parent: parents[i] })));
        for (const picture of pictures) assert.ok(ancestorsOf(picture).length < names.length);
        assert.equal(pictures.length === names.length, found.length === 0);
      }),
    );
  });
});
