import assert from 'node:assert/strict';
import sharp from 'sharp';
import * as vscode from 'vscode';
import { bytesOf, configure, easel, inWorkspace, one, pixelsOf, put, recipeOf, refused, remove, unconfigure } from './easel';

const PROMPT = 'a calm sea';

/** Every `from` byte sequence of a file by another one of the same length; a PNG's checksums stay as they were, which nobody looks at in a text chunk. */
async function forge(file: vscode.Uri, name: string, from: string, to: string): Promise<vscode.Uri> {
  const bytes = await bytesOf(file);
  return put(name, Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1'));
}

async function shownText(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.scheme, 'easel-recipe');
  return editor.document.getText();
}

describe('recipes', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove('images');
    await remove('stranger.png');
  });
  after(() => unconfigure('engine'));

  it('run again gives the same picture beside the first, by the same seed', async () => {
    const first = one(await easel('generate', { prompt: PROMPT, width: 80, height: 60, seed: 9 }));
    const again = one(await easel('runAgain', first, {}));
    assert.equal(again.path, inWorkspace('images/a-calm-sea-2.png').path);
    assert.deepEqual((await pixelsOf(again)).data, (await pixelsOf(first)).data);
    assert.deepEqual(await recipeOf(again), await recipeOf(first));
  });

  it('run again keeps a JPEG a JPEG, by the history', async () => {
    const first = one(await easel('generate', { prompt: PROMPT, width: 64, height: 64, format: 'jpeg' }));
    const again = one(await easel('runAgain', { uri: first }));
    assert.match(again.path, /a-calm-sea-2\.jpg$/);
    assert.deepEqual(await bytesOf(again), await bytesOf(first));
  });

  it('run again varies the same parent once more', async () => {
    const parent = one(await easel('generate', { prompt: PROMPT, width: 64, height: 64, seed: 1 }));
    const [varied] = await easel('vary', parent, { seed: 5 });
    const again = one(await easel('runAgain', varied, {}));
    assert.equal((await recipeOf(again))?.parent, (varied && (await recipeOf(varied)))?.parent);
    await vscode.workspace.fs.rename(parent, inWorkspace('images/moved/elsewhere.png'));
    const found = one(await easel('runAgain', varied, {}));
    assert.equal((await recipeOf(found))?.parent, (await recipeOf(again))?.parent, 'found by its bytes');
    await remove('images/moved');
    const { message } = await refused('unsupported', 'runAgain', varied, {});
    assert.match(message, /neither in the history nor in this workspace any more.*SHA-256 [0-9a-f]{64}/);
  });

  it('run again widens, edits and darkens the same source in the same place, and says what the recipe of a mask file lacks', async () => {
    const parent = one(await easel('generate', { prompt: PROMPT, width: 64, height: 64, seed: 1 }));
    const again = async (made: vscode.Uri): Promise<void> => {
      const repeated = one(await easel('runAgain', made, {}));
      assert.deepEqual(await pixelsOf(repeated), await pixelsOf(made));
      assert.deepEqual(await recipeOf(repeated), await recipeOf(made));
    };
    const widened = one(await easel('widen', parent, { width: 96, height: 64, seed: 4, anchor: { x: 0.2, y: 0 }, mode: 'seamless' }));
    assert.deepEqual((await recipeOf(widened))?.placed, { x: 6, y: 0, width: 64, height: 64 });
    assert.equal((await recipeOf(widened))?.mode, 'seamless');
    await again(widened);
    const smaller = one(await easel('widen', parent, { width: 48, height: 32, seed: 4, anchor: 'right' }));
    assert.deepEqual((await recipeOf(smaller))?.placed, { x: 16, y: 0, width: 32, height: 32 });
    await again(smaller);
    await again(one(await easel('darkTwin', parent, {})));
    const region = { x: 8, y: 8, width: 16, height: 16 };
    const edited = one(await easel('edit', parent, { region }));
    assert.deepEqual((await recipeOf(edited))?.region, region);
    await again(edited);
    const mask = await put('images/mask.png', await sharp({ create: { width: 64, height: 64, channels: 3, background: 'white' } }).png().toBuffer());
    const masked = one(await easel('edit', one(await easel('generate', { prompt: PROMPT, width: 64, height: 64, seed: 2 })), { mask }));
    assert.match((await refused('unsupported', 'runAgain', masked, {})).message, /is an edit of images\/a-calm-sea-\d+\.png.*not where/);
  });

  it('sends no stranger’s prompt for a caller, and refuses what says nothing', async () => {
    const own = one(await easel('generate', { prompt: PROMPT, width: 64, height: 64 }));
    const stranger = await forge(own, 'stranger.png', PROMPT, 'a wild sea');
    assert.equal((await recipeOf(stranger))?.prompt, 'a wild sea');
    await refused('empty-prompt', 'runAgain', stranger, {});
    await refused('bad-argument', 'runAgain', inWorkspace('photo.png'), {});
    await refused('bad-argument', 'showRecipe', inWorkspace('photo.png'), {});
    await refused('not-an-image', 'showRecipe', inWorkspace('README.md'), {});
    await refused('bad-argument', 'runAgain', {});
  });

  it('shows a recipe as text that cannot be changed, and who says it', async () => {
    const own = one(await easel('generate', { prompt: PROMPT, width: 80, height: 60, seed: 9 }));
    await easel('showRecipe', own, {});
    const text = await shownText();
    for (const fact of [/^images\/a-calm-sea\.png\n\nPrompt\na calm sea\n/, /Generated by easel-offline-1\n/, /80x60/, /Seed +9/, /made in this workspace/]) assert.match(text, fact);
    await easel('showRecipe', one(await easel('widen', own, { width: 96, height: 60 })), {});
    assert.match(await shownText(), /Widened from images\/a-calm-sea\.png by easel-offline-1\n(?![^]*SHA-256)/);
    assert.match(await shownText(), /Original +80x60 at 8, 0\n/);
    const stranger = await forge(own, 'stranger.png', PROMPT, '[x](y) <b>');
    await easel('showRecipe', stranger, {});
    assert.match(await shownText(), /Prompt\n\[x\]\(y\) <b>\n[^]*whoever made it wrote this/);
    assert.equal(await vscode.window.activeTextEditor?.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x')).then(() => vscode.window.activeTextEditor?.document.isDirty), false);
  });
});
