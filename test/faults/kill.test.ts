import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { isUnfinished } from '../../src/node/wholeFile';
import { discard, recoverUnsaved } from '../../src/jobs/recover';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { inProcessPixels } from '../support/inProcessPixels';
import { plainPng } from '../support/jobBench';
import type { Orders } from './kill/child';
import { paidPictures } from './kill/paid';
import { SOURCE_SIZE, VERBS, type Verb } from './kill/verbs';
import { servicesOn } from './kill/window';

const CHILD = path.join(__dirname, 'kill', 'child.js');
/** How many points of each verb a window is killed at; the short form is part of `npm test`. */
const POINTS = process.env['EASEL_FAULTS'] === 'full' ? 26 : 2;
/** Longer than a dead window's lease lasts, in milliseconds. */
const LATER = 60_000;

describe(`a window that is killed at ${POINTS} steps of each verb`, () => {
  const pixels = inProcessPixels();
  let server: ImagesServer;
  let addresses: ImagesServer;
  let home = '';
  let photo: Uint8Array = new Uint8Array();
  let tries = 0;
  const sums = { kills: 0, paid: 0, written: 0, offered: 0, lost: 0, doubled: 0 };

  before(async () => {
    [server, addresses] = await Promise.all([startImagesServer({ profile: 'sd-server', redraw: 'mild' }), startImagesServer({ profile: 'sd-server', answer: 'url' })]);
    home = await fs.mkdtemp(path.join(os.tmpdir(), 'easel-kill-'));
    photo = await plainPng(pixels, SOURCE_SIZE, 3);
  });
  after(async () => {
    console.log(`    ${sums.kills} kills: ${sums.paid} pictures paid for, ${sums.written} in files, ${sums.offered} offered, ${sums.lost} lost, ${sums.doubled} doubled`);
    pixels.dispose();
    await Promise.all([server.close(), addresses.close()]);
    await fs.rm(home, { recursive: true, force: true });
  });

  for (const [name, verb] of Object.entries(VERBS)) {
    it(`${name}: each paid picture is in a file or offered, once, and no file is half written`, async () => {
      const { orders: whole } = await live(name, 0);
      const names = JSON.parse(await fs.readFile(path.join(whole.arrived, 'steps'), 'utf8')) as string[];
      await account(whole, verb, 'not killed');
      let kills = 0;
      for (const point of pointsOf(names.length)) {
        const { orders, killed } = await live(name, point);
        if (killed) kills += 1;
        await account(orders, verb, `killed at ${point} of ${names.length}, ${names[point - 1]}, after ${names.slice(Math.max(0, point - 4), point - 1).join(', ')}`);
      }
      // A body may come in fewer pieces than the first time, so that the last step is not reached.
      sums.kills += kills;
      assert.ok(kills >= POINTS - 2 && kills > 0, `${kills} kills`);
    });
  }

  /** A window's life up to a step. */
  async function live(verb: string, killAt: number): Promise<{ orders: Orders; killed: boolean }> {
    tries += 1;
    const root = path.join(home, `${tries}`);
    const folders = { workspace: path.join(root, 'workspace'), storage: path.join(root, 'storage'), arrived: path.join(root, 'arrived') };
    for (const folder of Object.values(folders)) await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(path.join(folders.workspace, 'photo.png'), photo);
    const orders: Orders = { ...folders, session: 'first', verb, baseUrl: (VERBS[verb]?.byAddress ? addresses : server).url, killAt };
    return { orders, killed: (await run(orders)) === 'SIGKILL' };
  }

  /** What the next window finds: counts files and offers against the bodies that had arrived. */
  async function account(orders: Orders, { answersEach }: Verb, when: string): Promise<void> {
    const services = servicesOn(orders, pixels, 'second', LATER);
    const offered = await recoverUnsaved(services);
    const again = await recoverUnsaved(servicesOn(orders, pixels, 'third', LATER));
    assert.deepEqual(again.map(({ id }) => id), offered.map(({ id }) => id), when);
    for (const { id } of offered) await assertWhole(await services.outbox.read(id), when);

    const written = await newFiles(orders, when);
    const candidates = await services.candidates.list();
    for (const { id } of candidates) await assertWhole(await services.candidates.read(id), when);
    const accounted = offered.reduce((sum, { answers = [] }) => sum + Math.max(1, answers.length), (written + candidates.length) * answersEach);
    const { ended, whole } = paidPictures(orders.arrived);
    const found = `${when}: ${written} written, ${candidates.length} candidates, ${offered.length} offered; ${ended} to ${whole} paid`;
    sums.paid += Math.min(Math.max(accounted, ended), whole);
    sums.written += (written + candidates.length) * answersEach;
    sums.offered += accounted - (written + candidates.length) * answersEach;
    sums.lost += Math.max(0, ended - accounted);
    sums.doubled += Math.max(0, accounted - whole);
    assert.ok(accounted >= ended && accounted <= whole, found);

    for (const entry of offered) await discard(entry, services);
    await services.outbox.tidy();
    const left = await fs.readdir(path.join(orders.storage, 'outbox')).catch(() => []);
    // Half a description goes in an hour: only then has it surely no writer any more.
    assert.deepEqual(left.filter((name) => !name.endsWith('.tmp')), [], when);
    assert.deepEqual(await recoverUnsaved(services), [], when);
  }

  async function newFiles({ workspace }: Orders, when: string): Promise<number> {
    let fresh = 0;
    for (const name of await fs.readdir(workspace)) {
      const bytes = await fs.readFile(path.join(workspace, name));
      await assertWhole(bytes, `${when}: ${name}`);
      // A whole file that has not got its name yet is removed in time.
      if (!bytes.equals(photo) && !isUnfinished(name)) fresh += 1;
    }
    return fresh;
  }
});

/** The signal that ended the child; null where it came to its end. */
function run(orders: Orders): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD], { env: { ...process.env, EASEL_ORDERS: JSON.stringify(orders) }, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code, signal) => (code === null || code === 0 ? resolve(signal) : reject(new Error(`The child ended with ${code}`))));
  });
}

/** Steps from the first to the last, evenly. */
function pointsOf(steps: number): number[] {
  return Array.from({ length: Math.min(POINTS, steps) }, (_, index) => 1 + Math.round(((index + 0.5) * (steps - 1)) / POINTS));
}

async function assertWhole(bytes: Uint8Array | undefined, when: string): Promise<void> {
  assert.ok(bytes, when);
  await assert.doesNotReject(sharp(bytes, { failOn: 'truncated' }).raw().toBuffer(), when);
}
