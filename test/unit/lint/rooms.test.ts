import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../support/vscode/root';

/** A file, what it imports, and whether its room may. */
type Case = [file: string, imported: string, allowed: boolean];

const CASES: Case[] = [
  ['src/core/a.ts', './geometry', true],
  ['src/core/deep/a.ts', '../geometry', true],
  ['src/core/a.ts', '../pixels/crop', false],
  ['src/core/deep/a.ts', '../../jobs/run', false],
  ['src/core/a.ts', 'node:path', false],
  ['src/core/a.ts', 'path', false],
  ['src/core/a.ts', 'vscode', false],
  ['src/core/a.ts', 'valibot', false],
  ['src/pixels/a.ts', '../core/image', true],
  ['src/pixels/codec/a.ts', '@jimp/js-jpeg', true],
  ['src/pixels/codec/a.ts', '../../core/image', true],
  ['src/pixels/a.ts', 'node:zlib', false],
  ['src/pixels/a.ts', 'openai', false],
  ['src/pixels/a.ts', '../node/zlib', false],
  ['src/engines/openai/a.ts', 'openai', true],
  ['src/engines/openai/a.ts', '../../pixels/client', true],
  ['src/engines/openai/a.ts', '../../pixels/codec/decode', false],
  ['src/engines/openai/a.ts', '../../jobs/run', false],
  ['src/engines/offline/a.ts', 'jimp', false],
  ['src/jobs/a.ts', '../core/ports', true],
  ['src/jobs/a.ts', '../engines/openai/openaiEngine', false],
  ['src/jobs/a.ts', '../pixels/client', false],
  ['src/jobs/a.ts', 'node:fs', false],
  ['src/protocol/a.ts', 'valibot', true],
  ['src/protocol/a.ts', '../host/panel', false],
  ['src/node/a.ts', 'node:worker_threads', true],
  ['src/node/a.ts', '../pixels/worker/serve', true],
  ['src/node/a.ts', 'vscode', false],
  ['src/node/a.ts', '../host/services', false],
  ['src/host/commands/a.ts', 'vscode', true],
  ['src/host/commands/a.ts', '../../jobs/run', true],
  ['src/host/commands/a.ts', '../../webview/studio/main', false],
  ['src/host/commands/a.ts', 'openai', false],
  ['src/host/commands/a.ts', '@jimp/core', false],
  ['src/extension.ts', './host/services', true],
  ['src/extension.ts', './webview/studio/main', false],
  ['src/webview/studio/a.ts', '../../protocol/messages', true],
  ['src/webview/studio/a.ts', '../../core/geometry', true],
  ['src/webview/studio/a.ts', 'lit', true],
  ['src/webview/studio/a.ts', '../../core/models', false],
  ['src/webview/studio/a.ts', '../../host/panel', false],
  ['src/webview/studio/a.ts', 'node:fs', false],
];

/** Snippets that the house rules refuse wherever they stand. */
const HABITS: [rule: string, code: string][] = [
  ['no-explicit-any', 'export function f(a: any): void { console.log(a); }'],
  ['no-non-null-assertion', 'export function f(a: string | undefined): string { return a!; }'],
  ['no-default-export', 'export default 1;'],
  ['consistent-type-imports', "import { T } from './other';\nexport function f(t: T): void { console.log(t); }"],
  ['no-floating-promises', 'async function f(): Promise<void> { await Promise.resolve(); }\nf();'],
  ['await-thenable', 'export async function f(): Promise<number> { return await 1; }'],
];

interface Finding {
  code: string;
  filename: string;
}

describe('lint', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-lint-'));
  let findings: Finding[] = [];
  const caseFile = ([file]: Case, index: number): string => file.replace(/a\.ts$/, `a${index}.ts`);
  const rulesBroken = (file: string): string[] => findings.filter(({ filename }) => path.normalize(filename) === path.normalize(file)).map(({ code }) => code.replace(/^.*\(|\)$/g, ''));

  before(() => {
    const write = (file: string, text: string): void => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.appendFileSync(path.join(folder, file), text);
    };
    fs.copyFileSync(path.join(ROOT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
    write('tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, include: ['src'] }));
    for (const [index, one] of CASES.entries()) write(caseFile(one, index), `export * from '${one[1]}';\n`);
    for (const [rule, code] of HABITS) write(`src/host/${rule}.ts`, code);
    // Through Node and not npm's link, which is a script of another kind on Windows.
    const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');
    const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--type-aware', '--format', 'json'], { cwd: folder, encoding: 'utf8' });
    assert.ok(stdout.startsWith('{'), stdout + stderr);
    const report: { diagnostics: Finding[] } = JSON.parse(stdout);
    findings = report.diagnostics;
  });

  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  for (const [index, one] of CASES.entries()) {
    const [file, imported, allowed] = one;
    if (file === 'src/extension.ts') continue;
    it(`${allowed ? 'lets' : 'does not let'} ${path.dirname(file)} import ${imported}`, () => {
      assert.equal(rulesBroken(caseFile(one, index)).includes('no-restricted-imports'), !allowed);
    });
  }

  it('lets the entry import the host and not the webview', () => {
    assert.equal(rulesBroken('src/extension.ts').filter((rule) => rule === 'no-restricted-imports').length, 1);
  });

  for (const [rule] of HABITS) {
    it(`refuses what ${rule} refuses`, () => {
      assert.ok(rulesBroken(`src/host/${rule}.ts`).includes(rule));
    });
  }
});
