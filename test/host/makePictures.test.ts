import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ERRORS } from '../support/imagesServer/behaviour';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { bytesOf, configure, easel, inWorkspace, namesIn, openText, pixelsOf, put, recipeOf, refused, remove, unconfigure, until } from './easel';

const HERO = { name: 'listed/hero.png', prompt: 'misty mountains', size: '96x48' };
const NIGHT = { name: 'listed/night.png', prompt: 'the same at night', size: '48x48', parent: 'listed/hero.png' };
const PHOTO = { name: 'listed/photo', prompt: 'waves', size: '64x64', format: 'jpeg' };

async function write(list: unknown): Promise<void> {
  await put('easel.json', Buffer.from(typeof list === 'string' ? list : JSON.stringify(list, null, 2)));
}

function paths(files: readonly vscode.Uri[]): string[] {
  return files.map((file) => vscode.workspace.asRelativePath(file));
}

async function check(): Promise<string[]> {
  return paths(await easel('makePictures', { check: true }));
}

/** What the editor says of the list, as far as Easel says it. */
function diagnosed(): string[] {
  const own = vscode.languages.getDiagnostics(inWorkspace('easel.json')).filter(({ source }) => source === 'easel');
  return own.map(({ code, range }) => `${range.start.line + 1} ${typeof code === 'string' ? code : ''}`).sort();
}

