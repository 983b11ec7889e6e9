import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { die, watchDisk, watchFetch } from '../../faults/kill/steps';
import { KILLS, noteKill, noteStep, orderIn, reportOf, stepsOf } from './orders';

/** Loaded first by every process of code-server: in an extension host it counts what Easel does to the disk and what arrives for it, and dies where it is told. */
function arm(folder: string): void {
  const step = (name: string): void => {
    const wanted = orderIn(folder);
    if (!wanted) return;
    const { round, killAt } = wanted;
    noteStep(folder, round, name);
    if (killAt !== name && killAt !== stepsOf(folder, round).length) return;
    // What the host would leave if it died by itself: it is looked through for the key that is in use.
    process.report.writeReport(reportOf(folder, round));
    noteKill(folder, round);
    die();
  };
  watchDisk({ step }, (file) => orderIn(folder)?.paths.some((part) => file.includes(part)) ?? false);
  globalThis.fetch = watchFetch({ step }, (address) => {
    const wanted = orderIn(folder);
    return wanted && address.startsWith(wanted.drawing) ? path.join(folder, wanted.round) : undefined;
  });
}

const folder = process.env[KILLS];
if (folder !== undefined && isMainThread && process.argv.includes('--type=extensionHost')) arm(folder);
