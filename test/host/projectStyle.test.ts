import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, easel, one, openText, put, recipeOf, refused, remove, unconfigure } from './easel';

describe('the project’s style, beyond the list', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove('easel.json');
    await remove('images');
    await remove('page.md');
    await remove('hares.md');
  });
  after(() => unconfigure('engine'));

  it('goes with what is generated, but into no name and no alt text', async () => {
    await put('easel.json', Buffer.from(JSON.stringify({ style: { words: 'flat', palette: '#ABC' }, pictures: [{ broken: true }] })));
    await refused('bad-argument', 'generate', { prompt: 'a fox', width: 64, height: 64 });
    await put('easel.json', Buffer.from(JSON.stringify({ style: { words: 'flat', palette: '#ABC' }, pictures: [] })));
    const file = one(await easel('generate', { prompt: 'a fox', width: 64, height: 64 }));
    assert.match(file.path, /images\/a-fox\.png$/);
    assert.equal((await recipeOf(file))?.prompt, 'a fox\n\nStyle: flat. Colour palette: #aabbcc.');
    const again = one(await easel('generate', { prompt: (await recipeOf(file))?.prompt, width: 64, height: 64 }));
    assert.equal((await recipeOf(again))?.prompt, (await recipeOf(file))?.prompt);
    const document = await openText('page.md', '');
    await easel('insert', file, {});
    assert.equal(document.getText(), '![a fox](images/a-fox.png)');
    await document.save();
  });

  it('goes with what a document misses', async () => {
    await put('easel.json', Buffer.from(JSON.stringify({ style: 'flat', pictures: [] })));
    // A document of its own: VS Code may still hold the text of one that was open a moment ago.
    const page = await put('hares.md', Buffer.from('![a hare](images/hare.png)'));
    const file = one(await easel('generateMissing', { uri: page, link: 'images/hare.png' }));
    assert.equal((await recipeOf(file))?.prompt, 'a hare\n\nStyle: flat.');
  });
});