describe('easel.makePictures, offline', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(async () => {
    await remove('easel.json');
    await remove('listed');
  });
  after(() => unconfigure('engine', 'recipe.embed'));

  it('draws what is missing, each at its path, size and format, and then nothing more', async () => {
    await write({ pictures: [HERO, NIGHT, PHOTO] });
    assert.deepEqual(await check(), ['listed/hero.png', 'listed/night.png', 'listed/photo.jpg']);
    assert.deepEqual(await namesIn('listed'), []);
    assert.deepEqual(paths(await easel('makePictures', {})), ['listed/hero.png', 'listed/night.png', 'listed/photo.jpg']);
    const hero = await pixelsOf(inWorkspace('listed/hero.png'));
    assert.deepEqual([hero.width, hero.height], [96, 48]);
    assert.equal((await recipeOf(inWorkspace('listed/hero.png')))?.prompt, 'misty mountains');
    assert.deepEqual([...(await bytesOf(inWorkspace('listed/photo.jpg'))).subarray(0, 2)], [0xff, 0xd8]);
    assert.deepEqual(await check(), []);
    assert.deepEqual(await easel('makePictures', {}), []);
  });

  it('draws again what has changed and what hangs on it, in its place, and nothing else', async () => {
    await write({ pictures: [HERO, NIGHT, PHOTO] });
    await easel('makePictures', {});
    const photo = await bytesOf(inWorkspace('listed/photo.jpg'));
    await write({ pictures: [{ ...HERO, prompt: 'a calm sea' }, NIGHT, PHOTO] });
    assert.deepEqual(await check(), ['listed/hero.png', 'listed/night.png']);
    await easel('makePictures', {});
    assert.deepEqual(await namesIn('listed'), ['hero.png', 'night.png', 'photo.jpg']);
    assert.equal((await recipeOf(inWorkspace('listed/hero.png')))?.prompt, 'a calm sea');
    assert.deepEqual(await bytesOf(inWorkspace('listed/photo.jpg')), photo);
    await write({ pictures: [{ ...HERO, prompt: 'a calm sea' }, NIGHT, { ...PHOTO, size: '32x64' }] });
    assert.deepEqual(await check(), ['listed/photo.jpg']);
  });

  it('draws WebP and AVIF, and knows them by the history', async () => {
    await write({ pictures: [{ ...HERO, name: 'listed/a.webp' }, { ...PHOTO, name: 'listed/b', format: 'avif' }] });
    assert.deepEqual(paths(await easel('makePictures', {})), ['listed/a.webp', 'listed/b.avif']);
    const { width, height } = await pixelsOf(inWorkspace('listed/a.webp'));
    assert.deepEqual([width, height], [96, 48]);
    assert.equal((await bytesOf(inWorkspace('listed/b.avif'))).toString('latin1', 4, 12), 'ftypavif');
    assert.deepEqual(await check(), []);
  });

  it('leaves a file alone of which nothing says how it was made', async () => {
    const own = await put('listed/hero.png', Buffer.from('somebody’s own'));
    await write({ pictures: [HERO] });
    assert.deepEqual(await check(), []);
    await easel('makePictures', { names: [HERO.name] });
    assert.equal((await bytesOf(own)).toString(), 'somebody’s own');
  });

  it('knows by the history what no file says', async () => {
    await configure({ 'recipe.embed': false });
    await write({ pictures: [HERO] });
    await easel('makePictures', {});
    await unconfigure('recipe.embed');
    assert.deepEqual(await check(), []);
    await write({ pictures: [{ ...HERO, prompt: 'dunes' }] });
    assert.deepEqual(await check(), ['listed/hero.png']);
  });

  it('keeps to names, with the parents that are missing', async () => {
    await write({ pictures: [HERO, NIGHT, PHOTO] });
    assert.deepEqual(paths(await easel('makePictures', { names: [NIGHT.name] })), ['listed/hero.png', 'listed/night.png']);
    await refused('bad-argument', 'makePictures', { names: ['nobody.png'] });
  });

  it('adds the project’s style, and makes everything stale when it changes', async () => {
    await put('listed/theme.css', Buffer.from(':root { --brand: #1F2335; --sky: hsl(210 50% 40%) }'));
    await write({ style: { words: 'flat', palette: ['css:listed/theme.css#--sky', '#abc'] }, pictures: [HERO] });
    await easel('makePictures', {});
    assert.equal((await recipeOf(inWorkspace('listed/hero.png')))?.prompt, 'misty mountains\n\nStyle: flat. Colour palette: #336699, #aabbcc.');
    assert.deepEqual(await check(), []);
    await put('listed/theme.css', Buffer.from(':root { --sky: #000 }'));
    assert.deepEqual(await check(), ['listed/hero.png']);
    await write({ style: 'oil', pictures: [HERO] });
    await easel('makePictures', {});
    assert.equal((await recipeOf(inWorkspace('listed/hero.png')))?.prompt, 'misty mountains\n\nStyle: oil.');
  });

  it('refuses what is wrong with the list, naming the place, and draws nothing', async () => {
    await refused('bad-path', 'makePictures', {});
    const faults: [unknown, RegExp][] = [
      ['{ "pictures": [', /easel\.json:1:16/],
      [{ pictures: [HERO, { ...HERO }] }, /easel\.json:9:15/],
      [{ pictures: [{ ...HERO, parent: 'gone.png' }] }, /gone\.png/],
      [{ pictures: [HERO, { ...NIGHT, parent: NIGHT.name }] }, /night\.png → listed\/night\.png/],
      [{ pictures: [{ ...HERO, name: '../out.png' }] }, /easel\.json:4:15/],
      [{ pictures: [{ ...HERO, name: '/tmp/out.png' }] }, /easel\.json:4:15/],
      [{ pictures: [{ ...HERO, size: '96 x 48' }] }, /easel\.json:6:15/],
      [{ pictures: [{ ...HERO, promt: 'x' }] }, /promt/],
      [{ pictures: [{ name: 'a.png', prompt: 'x' }] }, /size/],
      [{ pictures: [{ ...HERO, prompt: ' ' }] }, /easel\.json:5:17/],
      [[], /easel\.json:1:1/],
      [{ style: { palette: ['css:gone.css'] }, pictures: [HERO] }, /gone\.css/],
    ];
    for (const [list, words] of faults) {
      await write(list);
      assert.match((await refused('bad-argument', 'makePictures', {})).message, words);
    }
    assert.deepEqual(await namesIn('listed'), []);
    await refused('bad-argument', 'makePictures', { check: 'yes' });
    await refused('bad-path', 'makePictures', inWorkspace('photo.png'), { check: true });
  });

  it('does not leave the project through a link', async () => {
    const fs = await import('node:fs/promises');
    await fs.symlink('/tmp', inWorkspace('way-out').fsPath);
    await write({ pictures: [{ ...HERO, name: 'way-out/hero.png' }] });
    await refused('bad-path', 'makePictures', {});
    await write({ style: { references: ['way-out/a.png'] }, pictures: [HERO] });
    await refused('bad-path', 'makePictures', {});
    await fs.rm(inWorkspace('way-out').fsPath);
  });

  it('underlines faults as one types, and after a check what is due', async () => {
    const document = await openText('easel.json', JSON.stringify({ pictures: [HERO, { ...HERO, name: 'LISTED/hero.png' }, NIGHT] }, null, 2));
    await until('the fault', () => diagnosed().join() === '9 same-file');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), JSON.stringify({ pictures: [HERO, NIGHT] }, null, 2));
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await until('no fault', () => diagnosed().length === 0);
    await check();
    assert.deepEqual(diagnosed(), ['4 missing-picture', '9 missing-picture']);
    await easel('makePictures', {});
    assert.deepEqual(diagnosed(), []);
  });

  it('goes by what the editor shows, saved or not', async () => {
    const document = await openText('easel.json', JSON.stringify({ pictures: [HERO] }));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), JSON.stringify({ pictures: [HERO, NIGHT] }));
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    assert.deepEqual(await check(), [HERO.name, NIGHT.name]);
    await document.save();
  });

  it('tells the editor the shape by its schema', async () => {
    const document = await openText('easel.json', '{ "pictures": [{ "name": "../a.png", "promt": "x", "size": "1x" }] }');
    const told = (): string => vscode.languages.getDiagnostics(document.uri).map(({ message }) => message).join('\n');
    await until('the schema', () => /promt/.test(told()) && /1200x630/.test(told()) && /way out/.test(told()) && /"prompt"/.test(told()));
  });
});

