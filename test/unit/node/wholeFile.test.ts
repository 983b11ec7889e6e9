import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createWhole, replaceWhole } from '../../../src/node/wholeFile';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('whole files', () => {
  let folder = '';
  before(async () => (folder = await fs.mkdtemp(path.join(os.tmpdir(), 'easel-whole-'))));
  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('are created once, however many try at the same moment', async () => {
    const file = path.join(folder, 'once.png');
    const won = await Promise.all(Array.from({ length: 20 }, (_, i) => createWhole(file, { bytes: bytes(`writer ${i}`) })));
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal(await fs.readFile(file, 'utf8'), `writer ${won.indexOf(true)}`);
    assert.deepEqual(await fs.readdir(folder), ['once.png']);
  });

  it('are never overwritten', async () => {
    const file = path.join(folder, 'taken.png');
    await fs.writeFile(file, 'mine');
    assert.equal(await createWhole(file, { bytes: bytes('yours') }), false);
    assert.equal(await fs.readFile(file, 'utf8'), 'mine');
  });

  it('reject where the folder is none', async () => {
    const file = path.join(folder, 'taken.png', 'below.png');
    await assert.rejects(createWhole(file, { bytes: bytes('x') }), (error: NodeJS.ErrnoException) => error.code === 'ENOTDIR');
  });

  it('are replaced through a link, with their permissions', async () => {
    const file = path.join(folder, 'real.png');
    const link = path.join(folder, 'link.png');
    await fs.writeFile(file, 'old', { mode: 0o640 });
    await fs.symlink(file, link);
    await replaceWhole(link, { bytes: bytes('new') });
    assert.equal(await fs.readFile(file, 'utf8'), 'new');
    assert.equal((await fs.stat(file)).mode & 0o777, 0o640);
    assert.ok((await fs.lstat(link)).isSymbolicLink());
  });
});
