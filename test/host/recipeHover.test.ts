import assert from 'node:assert/strict';
import sharp from 'sharp';
import * as vscode from 'vscode';
import { bytesOf, configure, easel, inWorkspace, one, openText, put, remove, unconfigure, until } from './easel';

/** Documents that link to `pic.png` beside them, by language; `|` is where the mouse is. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'a.md': '# Page\n\n![a fox](pi|c.png)\n',
  'a.html': '<p><img alt="x" src="./pic|.png"></p>',
  'a.css': '.a { background: url("p|ic.png") }',
  'a.tsx': "export const A = () => <img src='./|pic.png' />;\n",
};

/** Opens a document; answers what asks for the hovers at its `|`. */
async function open(name: string, text: string): Promise<() => Promise<vscode.MarkdownString[]>> {
  const at = text.indexOf('|');
  const document = await openText(`hover/${name}`, text.replace('|', ''));
  return async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(at));
    return hovers.flatMap(({ contents }) => contents).filter((content) => content instanceof vscode.MarkdownString);
  };
}

/** Easel's own among them; it comes once Easel has begun to look at documents. */
async function hoverOf(name: string, text: string): Promise<vscode.MarkdownString | undefined> {
  const ask = await open(name, text);
  let own: vscode.MarkdownString | undefined;
  await until('a hover', async () => (own = (await ask()).find(({ value }) => value.includes('command:easel.'))) !== undefined);
  return own;
}

describe('hovering over the link of a picture', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove('hover');
  });
  after(() => unconfigure('engine'));

  for (const [name, text] of Object.entries(DOCUMENTS)) {
    it(`shows the recipe in ${name}`, async () => {
      one(await easel('generate', { prompt: 'a *calm* [sea](x)', width: 80, height: 60, folder: 'hover', fileName: 'pic' }));
      const hover = await hoverOf(name, text);
      assert.ok(hover);
      assert.ok(hover.value.includes('hover\\/pic\\.png · 80x60 · easel\\-offline\\-1'), hover.value);
      assert.ok(hover.value.includes('a \\*calm\\* \\[sea\\]\\(x\\)'), hover.value);
      assert.match(hover.value, /pic\.png\|width=80,height=60\)/);
      assert.deepEqual(hover.isTrusted, { enabledCommands: ['easel.runAgain', 'easel.vary', 'easel.widen', 'easel.showRecipe'] });
    });
  }

  it('offers to generate a picture that is not there, in the size that its link tells, and runs nothing else', async () => {
    const hover = await hoverOf('m.html', '<p><img alt="a fox" width="640" height="320" src="./go|ne.png"></p>');
    assert.ok(hover);
    assert.match(hover.value, /gone\\\.png.*640x320/);
    assert.deepEqual(hover.isTrusted, { enabledCommands: ['easel.generateMissing'] });
    const [, argument = ''] = /command:easel\.generateMissing\?([^)\s]+)/.exec(hover.value) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [inWorkspace('hover/m.html').toString(), inWorkspace('hover/gone.png').toString()]);
  });

  it('shows pictures that say nothing, in any format, with their size and what works without a recipe', async () => {
    const photo = sharp(await bytesOf(inWorkspace('photo.png')));
    const files = { 'photo.webp': photo.webp(), 'photo.jpg': photo.jpeg(), 'photo.avif': photo.avif({ effort: 0 }), 'plain.png': photo.png() };
    for (const [name, picture] of Object.entries(files)) {
      await put(`hover/${name}`, await picture.toBuffer());
      const hover = await hoverOf(`${name}.css`, `.a { background: url("${name}|") }`);
      assert.ok(hover);
      assert.ok(hover.value.includes(`hover\\/${name.replace('.', '\\.')} · 768x512\n`), hover.value);
      assert.match(hover.value, /\|width=180,height=120\)/);
      assert.deepEqual(hover.isTrusted, { enabledCommands: ['easel.vary', 'easel.widen'] });
    }
  });

  it('knows by the history what no JPEG says', async () => {
    one(await easel('generate', { prompt: 'a red kite', width: 80, height: 60, folder: 'hover', fileName: 'kite.jpg' }));
    const hover = await hoverOf('kite.html', '<p><img src="ki|te.jpg" alt=""></p>');
    assert.ok(hover);
    assert.match(hover.value, /80x60 · easel[^]*Run Again[^]*a red kite$/);
  });

  it('says nothing of what is no picture, nor beside a link', async () => {
    await put('hover/pic.png', Buffer.from('no picture'));
    assert.deepEqual((await (await open('d.css', DOCUMENTS['a.css'] ?? ''))()).filter(({ value }) => value.includes('easel')), []);
    one(await easel('generate', { prompt: 'dunes', width: 80, height: 60, folder: 'hover', fileName: 'made' }));
    assert.deepEqual((await (await open('b.css', '.a { color: r|ed; background: url(made.png) }'))()).filter(({ value }) => value.includes('easel')), []);
  });
});
