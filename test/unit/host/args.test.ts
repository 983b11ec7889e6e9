import assert from 'node:assert/strict';
import { ImageError } from '../../../src/core/errors';
import { readArguments } from '../../../src/host/commands/args';

/** What a menu passes: its fields are getters of a class, as in `vscode.Uri`. */
class FakeUri {
  constructor(private readonly value: string) {}
  get scheme(): string {
    return 'file';
  }
  get path(): string {
    return this.value;
  }
}

const KEYS = ['prompt', 'count'];
const a = new FakeUri('/a.png');
const b = new FakeUri('/b.png');

describe('readArguments', () => {
  it('takes nothing, a file, and what menus pass for a person', () => {
    for (const args of [[], [undefined], [a], [a, [a, b]], [a, { groupId: 1, editorIndex: 0 }], ['pictures/a.png']]) {
      assert.equal(readArguments(args, KEYS).audience, 'person', JSON.stringify(args));
    }
  });

  it('names each selected file once, the clicked one first', () => {
    assert.deepEqual(readArguments([b, [a, b]], KEYS).uris, [b, a]);
  });

  it('takes options that hold a key of the table, or {}, for a caller', () => {
    assert.deepEqual(readArguments([a, { count: 2, other: 1 }], KEYS), { audience: 'caller', uris: [a], options: { count: 2, other: 1 } });
    assert.deepEqual(readArguments([{}], KEYS), { audience: 'caller', uris: [], options: {} });
    assert.equal(readArguments([{ prompt: undefined }], KEYS).audience, 'caller');
  });

  it('takes options without a key of the table for a person', () => {
    assert.deepEqual(readArguments([a, { promt: 'misspelt' }], KEYS), { audience: 'person', uris: [a], options: {} });
  });

  it('takes one object that holds files and options, as a keybinding passes it', () => {
    assert.deepEqual(readArguments([{ uri: 'a.png', prompt: 'x' }], KEYS), { audience: 'caller', uris: ['a.png'], options: { prompt: 'x' } });
    assert.deepEqual(readArguments([{ uris: ['a.png', { scheme: 'file', path: '/b.png' }] }], KEYS).uris, ['a.png', { scheme: 'file', path: '/b.png' }]);
    assert.deepEqual(readArguments([a, { uris: [a, b] }], KEYS).uris, [a, b]);
  });

  it('takes a Uri that went through JSON for a file, not for options', () => {
    const json = { $mid: 1, fsPath: '/a.png', external: 'file:///a.png', path: '/a.png', scheme: 'file' };
    assert.deepEqual(readArguments([json, { count: 1 }], KEYS), { audience: 'caller', uris: [json], options: { count: 1 } });
  });

  it('refuses a caller’s argument that is no file', () => {
    for (const args of [[42, { count: 1 }], [{ uri: 42 }], [[a, 7], { count: 1 }], [{ uris: 'a.png', uri: {} }], [{ count: 1 }, { count: 2 }]]) {
      assert.throws(
        () => readArguments(args, KEYS),
        (error) => error instanceof ImageError && error.reason === 'bad-argument',
        JSON.stringify(args),
      );
    }
  });

  it('takes the rows of trees and of source control for the files that they hold', () => {
    const row = { entry: {}, resourceUri: { scheme: 'file', path: '/w/a.png' } };
    assert.deepEqual(readArguments([row, [row]], ['prompt']), { audience: 'person', uris: [row.resourceUri], options: {} });
    assert.equal(readArguments([row, { prompt: 'x' }], ['prompt']).audience, 'caller');
  });
});
