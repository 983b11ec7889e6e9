import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, easel, one, openText, refused, remove, showInFront, unconfigure } from './easel';

/** Opens a document of the workspace with the cursor where `|` stands in its text. */
async function openAtCursor(name: string, text: string): Promise<vscode.TextEditor> {
  return atCursor(await openText(name, text.replace('|', '')), text);
}

async function atCursor(document: vscode.TextDocument, text: string): Promise<vscode.TextEditor> {
  const editor = await showInFront(document);
  const position = document.positionAt(text.indexOf('|'));
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

describe('easel.insert', () => {
  let picture: vscode.Uri;
  before(async () => {
    await configure({ engine: 'offline' });
    picture = one(await easel('generate', { prompt: 'Waves & "wind"', width: 120, height: 80, folder: 'insert/my pictures' }));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove('insert');
    await unconfigure('engine');
  });

  const alt = 'Waves &amp; &quot;wind&quot;';
  const forms: readonly (readonly [string, string, string])[] = [
    ['insert/page.md', 'before | after', 'before ![Waves & "wind"](my%20pictures/waves-wind.png) after'],
    ['insert/docs/page.md', '|', '![Waves & "wind"](../my%20pictures/waves-wind.png)'],
    ['insert/page.html', '<p>|</p>', `<p><img src="my%20pictures/waves-wind.png" alt="${alt}" width="120" height="80" loading="lazy"></p>`],
    ['insert/page.tsx', 'const a = |;', `const a = <img src="my%20pictures/waves-wind.png" alt="${alt}" width={120} height={80} loading="lazy" />;`],
    ['insert/page.css', 'a { background: |; }', 'a { background: url("my%20pictures/waves-wind.png"); }'],
    ['insert/page.txt', '|', 'my pictures/waves-wind.png'],
  ];
  for (const [name, before, after] of forms) {
    it(`writes the form of ${name}`, async () => {
      const editor = await openAtCursor(name, before);
      assert.deepEqual(await easel('insert', picture), []);
      assert.equal(editor.document.getText(), after);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), before.replace('|', ''));
    });
  }

  it('selects the alt text for a change', async () => {
    const editor = await openAtCursor('insert/alt.md', '|');
    await easel('insert', { uri: picture });
    assert.equal(editor.document.getText(editor.selection), 'Waves & "wind"');
    await easel('insert', { uri: picture });
    const link = '![Waves & "wind"](my%20pictures/waves-wind.png)';
    assert.equal(editor.document.getText(), `${link} ${link}`, 'the next one goes behind, not into the alt text');
    assert.deepEqual([editor.document.getText(editor.selection), editor.selection.start.character], ['Waves & "wind"', link.length + 3]);
  });

  it('finds the document again behind the picture that was opened in front of it', async () => {
    const editor = await openAtCursor('insert/behind.md', 'one | two');
    await vscode.commands.executeCommand('vscode.open', picture);
    await easel('insert', picture);
    assert.equal(editor.document.getText(), 'one ![Waves & "wind"](my%20pictures/waves-wind.png) two');
  });

  it('takes an untitled document to lie in the workspace’s folder', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '' });
    await atCursor(document, '|');
    await easel('insert', 'insert/my pictures/waves-wind.png');
    assert.equal(document.getText(), '![Waves & "wind"](insert/my%20pictures/waves-wind.png)');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('refuses what cannot be honoured', async () => {
    await refused('bad-argument', 'insert', {});
    await refused('bad-argument', 'insert', { uri: picture, form: 'html' });
    await refused('not-an-image', 'insert', { uri: 'README.md' });
  });
});
