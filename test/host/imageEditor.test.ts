import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import * as vscode from 'vscode';
import { ImageError } from '../../src/core/errors';
import { History } from '../../src/jobs/history';
import { EditorDocument } from '../../src/host/imageEditor/editorDocument';
import { ImageEditorProvider } from '../../src/host/imageEditor/imageEditorProvider';
import { versionOf } from '../../src/host/imageEditor/readPicture';
import { saveDocumentAs } from '../../src/host/imageEditor/saveDocument';
import type { Services } from '../../src/host/services';
import { EditorPanel } from '../../src/host/imageEditor/editorPanel';
import { EditorSession } from '../../src/host/imageEditor/editorSession';
import { viewOnlyWords } from '../../src/host/imageEditor/viewOnly';
import { VscodeFiles } from '../../src/host/workspaceFiles';
import { MemoryStorage } from '../support/memory';
import { inProcessPixels } from '../support/inProcessPixels';
import { MemoryFiles } from './memoryFiles';
import { bytesOf, exists, inWorkspace, pixelsOf, put, remove, until } from './easel';

const NEVER = new vscode.CancellationTokenSource().token;
const stroke = { id: 's', step: { kind: 'brush', erase: false, size: 20, hardness: 1, points: [10, 10, 1, 30, 10, 1] } } as const;

