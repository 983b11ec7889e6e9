import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { realPathWithin, writeWithin } from '../../../src/node/confinement';
import { createWhole } from '../../../src/node/wholeFile';

const CONTENT = { bytes: new TextEncoder().encode('a picture') };

describe('files that stay in a folder', () => {
  let home = '';
  const at = (...names: string[]): string => path.join(home, ...names);
  beforeEach(async () => {
    // A temporary folder may lie behind a link itself.
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'easel-confined-')));
    for (const name of ['root/inner', 'outside']) await fs.mkdir(at(name), { recursive: true });
  });
  afterEach(() => fs.rm(home, { recursive: true, force: true }));

  const write = (folder: string, before: (real: string) => Promise<void> = async () => {}): Promise<string | undefined> =>
    writeWithin(folder, at('root'), CONTENT, async (real) => {
      await before(real);
      return (await createWhole(path.join(real, 'fox.png'), CONTENT)) ? path.join(real, 'fox.png') : undefined;
    });
  const leadsOut = { name: 'ImageError', reason: 'bad-path' };

  it('are written where a link inside leads, and into folders that are made', async () => {
    await fs.symlink(at('root/inner'), at('root/link'));
    await fs.symlink(at('root'), at('door'));
    assert.equal(await write(at('root/link')), at('root/inner/fox.png'));
    assert.equal(await write(at('root/link/new/er')), at('root/inner/new/er/fox.png'));
    assert.equal(await writeWithin(at('door'), at('door'), CONTENT, async (real) => real), at('root'));
    assert.equal(await write(at('root/link')), undefined, 'the name is taken');
  });

  const ways: [name: string, target: string, make: () => Promise<unknown>][] = [
    ['a link', 'root/link', () => fs.symlink(at('outside'), at('root/link'))],
    ['a folder behind one', 'root/link/new/er', () => fs.symlink(at('outside'), at('root/link'))],
    ['a link to what is not there yet', 'root/link', () => fs.symlink(at('outside/later'), at('root/link'))],
    ['links in a ring', 'root/link/x', () => fs.symlink(at('root/link'), at('root/link'))],
    ['a neighbour whose name begins alike', 'root-2', () => fs.mkdir(at('root-2'))],
    ['the folder above', 'root/..', async () => {}],
  ];
  for (const [name, target, make] of ways) {
    it(`never leave it by ${name}`, async () => {
      await make();
      await assert.rejects(realPathWithin(at(target), at('root')), leadsOut);
      await assert.rejects(write(at(target)), leadsOut);
      assert.deepEqual(await fs.readdir(at('outside')), []);
    });
  }

  it('go into the folder that was looked at, whatever link takes its name meanwhile', async () => {
    await fs.symlink(at('root/inner'), at('root/link'));
    const swap = async (): Promise<void> => {
      await fs.rm(at('root/link'));
      await fs.symlink(at('outside'), at('root/link'));
    };
    assert.equal(await write(at('root/link'), swap), at('root/inner/fox.png'));
    assert.deepEqual(await fs.readdir(at('outside')), []);
  });

  it('are taken back where a link takes the place of the folder itself, and a stranger’s file is left', async () => {
    const swap = async (real: string): Promise<void> => {
      await fs.rename(real, at('moved'));
      await fs.symlink(at('outside'), real);
    };
    await assert.rejects(write(at('root/inner'), swap), leadsOut);
    assert.deepEqual(await fs.readdir(at('outside')), []);

    await fs.rm(at('root/inner'));
    await fs.mkdir(at('root/inner'));
    await fs.rm(at('moved'), { recursive: true });
    await fs.writeFile(at('outside/fox.png'), 'a stranger’s');
    const late = writeWithin(at('root/inner'), at('root'), CONTENT, async (real) => {
      await createWhole(path.join(real, 'fox.png'), CONTENT);
      await swap(real);
      return path.join(real, 'fox.png');
    });
    await assert.rejects(late, leadsOut);
    assert.equal(await fs.readFile(at('outside/fox.png'), 'utf8'), 'a stranger’s');
  });
});
