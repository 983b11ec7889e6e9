import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FolderReader } from '../../src/core/links/folders';
import { LinkChecker } from '../../src/core/links/linkChecker';
import { LANGUAGE_OF_ENDING } from '../../src/core/links/scanLinks';
import { lookThrough } from '../../src/host/links/lookThrough';
import { quantile } from './metrics';

/**
 * The check for missing pictures, as the host runs it, on a workspace on disk: 5,000 documents of every language with 50,000 links, half of them missing, among text that names none.
 * A keystroke is a whole re-check of one document with 1,000 links.
 */
const DOCUMENTS = 5000;
const LINKS_EACH = 10;
const FOLDERS = 100;
const KEYSTROKES = 200;
const LIMITS = { backgroundMs: 2000, sliceMs: 16, keystrokeMs: 20 };

const FILLER = 'The ridge path leaves the hut behind and climbs, `code` and *stars* beside it, to 2,300 m (see [the map](https://example.org/map)). It isn’t hard.\n';

/** A document of a language with links to these names. */
const WRITERS: Readonly<Record<string, (names: readonly string[]) => string>> = {
  md: (names) => `# Trails\n\n${names.map((name) => `${FILLER}\n![A view of ${name}](img/${name})\n\n`).join('')}`,
  mdx: (names) => `import a from './img/${names[0] ?? ''}'\n\n${names.slice(1).map((name) => `${FILLER}\n<img src="img/${name}" alt="A view" />\n\n`).join('')}`,
  html: (names) => `<!doctype html><title>Trails</title>${names.map((name) => `<p>${FILLER}</p><img src="img/${name}" alt="A view" width="640" height="320">\n`).join('')}`,
  css: (names) => names.map((name) => `/* ${FILLER} */\n.a { color: red; background: url("img/${name}") }\n`).join(''),
  scss: (names) => names.map((name) => `// ${FILLER}.a { .b { background: url(img/${name}) } }\n`).join(''),
  tsx: (names) => `export const A = ({ x }: P) => <main>${names.map((name) => `<p title={\`\${x}\`}>It's ${x2(name)}</p><img src="./img/${name}" alt="A view" />\n`).join('')}</main>;\n`,
  vue: (names) => `<template>${names.map((name) => `<p>${FILLER}</p><img src="./img/${name}" alt="A view">\n`).join('')}</template>\n<script setup>\nconst a = 1;\n</script>\n`,
  svelte: (names) => `<script>\n  let a = 1;\n</script>\n${names.map((name) => `{#if a}<p>${FILLER}</p>{/if}<img src="./img/${name}" alt="A view" />\n`).join('')}`,
  astro: (names) => `---\nconst a = 1;\n---\n${names.map((name) => `<p>${FILLER}</p>{a}<img src="./img/${name}" alt="A view" />\n`).join('')}`,
};

function x2(name: string): string {
  return `{'${name.slice(0, 3)}'} and {x.map((y) => y / 2)}`;
}

/** Writes the workspace; each folder has an `img` with every second picture. */
function makeSite(root: string): string[] {
  const endings = Object.keys(WRITERS);
  const documents: string[] = [];
  writeFileSync(path.join(root, 'package.json'), '{}');
  for (let index = 0; index < DOCUMENTS; index += 1) {
    const folder = path.join(root, `part-${index % FOLDERS}`);
    if (index < FOLDERS) {
      mkdirSync(path.join(folder, 'img'), { recursive: true });
      for (let n = 0; n < 500; n += 2) writeFileSync(path.join(folder, 'img', `view-${n}.png`), '');
    }
    const ending = endings[index % endings.length] ?? 'md';
    const names = Array.from({ length: LINKS_EACH }, (_, n) => `view-${(Math.floor(index / FOLDERS) * LINKS_EACH + n) % 500}.png`);
    const file = path.join(folder, `page-${index}.${ending}`);
    writeFileSync(file, WRITERS[ending]?.(names) ?? '');
    documents.push(file);
  }
  return documents;
}

const reader: FolderReader = {
  list: (folder) => readdir(folder).catch(() => undefined),
  read: (file) => readFile(file, 'utf8').catch(() => undefined),
};

function documentOf(file: string, text: string): Parameters<LinkChecker['missingIn']>[0] {
  return { path: file, languageId: LANGUAGE_OF_ENDING[path.extname(file).slice(1)] ?? '', text };
}

/** Looks through all documents as the host does, and measures each stretch in which nothing else could run: from one turn of the event loop to the next. */
async function background(root: string, documents: readonly string[]): Promise<{ readonly missing: number; readonly slices: readonly number[] }> {
  const checker = new LinkChecker(root, reader);
  const slices: number[] = [];
  const turn = new LoopTurn();
  let missing = 0;
  await lookThrough(documents, (file) => readFile(file, 'utf8'), async (file, text) => {
    missing += (await checker.missingIn(documentOf(file, text))).length;
    slices.push(turn.lasted());
  });
  turn.stop();
  return { missing, slices };
}

/** Knows when the event loop last had a turn: an immediate runs in each. */
class LoopTurn {
  #turn = performance.now();
  #running = true;

  constructor() {
    const tick = (): void => {
      this.#turn = performance.now();
      if (this.#running) setImmediate(tick);
    };
    tick();
  }

  /** How long the present turn has lasted, in milliseconds. */
  lasted(): number {
    return performance.now() - this.#turn;
  }

  stop(): void {
    this.#running = false;
  }
}

async function keystrokes(root: string): Promise<number[]> {
  const names = Array.from({ length: 1000 }, (_, n) => `view-${n % 500}.png`);
  const file = path.join(root, 'part-0', 'long.md');
  const text = WRITERS['md']?.(names) ?? '';
  const checker = new LinkChecker(root, reader);
  await checker.missingIn(documentOf(file, text));
  const times: number[] = [];
  for (let n = 0; n < KEYSTROKES; n += 1) {
    const at = Math.floor((text.length * n) / KEYSTROKES);
    const typed = `${text.slice(0, at)}x${text.slice(at)}`;
    const start = performance.now();
    await checker.missingIn(documentOf(file, typed));
    times.push(performance.now() - start);
  }
  return times;
}

async function main(): Promise<void> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'easel-links-'));
  try {
    const documents = makeSite(root);
    const wallStart = performance.now();
    const cpuStart = process.cpuUsage();
    const { missing, slices } = await background(root, documents);
    const wallMs = performance.now() - wallStart;
    const { user, system } = process.cpuUsage(cpuStart);
    const typing = await keystrokes(root);
    const figures = {
      documents: documents.length,
      links: DOCUMENTS * LINKS_EACH,
      missing,
      wallMs: Math.round(wallMs),
      cpuMs: Math.round((user + system) / 1000),
      sliceMs: { median: quantile(slices, 0.5), p99: quantile(slices, 0.99), longest: Math.max(...slices) },
      keystrokeMs: { median: quantile(typing, 0.5), p95: quantile(typing, 0.95), longest: Math.max(...typing) },
      limits: LIMITS,
    };
    console.log(`${figures.documents} documents, ${figures.links} links, ${missing} missing`);
    console.log(`background: ${figures.wallMs} ms, of it ${figures.cpuMs} ms CPU, reading included (limit ${LIMITS.backgroundMs})`);
    console.log(`slices: median ${ms(figures.sliceMs.median)}, p99 ${ms(figures.sliceMs.p99)}, longest ${ms(figures.sliceMs.longest)} (limit ${LIMITS.sliceMs})`);
    console.log(`keystroke in 1,000 links: median ${ms(figures.keystrokeMs.median)}, p95 ${ms(figures.keystrokeMs.p95)}, longest ${ms(figures.keystrokeMs.longest)} (limit ${LIMITS.keystrokeMs})`);
    mkdirSync('bench-results', { recursive: true });
    writeFileSync('bench-results/links.json', `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

void main();
