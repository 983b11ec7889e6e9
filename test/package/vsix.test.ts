import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { ROOT } from '../support/vscode/root';
import { unzip } from '../support/zip';

/** What each heavy package carries and nobody else would. */
const OPENAI = /OpenAI-Organization/;
const JIMP = /jimp/i;
/** The codecs that are loaded on first use, and what each brings. */
const CODECS = ['jpeg.js', 'mozjpeg_dec.wasm', 'mozjpeg_enc.wasm', 'webp.js', 'webp_dec.wasm', 'webp_enc_simd.wasm', 'avif.js', 'avif_dec.wasm', 'avif_enc.wasm'];
/** Bytes: what activation reads and compiles. It announces features; what they do belongs behind `host/easel`. */
const ENTRY_LIMIT = 20_000;
/** Bytes of the package without the AVIF codec, which is most of it and read by few. */
const PACKAGE_LIMIT = 1_500_000;

/** Bytes of a page's script, packed by gzip. */
const PAGE_LIMIT = 60_000;

describe('the packed extension', () => {
  const files = new Map<string, Buffer>();
  const text = (name: string): string => {
    const file = files.get(`extension/${name}`);
    assert.ok(file, `${name} is not in the package`);
    return file.toString('utf8');
  };

  before(() => {
    for (const [name, contents] of unzip(fs.readFileSync(path.join(ROOT, 'easel.vsix')))) files.set(name, contents);
  });

  it('holds nothing that does not run', () => {
    const allowed = [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE(\.txt)?)$/,
      /^extension\/dist\/(webview\/)?\w+\.(js|css|wasm)$/,
      /^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
      /^extension\/media\/([\w-]+\/)*[\w-]+\.(svg|png|css|md)$/,
      /^extension\/media\/easel\.schema\.json$/,
    ];
    const others = [...files.keys()].filter((name) => !allowed.some((pattern) => pattern.test(name)));
    assert.deepEqual(others, []);
  });

  it('holds all that runs', () => {
    const needed = ['extension.js', 'host.js', 'pixelWorker.js', 'openai.js', 'jimp.js', ...CODECS, 'webview/studio.js'];
    assert.deepEqual(
      needed.filter((name) => !files.has(`extension/dist/${name}`)),
      [],
    );
  });

  it('holds every file that the manifest names', () => {
    const named = [...text('package.json').matchAll(/"(?:\.\/)?((?:dist|media)\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !files.has(`extension/${name}`)),
      [],
    );
  });

  it('holds no source maps', () => {
    const mapped = [...files].filter(([name, contents]) => name.endsWith('.js') && contents.includes('//# sourceMappingURL='));
    assert.deepEqual(
      mapped.map(([name]) => name),
      [],
    );
  });

  it('holds no path of the machine that made it, no key and no test', () => {
    const secrets = [ROOT, os.homedir(), os.tmpdir(), 'sk-easel-test', 'BEGIN PRIVATE KEY', 'BEGIN RSA'].filter((secret) => secret.length > 3);
    const told = [...files].flatMap(([name, contents]) => secrets.filter((secret) => contents.includes(secret)).map((secret) => `${name}: ${secret}`));
    assert.deepEqual(told, []);
    const words = [...files].filter(([name, contents]) => name.endsWith('.js') && /\b(?:describe|beforeEach)\(/.test(contents.toString('utf8')));
    assert.deepEqual(words.map(([name]) => name), []);
  });

  it('has a bill of materials with the packages that are in it, and only those', () => {
    const json = fs.readFileSync(path.join(ROOT, 'easel.sbom.json'), 'utf8');
    const bill = JSON.parse(json) as { readonly bomFormat: string; readonly metadata: { readonly component: { readonly name: string } }; readonly components: readonly { readonly name: string; readonly licenses?: unknown }[] };
    assert.equal(bill.bomFormat, 'CycloneDX');
    assert.equal(bill.metadata.component.name, 'easel');
    const names = bill.components.map(({ name }) => name);
    for (const name of ['openai', 'valibot', 'lit']) assert.ok(names.includes(name), name);
    for (const name of ['mocha', 'esbuild', 'sharp', 'typescript', 'playwright-core']) assert.ok(!names.includes(name), name);
    assert.ok(bill.components.every(({ licenses }) => licenses !== undefined));
    assert.ok(!json.includes(ROOT));
  });

  it('starts without the code of openai and jimp', () => {
    // The marks are really those of the packages, so that their absence means something.
    assert.match(text('dist/openai.js'), OPENAI);
    assert.match(text('dist/jimp.js'), JIMP);
    for (const early of ['dist/extension.js', 'dist/host.js']) {
      assert.doesNotMatch(text(early), OPENAI);
      assert.doesNotMatch(text(early).replaceAll('jimp.js', ''), JIMP);
    }
  });

  it(`starts with less than ${ENTRY_LIMIT / 1000} kB`, () => {
    assert.ok(text('dist/extension.js').length < ENTRY_LIMIT, `dist/extension.js has ${text('dist/extension.js').length} bytes`);
  });

  it(`takes less than ${PACKAGE_LIMIT / 1_000_000} MB to download, AVIF aside`, () => {
    const avif = [...files].filter(([name]) => name.startsWith('extension/dist/avif')).reduce((sum, [, contents]) => sum + deflateRawSync(contents).length, 0);
    const rest = fs.statSync(path.join(ROOT, 'easel.vsix')).size - avif;
    assert.ok(rest < PACKAGE_LIMIT, `${rest} bytes, and ${avif} of AVIF`);
  });

  for (const page of ['studio', 'editor']) {
    it(`shows the ${page} from less than ${PAGE_LIMIT / 1000} kB`, () => {
      const packed = gzipSync(text(`dist/webview/${page}.js`)).length;
      assert.ok(packed < PAGE_LIMIT, `${packed} bytes, packed by gzip`);
    });
  }
});
