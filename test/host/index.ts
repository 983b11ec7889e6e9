import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import CountsReporter from '../support/countsReporter';

/**
 * What the extension host calls: runs every built test of the room that the environment's `EASEL_TEST_ROOM` names (a folder beside this one).
 * Rejects when a test failed or none was found, which fails the run.
 */
export async function run(): Promise<void> {
  const room = process.env['EASEL_TEST_ROOM'] ?? path.basename(__dirname);
  const folder = path.join(__dirname, '..', room);
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'));
  if (files.length === 0) throw new Error(`No tests in ${folder}`);

  // Once more, since the workbench can refuse to open an editor while it is busy with another.
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, retries: 1, reporter: CountsReporter, grep: process.env['EASEL_TEST_GREP'] });
  for (const file of files.toSorted()) mocha.addFile(path.join(folder, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
