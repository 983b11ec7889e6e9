import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { JobServices } from '../../src/jobs/job';
import type { UnwrittenPicture } from '../../src/host/insertion/unwritten';
import { PictureDrops } from '../../src/host/insertion/dropEdits';
import { PicturePastes } from '../../src/host/insertion/pasteEdits';
import { VscodeFiles } from '../../src/host/workspaceFiles';
import { CANDIDATE_MIME } from '../../src/protocol/candidateDrag';
import { inProcessPixels } from '../support/inProcessPixels';
import { bytesOf, configure, easel, exists, inWorkspace, one, openText, put, remove, unconfigure, until } from './easel';

const TOKEN = new vscode.CancellationTokenSource().token;
const START = new vscode.Position(0, 0);

type Edit = Pick<vscode.DocumentDropEdit, 'insertText' | 'additionalEdit' | 'title'>;

/** What is inserted; a snippet escapes closing braces. */
function textOf({ insertText }: Edit): string {
  return typeof insertText === 'string' ? insertText : insertText.value.replaceAll('\\}', '}');
}

/** Does to a document what VS Code does when an edit was chosen. */
async function apply(document: vscode.TextDocument, { insertText, additionalEdit = new vscode.WorkspaceEdit() }: Edit): Promise<void> {
  assert.ok(insertText instanceof vscode.SnippetString);
  // It adds to what the edit holds for the document.
  additionalEdit.set(document.uri, [[new vscode.SnippetTextEdit(new vscode.Range(START, START), insertText), undefined]]);
  assert.ok(await vscode.workspace.applyEdit(additionalEdit));
}

describe('a picture', () => {
  const pixels = inProcessPixels();
  const jobs = { files: new VscodeFiles(), pixels } as unknown as JobServices;
  let picture: vscode.Uri;
  before(async () => {
    await configure({ engine: 'offline', 'output.folder': 'drops/pictures' });
    picture = one(await easel('generate', { prompt: 'Red boat', width: 96, height: 64, folder: 'drops/public/img' }));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove('drops');
    await unconfigure('engine', 'output.folder', 'insert.form');
    pixels.dispose();
  });

  async function dropped(document: vscode.TextDocument, uris: readonly vscode.Uri[]): Promise<vscode.DocumentDropEdit[]> {
    const drops = new PictureDrops({ jobs }, async () => undefined);
    const transfer = new vscode.DataTransfer();
    transfer.set('text/uri-list', new vscode.DataTransferItem(uris.map(String).join('\r\n')));
    try {
      return await drops.provideDocumentDropEdits(document, START, transfer);
    } finally {
      drops.dispose();
    }
  }

  const forms: readonly (readonly [string, string])[] = [
    ['drops/page.md', '![${1:Red boat}](public/img/red-boat.png)'],
    ['drops/page.html', '<img src="public/img/red-boat.png" alt="${1:Red boat}" width="96" height="64" loading="lazy">'],
    ['drops/src/page.tsx', '<img src="/img/red-boat.png" alt="${1:Red boat}" width={96} height={64} loading="lazy" />'],
    ['drops/public/site.css', 'url("img/red-boat.png")'],
  ];
  for (const [name, first] of forms) {
    it(`is dropped into ${name} in its language’s form, the bare path being the second choice`, async () => {
      const [usual, path] = await dropped(await openText(name, ''), [picture]);
      assert.ok(usual && path);
      assert.equal(textOf(usual), first);
      assert.match(textOf(path), /^[\w./]+red-boat\.png$/);
    });
  }

  it('is dropped with others, and in the form of the setting', async () => {
    await configure({ 'insert.form': { markdown: 'html' } });
    const [edit] = await dropped(await openText('drops/two.md', ''), [picture, inWorkspace('photo.jpg')]);
    assert.ok(edit);
    assert.equal(textOf(edit), '<img src="public/img/red-boat.png" alt="${1:Red boat}" width="96" height="64" loading="lazy">\n<img src="../photo.jpg" alt="${2:photo}" width="640" height="480" loading="lazy">');
    await unconfigure('insert.form');
  });

  it('is left to others where it is none', async () => {
    assert.deepEqual(await dropped(await openText('drops/none.md', ''), [inWorkspace('README.md')]), []);
    assert.deepEqual(await dropped(await openText('drops/none.md', ''), [await put('drops/broken.png', Buffer.from('no picture'))]), []);
  });

  it('brings its import along', async () => {
    await configure({ 'insert.form': { typescriptreact: 'jsx-import' } });
    const document = await openText('drops/import.tsx', "\nimport a from 'a';\n");
    const [edit] = await dropped(document, [picture]);
    assert.ok(edit);
    await apply(document, edit);
    assert.equal(document.getText(), "<img src={redBoat} alt=\"Red boat\" width={96} height={64} loading=\"lazy\" />\nimport a from 'a';\nimport redBoat from './public/img/red-boat.png';\n");
    await unconfigure('insert.form');
  });

  it('of the studio gets its file together with the link, and loses it by the same undo', async () => {
    const bytes = await bytesOf(picture);
    const uri = inWorkspace('drops/pictures/fox.png');
    let written = 0;
    const draft: UnwrittenPicture = { uri, extent: { width: 96, height: 64 }, recipe: undefined, bytes, written: async () => void (written += 1) };
    const drops = new PictureDrops({ jobs }, async (candidate) => (candidate === 'c1' ? draft : undefined));
    const transfer = new vscode.DataTransfer();
    transfer.set(CANDIDATE_MIME, new vscode.DataTransferItem('c1'));
    const document = await openText('drops/studio.md', '');
    const [edit] = await drops.provideDocumentDropEdits(document, START, transfer);
    assert.ok(edit);
    assert.ok(!(await exists(uri)), 'nothing is written before the drop is done');
    await apply(document, edit);
    assert.equal(document.getText(), '![fox](pictures/fox.png)');
    assert.deepEqual(await bytesOf(uri), bytes);
    await until('the studio knows', () => written === 1);
    await vscode.commands.executeCommand('undo');
    await until('both are gone', async () => document.getText() === '' && !(await exists(uri)));
    transfer.set(CANDIDATE_MIME, new vscode.DataTransferItem('gone'));
    assert.deepEqual(await drops.provideDocumentDropEdits(document, START, transfer), []);
    drops.dispose();
  });

  it('from the clipboard is saved by the naming rules and linked, in one step', async () => {
    const pastes = new PicturePastes({ jobs, log: { warn: () => {} } as unknown as vscode.LogOutputChannel });
    const paste = async (document: vscode.TextDocument, file: vscode.DataTransferFile): Promise<vscode.DocumentPasteEdit[]> => {
      const transfer = new vscode.DataTransfer();
      const item = new vscode.DataTransferItem('');
      transfer.set('image/png', Object.assign(item, { asFile: () => file }));
      return pastes.provideDocumentPasteEdits(document, [], transfer, { only: undefined, triggerKind: vscode.DocumentPasteTriggerKind.Automatic }, TOKEN);
    };
    const bytes = await bytesOf(inWorkspace('photo.png'));
    const document = await openText('drops/paste.md', '');
    await put('drops/pictures/image.png', bytes);
    const [edit] = await paste(document, { name: 'image.png', data: async () => bytes });
    assert.ok(edit);
    await apply(document, edit);
    assert.equal(document.getText(), '![image 2](pictures/image-2.png)');
    assert.deepEqual(await bytesOf(inWorkspace('drops/pictures/image-2.png')), bytes);
    assert.deepEqual(await paste(document, { name: 'image.png', data: async () => Buffer.from('no picture') }), []);
  });
});
