import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../vscode/root';

/** The English words of a page. Read from the source, since the module itself asks VS Code for their translations. */
export function wordsOf(page: 'studio' | 'editor'): Record<string, string> {
  const file = { studio: 'src/host/studio/studioWords.ts', editor: 'src/host/imageEditor/editorWords.ts' }[page];
  const source = fs.readFileSync(path.join(ROOT, file), 'utf8');
  const table = source.slice(source.indexOf(`${page}Words()`));
  return Object.fromEntries([...table.matchAll(/^ +(\w+): l10n\.t\('((?:[^'\\]|\\.)*)'\)/gm)].map((match) => [match[1] ?? '', (match[2] ?? '').replaceAll("\\'", "'")]));
}
