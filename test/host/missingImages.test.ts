import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { bytesOf, configure, easel, exists, inWorkspace, one, pixelsOf, put, recipeOf, refused, remove, showInFront, unconfigure, until } from './easel';

/** The hints in a document, each as the text that it stands at. */
function hints(document: vscode.TextDocument): string[] {
  const own = vscode.languages.getDiagnostics(document.uri).filter(({ source, code }) => source === 'easel' && code === 'missing-image');
  return own.map(({ range }) => document.getText(range)).sort();
}

async function show(name: string, languageId?: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(inWorkspace(name));
  if (languageId !== undefined && document.languageId !== languageId) await vscode.languages.setTextDocumentLanguage(document, languageId).then(undefined, () => {});
  await showInFront(document);
  return document;
}

async function hinted(document: vscode.TextDocument, expected: readonly string[]): Promise<void> {
  const wanted = [...expected].sort();
  await until(`hints at ${wanted.join(', ')}; there are ${hints(document).join(', ')}`, () => JSON.stringify(hints(document)) === JSON.stringify(wanted));
}

async function quickFixes(document: vscode.TextDocument, at: string): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(at) + 1);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(position, position), vscode.CodeActionKind.QuickFix.value);
  return found.filter(({ command }) => command?.command === 'easel.generateMissing');
}

