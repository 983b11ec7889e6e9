import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Behaviour } from '../support/imagesServer/behaviour';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { scanFolder } from '../support/keyScan';
import type { CrashOrders, Death } from './crash/child';

const CHILD = path.join(__dirname, 'crash', 'child.js');
/** Node's own crash report at every occasion on which it can write one. It has no heap: that, and a core dump, hold a key that is in use, as all memory does. */
const REPORTS = ['--report-uncaught-exception', '--report-on-fatalerror', '--report-on-signal', '--max-old-space-size=64'];

/** What the server does, and what the report must say, so that it is known to be about this death. */
const DEATHS: Record<Exclude<Death, 'planted'>, { readonly server: (key: string) => Behaviour; readonly says: RegExp }> = {
  'by an error that nobody catches': { server: (key) => ({ error: { status: 401, code: key, param: key, message: `Incorrect API key provided: ${key}. Authorization: Bearer ${key}` } }), says: /"trigger": "Exception".*The server refused the request \(401/s },
  'by a rejection that nobody handles': { server: () => ({ reset: 'before-answer' }), says: /"trigger": "Exception".*broke off \(/s },
  'for want of memory': { server: () => ({ hang: true }), says: /"trigger": "(?:Fatal|OOM)Error"/ },
  'by a signal': { server: () => ({ hang: true }), says: /"trigger": "Signal"/ },
};

describe('what a window leaves that dies with the key in use', () => {
  let server: ImagesServer;
  let home = '';
  before(async () => {
    server = await startImagesServer();
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-crash-'));
  });
  beforeEach(() => server.reset());
  after(async () => {
    await server.close();
    fs.rmSync(home, { recursive: true, force: true });
  });

  for (const [death, { server: does, says }] of Object.entries(DEATHS)) {
    it(`${death}: a report, and no key in it nor in what was printed`, async () => {
      server.next(does(server.key));
      const folder = await die(death as Death);
      assert.equal(server.requests[0]?.headers.authorization, `Bearer ${server.key}`);
      const left = fs.readdirSync(folder);
      const told = left.map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
      assert.ok(says.test(told), told.slice(0, 2000));
      assert.ok(left.some((name) => name.startsWith('report.')), left.join());
      assert.deepEqual(scanFolder(folder).hits, []);
    });
  }

  it('would be found out: an error that holds the key leaves it in the report', async () => {
    server.next({ reset: 'before-answer' });
    const folder = await die('planted');
    assert.equal(scanFolder(folder).hits.length, 2);
  });

  /** A child's life and death; answers the folder with its report and with all that it printed. */
  async function die(death: Death): Promise<string> {
    const folder = fs.mkdtempSync(path.join(home, 'death-'));
    const child = spawn(process.execPath, [...REPORTS, `--report-directory=${folder}`, CHILD], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => printed.push(piece));
    child.stdin.end(JSON.stringify({ baseUrl: server.url, apiKey: server.key, death } satisfies CrashOrders));
    // After the report the signal does nothing more: the window that it was about still waits.
    if (death === 'by a signal') await reportIn(folder).then(() => child.kill('SIGKILL'));
    await ended;
    fs.writeFileSync(path.join(folder, 'printed.txt'), Buffer.concat(printed));
    return folder;
  }
});

/** Waits until a whole report is there. */
async function reportIn(folder: string): Promise<void> {
  const isWhole = (name: string): boolean => fs.readFileSync(path.join(folder, name), 'utf8').trimEnd().endsWith('}');
  while (!fs.readdirSync(folder).some((name) => name.startsWith('report.') && isWhole(name))) await new Promise((resolve) => setTimeout(resolve, 20));
}
