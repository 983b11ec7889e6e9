import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryFiles } from './memoryFiles';
import { bytesOf, configure, easel, inWorkspace, one, pixelsOf, refused, unconfigure, until } from './easel';

describe('a virtual file system', () => {
  before(() => configure({ engine: 'offline' }));
  after(() => unconfigure('engine'));

  for (const renames of [true, false]) {
    it(`${renames ? 'that renames' : 'without renaming'} gets whole files, numbered and without leftovers`, async () => {
      const scheme = renames ? 'easel-memory' : 'easel-plain';
      const files = new MemoryFiles(renames);
      const provider = vscode.workspace.registerFileSystemProvider(scheme, files, { isCaseSensitive: true });
      try {
        const source = vscode.Uri.from({ scheme, path: '/a b#1%.png' });
        files.writeFile(source, await bytesOf(inWorkspace('photo.png')));
        for (const name of ['/a b#1%-2.png', '/a b#1%-3.png']) {
          const file = one(await easel('widen', source, { right: 16 }));
          assert.equal(file.path, name);
          assert.equal((await pixelsOf(file)).width, 784);
        }
        one(await easel('widen', source, { right: 16, output: 'replace' }));
        assert.equal((await pixelsOf(source)).width, 784);
        assert.deepEqual([...files.files.keys()].sort(), ['/a b#1%-2.png', '/a b#1%-3.png', '/a b#1%.png']);
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        provider.dispose();
      }
    });
  }

  it('that is read-only is refused before anything is drawn', async () => {
    const files = new MemoryFiles(true);
    const provider = vscode.workspace.registerFileSystemProvider('easel-read', files, { isReadonly: true });
    const source = vscode.Uri.from({ scheme: 'easel-read', path: '/a.png' });
    files.writeFile(source, await bytesOf(inWorkspace('photo.png')));
    await until('a read-only file system', () => vscode.workspace.fs.isWritableFileSystem('easel-read') === false);
    await refused('cannot-save', 'widen', source, { right: 16 });
    provider.dispose();
  });
});