describe('missing images', () => {
  before(async () => {
    await configure({ engine: 'offline' });
    const fixtures = path.join(vscode.extensions.getExtension('easel.easel')?.extensionPath ?? '', 'test/fixtures/sites');
    fs.cpSync(fixtures, inWorkspace('sites').fsPath, { recursive: true });
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove('sites');
    await unconfigure('engine', 'missingImages.severity');
  });

  const documents: readonly (readonly [string, readonly string[]])[] = [
    ['sites/markdown/README.md', ['docs/logo.png', 'docs/ridge-1280x320.png', 'docs/map.png', 'docs/hut.jpg']],
    ['sites/html/index.html', ['/img/og.png', '/favicon-32.png', 'img/paper.png', 'img/lake-1600.png', 'img/lake-800.png', 'img/lake.jpg', 'img/poster.jpg']],
    ['sites/css/site.css', ['img/hero.png', 'img/sky.png', 'img/sky@2x.png']],
    ['sites/css/theme.scss', ['img/card.png']],
    ['sites/css/theme.less', ['img/less.png']],
    ['sites/next/app/page.tsx', ['@/assets/lake.png', '/hero.png', '/paper.png']],
  ];
  for (const [name, expected] of documents) {
    it(`are hinted at in ${name}`, async () => {
      const document = await show(name);
      await hinted(document, expected);
      assert.ok(vscode.languages.getDiagnostics(document.uri).every(({ severity, source }) => source !== 'easel' || severity === vscode.DiagnosticSeverity.Hint));
    });
  }

  it('are found in every framework’s documents, open or not', async () => {
    const found = (await easel('findMissing', {})).map((uri) => vscode.workspace.asRelativePath(uri)).filter((name) => name.startsWith('sites/'));
    const expected = {
      astro: ['public/hut.png', 'public/paper.png', 'src/assets/cover.png', 'src/assets/lake.png', 'src/assets/mdx-lake.png', 'src/assets/roof.png'],
      css: ['img/card.png', 'img/hero.png', 'img/less.png', 'img/sky.png', 'img/sky@2x.png'],
      html: ['img/lake-1600.png', 'img/lake-800.png', 'img/lake.jpg', 'img/paper.png', 'img/poster.jpg'],
      markdown: ['docs/hut.jpg', 'docs/logo.png', 'docs/map.png', 'docs/ridge-1280x320.png'],
      next: ['assets/lake.png', 'public/hero.png', 'public/paper.png'],
      svelte: ['src/lib/lake.png', 'static/hero.png', 'static/paper.png'],
      vue: ['src/assets/hut.png', 'src/assets/lake.png', 'src/assets/paper.png'],
    };
    assert.deepEqual(found.sort(), Object.entries(expected).flatMap(([site, names]) => names.map((name) => `sites/${site}/${name}`)).sort());
  });

  it('lose their hint when the file appears, and get it again when it goes', async () => {
    const document = await show('sites/css/theme.scss');
    await hinted(document, ['img/card.png']);
    const file = await put('sites/css/img/card.png', await bytesOf(inWorkspace('photo.png')));
    await hinted(document, []);
    await vscode.workspace.fs.delete(file);
    await hinted(document, ['img/card.png']);
    await vscode.workspace.fs.delete(inWorkspace('sites/css/img'), { recursive: true });
  });

  it('follow what is typed and the setting', async () => {
    const document = await show('sites/css/theme.scss');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '.a { background: url(typed.png) }\n');
    await vscode.workspace.applyEdit(edit);
    await hinted(document, ['img/card.png', 'typed.png']);
    await configure({ 'missingImages.severity': 'warning' });
    await until('warnings', () => vscode.languages.getDiagnostics(document.uri).some(({ source, severity }) => source === 'easel' && severity === vscode.DiagnosticSeverity.Warning));
    await configure({ 'missingImages.severity': 'off' });
    await hinted(document, []);
    await unconfigure('missingImages.severity');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await hinted(document, ['img/card.png']);
  });

  it('offer to be generated, one or all', async () => {
    const document = await show('sites/css/site.css');
    await hinted(document, ['img/hero.png', 'img/sky.png', 'img/sky@2x.png']);
    const [single, all, ...more] = await quickFixes(document, 'img/hero.png');
    assert.deepEqual([single?.title, all?.title, more], ["Generate 'sites/css/img/hero.png'", 'Generate all 3 missing images in this file', []]);
    assert.deepEqual(single?.command?.arguments?.map(String), [document.uri.toString(), inWorkspace('sites/css/img/hero.png').toString()]);
    assert.deepEqual(all?.command?.arguments?.map(String), [document.uri.toString()]);
    assert.deepEqual(await quickFixes(document, '.hero'), []);
  });

  describe('are generated by a caller', () => {
    it('at exactly their path, with the alt text, in the size that the link tells', async () => {
      const uri = inWorkspace('sites/html/index.html');
      const document = await show('sites/html/index.html');
      await until('the hint', () => hints(document).includes('img/lake-800.png'));
      const file = one(await easel('generateMissing', { uri, link: 'img/lake-800.png' }));
      assert.equal(file.toString(), inWorkspace('sites/html/img/lake-800.png').toString());
      const { width, height } = await pixelsOf(file);
      assert.deepEqual([width, height], [800, 800]);
      await until('the hint is gone', () => !hints(document).includes('img/lake-800.png'));

      const jpeg = one(await easel('generateMissing', uri, { link: 'img/lake.jpg' }));
      assert.deepEqual([...(await bytesOf(jpeg)).subarray(0, 3)], [0xff, 0xd8, 0xff]);
      assert.deepEqual([(await pixelsOf(jpeg)).width, (await pixelsOf(jpeg)).height], [800, 400]);
    });

    it('with the prompt of the alt text, unless another is given', async () => {
      const uri = inWorkspace('sites/next/app/page.tsx');
      const lake = one(await easel('generateMissing', { uri, link: '@/assets/lake.png' }));
      assert.equal(vscode.workspace.asRelativePath(lake), 'sites/next/assets/lake.png');
      const recipe = await recipeOf(lake);
      assert.deepEqual([recipe?.prompt, recipe?.width, recipe?.height], ['A lake below the north face', 1200, 600]);
      const hero = one(await easel('generateMissing', { uri, link: '/hero.png', prompt: 'fog' }));
      assert.deepEqual([vscode.workspace.asRelativePath(hero), (await recipeOf(hero))?.prompt, (await recipeOf(hero))?.width], ['sites/next/public/hero.png', 'fog', 1920]);
    });

    it('also where the document does not name them yet', async () => {
      const file = one(await easel('generateMissing', { uri: 'sites/markdown/README.md', link: 'docs/icon-64.png' }));
      assert.deepEqual([(await pixelsOf(file)).width, (await recipeOf(file))?.prompt], [64, 'icon']);
    });

    it('and refused where that cannot be', async () => {
      const uri = 'sites/markdown/README.md';
      await refused('bad-argument', 'generateMissing', { uri });
      await refused('bad-argument', 'generateMissing', { link: 'a.png' });
      for (const link of ['../../../outside.png', 'https://example.org/a.png', 'con.png', '#top']) await refused('bad-path', 'generateMissing', { uri, link });
      await refused('unsupported', 'generateMissing', { uri, link: 'docs/logo.svg' });
      await refused('bad-path', 'generateMissing', { uri: 'sites/none.md', link: 'a.png' });
      await refused('bad-path', 'generateMissing', { uri: 'photo.md', link: 'a.png' });
      const before = await bytesOf(inWorkspace('photo.png'));
      await refused('bad-path', 'generateMissing', { uri: 'README.md', link: 'photo.png' });
      assert.deepEqual(await bytesOf(inWorkspace('photo.png')), before);
    });

    it('and not through a link out of the workspace', async () => {
      const outside = fs.mkdtempSync(path.join(path.dirname(inWorkspace().fsPath), 'outside-'));
      fs.symlinkSync(outside, inWorkspace('sites/markdown/away').fsPath);
      await refused('bad-path', 'generateMissing', { uri: 'sites/markdown/README.md', link: 'away/a.png' });
      assert.deepEqual(fs.readdirSync(outside), []);
      fs.rmSync(outside, { recursive: true });
      fs.rmSync(inWorkspace('sites/markdown/away').fsPath);
      assert.ok(!(await exists(inWorkspace('sites/markdown/away'))));
    });
  });
});
