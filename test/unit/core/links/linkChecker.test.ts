import assert from 'node:assert/strict';
import type { FolderReader } from '../../../../src/core/links/folders';
import { LinkChecker } from '../../../../src/core/links/linkChecker';

/** A workspace at `/w` in memory: files by their paths, with their texts. It counts how often folders are looked into. */
class MemoryFolders implements FolderReader {
  lists = 0;
  readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  }

  async list(folder: string): Promise<readonly string[] | undefined> {
    this.lists += 1;
    const names = new Set([...this.files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''));
    return names.size > 0 ? [...names] : undefined;
  }

  async read(file: string): Promise<string | undefined> {
    return this.files.get(file);
  }
}

const LANGUAGES: Readonly<Record<string, string>> = { md: 'markdown', html: 'html', tsx: 'typescriptreact', vue: 'vue', svelte: 'svelte', css: 'css', ts: 'typescript' };

async function missing(path: string, text: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const checker = new LinkChecker('/w', new MemoryFolders(files));
  const found = await checker.missingIn({ path: `/w/${path}`, languageId: LANGUAGES[path.split('.').at(-1) ?? ''] ?? '', text });
  return found.map(({ target }) => target.replace('/w/', ''));
}

describe('LinkChecker', () => {
  it('resolves relative paths, decodes them, and takes either slash', async () => {
    const text = '![](a.png) ![](./b%20c.png?v=1) ![](../d.png#x) ![](img\\e.png) ![](img/there.PNG) ![](100%.png)';
    assert.deepEqual(await missing('docs/page.md', text, { 'docs/img/There.png': '' }), ['docs/a.png', 'docs/b c.png', 'd.png', 'docs/img/e.png', 'docs/100%.png']);
  });

  it('leaves out what leads outside or has no legal name', async () => {
    assert.deepEqual(await missing('page.md', '![](../a.png) ![](../../w2/a.png) ![](con.png) ![](a|b.png) ![](%00.png) ![](x/..%2f..%2fa.png)'), []);
    assert.deepEqual(await missing('page.md', '![](../w/a.png)'), ['a.png']);
  });

  it('takes a leading slash for what is served there', async () => {
    const text = '<img src="/img/a.png">';
    assert.deepEqual(await missing('index.html', text), ['img/a.png']);
    assert.deepEqual(await missing('index.html', text, { 'public/x.txt': '' }), ['public/img/a.png']);
    assert.deepEqual(await missing('index.html', text, { 'static/x.txt': '' }), ['static/img/a.png']);
    assert.deepEqual(await missing('src/index.html', text, { 'src/x.txt': '' }), ['src/img/a.png']);
    for (const there of ['public/img/a.png', 'static/img/a.png', 'src/img/a.png', 'img/a.png']) assert.deepEqual(await missing('index.html', text, { 'public/x.txt': '', [there]: '' }), [], there);
  });

  it('finds the project that a document belongs to', async () => {
    const files = { 'sites/one/package.json': '{}', 'sites/one/public/x.txt': '', 'public/x.txt': '' };
    assert.deepEqual(await missing('sites/one/src/pages/a.md', '![](/a.png)', files), ['sites/one/public/a.png']);
    assert.deepEqual(await missing('docs/a.md', '![](/a.png)', files), ['public/a.png']);
  });

  it('knows the paths of tsconfig.json, also through what it extends', async () => {
    const base = '{ // where things are\n "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*", "lib/*"], "#img/*": ["src/assets/img/*"], }, } }';
    const files = { 'package.json': '{}', 'tsconfig.json': '{ "extends": "./tsconfig.base" }', 'tsconfig.base.json': base };
    assert.deepEqual(await missing('src/a.tsx', "import a from '@/a.png'; import b from '#img/b.png'; import c from '@scope/pkg/c.png'; import d from 'pkg/d.png';", files), ['src/a.png', 'src/assets/img/b.png']);
    assert.deepEqual(await missing('src/a.tsx', "import a from '@/a.png';", { ...files, 'lib/a.png': '' }), []);
  });

  it('knows what Vue, Nuxt, SvelteKit and webpack take for granted', async () => {
    const files = { 'package.json': '{}', 'src/x.txt': '' };
    assert.deepEqual(await missing('src/a.vue', '<template><img src="@/assets/a.png"><img src="~@/b.png"><img src="~/c.png"><img src="icon@2x.png"></template>', files), ['src/assets/a.png', 'src/b.png', 'src/c.png', 'src/icon@2x.png']);
    assert.deepEqual(await missing('src/routes/a.svelte', "<script>import a from '$lib/a.png'; import b from '$env/b.png'</script>", files), ['src/lib/a.png']);
    assert.deepEqual(await missing('src/a.css', 'a { background: url(~pkg/a.png) }', files), []);
  });

  it('takes a bare name in code for the page’s, where files are served', async () => {
    const text = 'const a = <img src="a.png" />;';
    assert.deepEqual(await missing('src/a.tsx', text, { 'public/x.txt': '' }), ['public/a.png']);
    assert.deepEqual(await missing('src/a.tsx', text), ['src/a.png']);
    assert.deepEqual(await missing('src/a.tsx', text, { 'public/x.txt': '', 'src/a.png': '' }), []);
    assert.deepEqual(await missing('src/a.ts', "new URL('./a.png', import.meta.url)", { 'public/x.txt': '' }), ['src/a.png']);
  });

  it('looks into each folder once, until it is told to forget', async () => {
    const folders = new MemoryFolders({ 'img/a.png': '' });
    const checker = new LinkChecker('/w', folders);
    const document = { path: '/w/page.md', languageId: 'markdown', text: '![](img/a.png) ![](img/b.png)\n'.repeat(100) };
    assert.equal((await checker.missingIn(document)).length, 100);
    const looked = folders.lists;
    await checker.missingIn(document);
    assert.equal(folders.lists, looked);
    folders.files.set('/w/img/b.png', '');
    assert.equal((await checker.missingIn(document)).length, 100);
    checker.forget();
    assert.equal((await checker.missingIn(document)).length, 0);
  });
});