describe('easel.makePictures on a strict Images API server', () => {
  let server: ImagesServer;
  before(async () => {
    server = await startImagesServer({ redraw: 'brief' });
    await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
    await easel('setApiKey', { key: server.key });
  });
  beforeEach(() => server.reset());
  afterEach(async () => {
    await remove('easel.json');
    await remove('listed');
  });
  after(async () => {
    await easel('clearApiKey', {});
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality', 'budget.perCallUsd');
    await server.close();
  });

  it('sends the parent, drawn first, and the style’s references with the prompt', async () => {
    await put('listed/mood.png', await bytesOf(inWorkspace('photo.png')));
    await write({ style: { words: 'flat', references: ['listed/mood.png'] }, pictures: [NIGHT, { ...HERO, size: '1024x1024' }] });
    await easel('makePictures', {});
    assert.equal(server.to('generations').length, 0);
    assert.deepEqual(server.to('edits').map(({ files, fields }) => [files.length, String(fields['prompt']).split(/\r?\n/)[0]]), [
      [1, HERO.prompt],
      [2, NIGHT.prompt],
    ]);
    assert.match(String(server.to('edits')[0]?.fields['prompt']), /Style: flat\. Follow the look of the attached reference picture/);
    assert.deepEqual(await check(), []);
    await put('listed/mood.png', await bytesOf(inWorkspace('listed/night.png')));
    assert.deepEqual(await check(), ['listed/night.png', 'listed/hero.png']);
  });

  it('goes on after a refusal, says which, and resumes where it was', async () => {
    await write({ pictures: [{ ...HERO, prompt: 'one' }, { ...PHOTO, prompt: 'two' }] });
    server.next({ error: ERRORS.moderationBlocked });
    const error = await refused('refused-by-safety', 'makePictures', {});
    assert.equal(error.files?.length, 1);
    const drawn = server.to('generations').length;
    await easel('makePictures', {});
    assert.equal(server.to('generations').length, drawn + 1);
    assert.deepEqual(await namesIn('listed'), ['hero.png', 'photo.jpg']);
  });

  it('holds a caller to the limit of a call by the sum of all', async () => {
    await write({ pictures: [HERO, PHOTO] });
    await configure({ 'budget.perCallUsd': 0.0001 });
    await refused('over-budget', 'makePictures', {});
    assert.equal(server.to('generations').length, 0);
    await unconfigure('budget.perCallUsd');
  });

  it('overwrites a stale picture only while it is what was looked at', async () => {
    await write({ pictures: [{ ...HERO, size: '1024x1024' }] });
    await easel('makePictures', {});
    await write({ pictures: [{ ...HERO, size: '1024x1024', prompt: 'dunes' }] });
    server.next({ delayMs: 1500 });
    const making = refused('cannot-save', 'makePictures', {});
    await until('the request', () => server.to('generations').length === 2);
    await put('listed/hero.png', Buffer.from('changed meanwhile'));
    await making;
    assert.equal((await bytesOf(inWorkspace('listed/hero.png'))).toString(), 'changed meanwhile');
  });
});

describe('the tasks of a picture list', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(async () => {
    await remove('easel.json');
    await remove('listed');
  });
  after(() => unconfigure('engine'));

  /** Runs a task as `tasks.json` would; answers its exit code. */
  async function runTask(kind: string): Promise<number | undefined> {
    const [task, ...others] = (await vscode.tasks.fetchTasks({ type: 'easel' })).filter(({ definition }) => definition['task'] === kind);
    assert.ok(task && others.length === 0);
    assert.deepEqual(task.problemMatchers, ['$easel']);
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== kind) return;
        listener.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    return ended;
  }

  it('check fails while something is due and marks it in the list, make draws it', async () => {
    assert.deepEqual(await vscode.tasks.fetchTasks({ type: 'easel' }), []);
    await write({ pictures: [HERO, PHOTO] });
    assert.equal(await runTask('check'), 1);
    const marks = (): string[] => vscode.languages.getDiagnostics(inWorkspace('easel.json')).map(({ message, range, severity }) => `${range.start.line + 1} ${severity} ${message}`);
    await until('the marks', () => marks().join() === '4 1 listed/hero.png: missing,9 1 listed/photo.jpg: missing');
    assert.deepEqual(await namesIn('listed'), []);
    assert.equal(await runTask('make'), 0);
    assert.deepEqual(await namesIn('listed'), ['hero.png', 'photo.jpg']);
    assert.equal(await runTask('check'), 0);
    await write('{');
    assert.equal(await runTask('check'), 2);
  });
});