// The document's life as VS Code leads it, with the workbench's files and without a page. What a person does in the workbench is test/e2e/imageEditor.test.ts.
describe('the image editor’s documents', () => {
  const pixels = inProcessPixels();
  const history = new History(new MemoryStorage());
  const log = { info() {}, warn() {}, error() {} };
  const services = {
    keys: { onDidChange: () => new vscode.Disposable(() => {}) },
    jobs: { pixels, files: new VscodeFiles(), history, clock: { now: () => 0 }, log },
    log,
  } as unknown as Services;
  const provider = new ImageEditorProvider(services);

  const open = async (uri: vscode.Uri, backupId?: string): Promise<EditorDocument> => {
    const document = await provider.openCustomDocument(uri, { backupId, untitledDocumentData: undefined }, NEVER);
    opened.push(document);
    return document;
  };
  const opened: EditorDocument[] = [];
  const red = async (format: 'png' | 'jpeg' = 'png'): Promise<Buffer> => sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } })[format]().toBuffer();
  const blue = async (width = 64): Promise<Buffer> => sharp({ create: { width, height: 48, channels: 3, background: 'blue' } }).png().toBuffer();
  const draw = async (document: EditorDocument, bytes: Buffer): Promise<void> => document.apply('Fill', { picture: await versionOf(bytes, { pixels }), steps: [], badge: 'kept' });
  const corner = async (uri: vscode.Uri): Promise<number[]> => [...(await pixelsOf(uri)).data.subarray(0, 3)];

  afterEach(() => {
    for (const document of opened.splice(0)) document.dispose();
  });
  after(async () => {
    provider.dispose();
    pixels.dispose();
    await remove('editor');
  });

  it('save the very bytes that were composed, and keep those that were there', async () => {
    const uri = await put('editor/a.png', await red());
    const before = await bytesOf(uri);
    const document = await open(uri);
    const { hash } = document.onDisk;
    await draw(document, await blue());
    await provider.saveCustomDocument(document);
    assert.deepEqual(await bytesOf(uri), Buffer.from(document.content.picture.bytes));
    assert.deepEqual(Buffer.from((await history.original(hash)) ?? []), before);
    assert.equal(document.pictureChanged, false);
  });

  it('write nothing where no pixel has changed', async () => {
    for (const [name, bytes] of [['b.png', await red()], ['b.jpg', await red('jpeg')]] as const) {
      const uri = await put(`editor/${name}`, bytes);
      const { mtimeMs, ino } = fs.statSync(uri.fsPath);
      const document = await open(uri);
      document.apply('Paint', { ...document.content, steps: [stroke] });
      await provider.saveCustomDocument(document);
      const after = fs.statSync(uri.fsPath);
      assert.deepEqual([after.mtimeMs, after.ino], [mtimeMs, ino], name);
    }
  });

  it('tell VS Code of each edit, which undoes and redoes it', async () => {
    const document = await open(await put('editor/c.png', await red()));
    const edits: vscode.CustomDocumentEditEvent<EditorDocument>[] = [];
    const listening = provider.onDidChangeCustomDocument((edit) => edits.push(edit));
    document.apply('Paint', { ...document.content, steps: [stroke] });
    await draw(document, await blue());
    listening.dispose();
    assert.deepEqual(edits.map(({ label }) => label), ['Paint', 'Fill']);
    await edits[1]?.undo();
    assert.equal(document.content.steps.length, 1);
    await edits[0]?.undo();
    assert.equal(document.content.steps.length, 0);
    await edits[0]?.redo();
    await edits[1]?.redo();
    assert.equal(document.pictureChanged, true);
    await provider.revertCustomDocument(document);
    assert.equal(document.pictureChanged, false);
  });

  it('come back from a backup with mask and picture, even where the file is gone', async () => {
    const uri = await put('editor/d.png', await red());
    const document = await open(uri);
    await draw(document, await blue());
    document.apply('Paint', { ...document.content, steps: [stroke] });
    const destination = inWorkspace('editor/backups/one');
    const backup = await provider.backupCustomDocument(document, { destination });
    document.dispose();
    await vscode.workspace.fs.delete(uri);
    const back = await open(uri, backup.id);
    assert.equal(back.content.picture.hash, document.content.picture.hash);
    assert.deepEqual(back.content.steps, [stroke]);
    await provider.saveCustomDocument(back);
    assert.deepEqual(await corner(uri), [0, 0, 255]);
    backup.delete();
    await until('the backup to go', async () => !(await exists(destination)));
  });

  it('back up a mask alone without its picture', async () => {
    const uri = await put('editor/e.png', await red());
    const document = await open(uri);
    document.apply('Paint', { ...document.content, steps: [stroke] });
    const destination = inWorkspace('editor/backups/two');
    const backup = await provider.backupCustomDocument(document, { destination });
    assert.ok((await bytesOf(destination)).length < 500);
    const back = await open(uri, backup.id);
    assert.deepEqual(back.content.steps, [stroke]);
    assert.equal(back.pictureChanged, false);
  });

  it('do not overwrite what somebody else wrote meanwhile, and say so', async () => {
    const uri = await put('editor/f.png', await red());
    const document = await open(uri);
    await draw(document, await blue());
    const theirs = await blue(50);
    await put('editor/f.png', theirs);
    await assert.rejects(async () => provider.saveCustomDocument(document), /changed meanwhile/);
    assert.deepEqual(await bytesOf(uri), theirs);
    assert.equal(document.pictureChanged, true);
  });

  it('follow a file that changes on disk while nothing of theirs would be lost', async () => {
    const uri = await put('editor/g.png', await red());
    const document = await open(uri);
    await put('editor/g.png', await blue(50));
    await until('the new picture', () => document.content.picture.extent.width === 50);
    assert.equal(document.pictureChanged, false);
  });

  it('save in any format that Easel writes by the name’s ending, and refuse others', async () => {
    const document = await open(await put('editor/h.jpg', await red('jpeg')));
    await draw(document, await blue());
    await provider.saveCustomDocumentAs(document, inWorkspace('editor/h2.png'));
    assert.deepEqual(await corner(inWorkspace('editor/h2.png')), [0, 0, 255]);
    await provider.saveCustomDocumentAs(document, inWorkspace('editor/h3.jpeg'));
    assert.equal((await sharp(await bytesOf(inWorkspace('editor/h3.jpeg'))).metadata()).format, 'jpeg');
    await provider.saveCustomDocumentAs(document, inWorkspace('editor/h4.webp'));
    assert.equal((await sharp(await bytesOf(inWorkspace('editor/h4.webp'))).metadata()).format, 'webp');
    await assert.rejects(() => saveDocumentAs(document, inWorkspace('editor/h5.gif'), services), { reason: 'bad-path' });
    assert.equal(await exists(inWorkspace('editor/h5.gif')), false);
  });

  it('refuse what is no picture, in words', async () => {
    await assert.rejects(async () => open(await put('editor/i.png', Buffer.from('no picture'))), /no picture that is known/i);
    await assert.rejects(async () => open(inWorkspace('editor/gone.png')), /not there/);
  });

  it('open in the real editor', async () => {
    const uri = await put('editor/j.png', await red());
    await vscode.commands.executeCommand('vscode.openWith', uri, 'easel.imageEditor');
    await until('the editor', () => {
      const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === 'easel.imageEditor' && input.uri.path === uri.path;
    });
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.isDirty, false);
  });

  it('live in a virtual file system: read, drawn on, saved, backed up', async () => {
    const files = new MemoryFiles();
    const registered = vscode.workspace.registerFileSystemProvider('easel-editor', files, { isCaseSensitive: true });
    try {
      const uri = vscode.Uri.from({ scheme: 'easel-editor', path: '/a b#1.png' });
      files.writeFile(uri, await red());
      const document = await open(uri);
      await draw(document, await blue());
      const destination = inWorkspace('editor/backups/virtual');
      const backup = await provider.backupCustomDocument(document, { destination });
      assert.equal((await open(uri, backup.id)).pictureChanged, true);
      await provider.saveCustomDocument(document);
      assert.deepEqual(await corner(uri), [0, 0, 255]);
      assert.deepEqual([...files.files.keys()], ['/a b#1.png'], 'nothing is left beside it');
    } finally {
      registered.dispose();
    }
  });

  it('are for looking only where their file cannot be written', async () => {
    const files = new MemoryFiles();
    const registered = vscode.workspace.registerFileSystemProvider('easel-editor-read', files, { isReadonly: true });
    try {
      // VS Code tells its extensions of a new file system a moment later.
      await until('a read-only file system', () => vscode.workspace.fs.isWritableFileSystem('easel-editor-read') === false);
      assert.match(await viewOnlyWords(vscode.Uri.from({ scheme: 'easel-editor-read', path: '/a.png' })), /read-only/);
      assert.equal(await viewOnlyWords(await put('editor/writable.png', await red())), '');
    } finally {
      registered.dispose();
    }
  });

  it('are one for several editors of a file', async () => {
    const uri = await put('editor/two.png', await red());
    await vscode.commands.executeCommand('vscode.openWith', uri, 'easel.imageEditor', vscode.ViewColumn.One);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'easel.imageEditor', vscode.ViewColumn.Two);
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputCustom && input.uri.path === uri.path);
    await until('two editors', () => tabs().length === 2);
    await vscode.window.tabGroups.close(tabs());
  });
});

