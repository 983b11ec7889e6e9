import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, easel, inWorkspace, one, refused, remove, unconfigure } from './easel';

describe('the history', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(() => remove('images'));
  after(() => unconfigure('engine'));

  it('is shown without a dialogue', async () => {
    assert.deepEqual(await easel('showHistory'), []);
    assert.deepEqual(await easel('showHistory', {}), []);
  });

  it('lets the commands on pictures take its rows', async () => {
    const file = one(await easel('generate', { prompt: 'dunes', width: 64, height: 64 }));
    const row = { entry: {}, resourceUri: file };
    const varied = await easel('vary', row, [row, { entry: {}, resourceUri: inWorkspace('photo.png') }], { seed: 1 });
    assert.equal(varied.length, 2);
    for (const uri of varied) await vscode.workspace.fs.delete(uri);
    await refused('bad-argument', 'vary', [{ entry: {} }], { seed: 1 });
  });
});
