import fs from 'node:fs';
import path from 'node:path';

const CALL = /\bl10n\.t\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g;

/** Every text that the source below a folder gives to `l10n.t` as a literal, sorted, none twice. */
export function l10nStrings(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((name) => {
    const source = fs.readFileSync(path.join(folder, name), 'utf8');
    return Array.from(source.matchAll(CALL), (match) => (match[1] ?? '').slice(1, -1).replace(/\\(.)/g, '$1'));
  });
  return [...new Set(found)].sort();
}