/** A page that says what a test wants it to say. */
class ScriptedPage {
  readonly #received = new vscode.EventEmitter<unknown>();
  readonly posted: { readonly kind?: string; readonly id?: number; readonly body?: unknown }[] = [];
  readonly panel = {
    active: true,
    webview: {
      options: {},
      html: '',
      cspSource: 'https://own.example',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: this.#received.event,
      postMessage: async (message: object) => this.posted.push(message) > 0,
    },
  } as unknown as vscode.WebviewPanel;

  say(message: unknown): void {
    this.#received.fire(message);
  }
}

describe('the image editor’s page, as the host sees it', () => {
  const pixels = inProcessPixels();
  const log = { info() {}, warn() {}, error() {} };
  const services = {
    context: { extensionUri: vscode.Uri.file('/nowhere'), globalState: { get: () => undefined, update: async () => {} } },
    jobs: { pixels, files: new VscodeFiles(), clock: { now: () => 0 }, log, candidates: { read: async () => undefined, remove: async () => {} } },
    engines: { choose: () => Promise.reject(new ImageError('no-key', 'No key.')) },
    controller: () => ({ controller: new AbortController(), release() {} }),
    log,
  } as unknown as Services;
  let document: EditorDocument;
  let page: ScriptedPage;
  let panel: EditorPanel;

  beforeEach(async () => {
    document = new EditorDocument(vscode.Uri.file('/a.png'), await versionOf(await sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } }).png().toBuffer(), { pixels }));
    page = new ScriptedPage();
    panel = new EditorPanel(page.panel, new EditorSession(document, services), services, () => {});
  });
  afterEach(() => {
    panel.dispose();
    document.dispose();
  });
  after(() => pixels.dispose());

  it('takes a step once, and nothing after it was closed', async () => {
    const paint = { kind: 'notice', name: 'paint', body: stroke };
    page.say(paint);
    page.say(paint);
    await until('the step', () => document.content.steps.length === 1);
    panel.dispose();
    page.say({ kind: 'notice', name: 'paint', body: { ...stroke, id: 'late' } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(document.content.steps.map(({ id }) => id), ['s']);
  });

  it('changes nothing by thousands of broken, huge or untimely messages', async () => {
    const before = document.content;
    const nasty = fc.oneof(fc.anything({ withTypedArray: true, withBigInt: true }), fc.constantFrom<unknown>({ candidate: 'c' }, { id: 'x', step: { kind: 'paste' } }, { id: 'x', step: { ...stroke.step, points: Array.from({ length: 50_000 }, () => 1) } }));
    const name = fc.constantFrom('ready', 'paint', 'accept', 'discard', 'cancel', 'look', 'zoom', 'picture', 'steps', 'planEdit', 'planWiden', 'widenReach', '__proto__', 'constructor');
    fc.assert(
      fc.property(fc.constantFrom('request', 'notice', 'result', 'failure', 'other'), fc.oneof(fc.integer(), nasty), name, nasty, (kind, id, about, body) => {
        page.say({ kind, id, name: about, body });
        page.say(body);
      }),
      { numRuns: 2000 },
    );
    // In form, but at the wrong time: nothing was drawn, nothing waits.
    for (const message of [['accept', { candidate: 'c' }], ['discard', null], ['cancel', null]] as const) page.say({ kind: 'notice', name: message[0], body: message[1] });
    page.say({ kind: 'request', id: 1, name: 'picture', body: { id: 'not-this-one' } });
    await until('the answer', () => page.posted.some(({ kind, id }) => kind === 'failure' && id === 1));
    assert.equal(document.content, before);
  });
});
