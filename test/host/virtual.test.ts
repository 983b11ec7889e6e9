import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bytesOf, configure, easel, inWorkspace, one, pixelsOf, refused, unconfigure } from './easel';

/** A file system in memory, flat but for its root; it may lack `rename`, as some do. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;

  constructor(private readonly renames: boolean) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }

  createDirectory(): void {}

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  /** What every write fails with. */
  failure: ((uri: vscode.Uri) => Error) | undefined;

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    if (this.failure) throw this.failure(uri);
    this.files.set(uri.path, bytes);
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
  }

  rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { overwrite: boolean }): void {
    if (!this.renames) throw vscode.FileSystemError.Unavailable('no renaming here');
    if (this.files.has(to.path) && !overwrite) throw vscode.FileSystemError.FileExists(to);
    this.files.set(to.path, this.readFile(from));
    this.files.delete(from.path);
  }
}

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

  const failures: Record<string, (uri: vscode.Uri) => Error> = {
    full: () => vscode.FileSystemError.Unavailable('ENOSPC: no space left on device'),
    forbidden: (uri) => vscode.FileSystemError.NoPermissions(uri),
    gone: (uri) => vscode.FileSystemError.FileNotFound(uri),
    broken: () => new Error('EIO: i/o error'),
  };
  for (const [what, failure] of Object.entries(failures)) {
    it(`that is ${what} fails with a reason, names the folder and keeps what was there`, async () => {
      const files = new MemoryFiles(true);
      const provider = vscode.workspace.registerFileSystemProvider('easel-fails', files, { isCaseSensitive: true });
      try {
        const source = vscode.Uri.from({ scheme: 'easel-fails', path: '/a.png' });
        const bytes = await bytesOf(inWorkspace('photo.png'));
        files.writeFile(source, bytes);
        files.failure = failure;
        for (const output of ['new', 'replace']) {
          const { message } = await refused('cannot-save', 'widen', source, { right: 16, output });
          assert.match(message, /easel-fails:.*is kept and can be saved elsewhere/);
        }
        assert.deepEqual([...files.files], [['/a.png', files.files.get('/a.png')]]);
        assert.deepEqual(Buffer.from(files.readFile(source)), bytes);
      } finally {
        provider.dispose();
      }
    });
  }

  it('that is read-only is refused before anything is drawn', async () => {
    const files = new MemoryFiles(true);
    const provider = vscode.workspace.registerFileSystemProvider('easel-read', files, { isReadonly: true });
    const source = vscode.Uri.from({ scheme: 'easel-read', path: '/a.png' });
    files.writeFile(source, await bytesOf(inWorkspace('photo.png')));
    await refused('cannot-save', 'widen', source, { right: 16 });
    provider.dispose();
  });
});
