import { writeFileSync } from 'node:fs';
import { extensions } from 'vscode';
import { ORDER, TIMES } from '../support/activation';

/** What the extension host calls: activates one extension after the other and writes down how long each took, in milliseconds. */
export async function run(): Promise<void> {
  const times: Record<string, number> = {};
  for (const id of (process.env[ORDER] ?? '').split(',')) {
    const extension = extensions.getExtension(id);
    if (!extension || extension.isActive) throw new Error(`${id} is ${extension ? 'active already' : 'not there'}`);
    const start = performance.now();
    await extension.activate();
    times[id] = performance.now() - start;
  }
  writeFileSync(process.env[TIMES] ?? '', JSON.stringify(times));
}
