import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The variable that names the folder in which test and extension host speak of kills. */
export const KILLS = 'EASEL_TEST_KILLS';

/** When the extension host shall die. */
export interface KillOrder {
  /** Names a round: its notes lie in the folder of that name. */
  readonly round: string;
  /** The number of a step, or the name of the first one that counts; undefined: at none. */
  readonly killAt?: number | string;
  /** A file counts where its path holds one of these. */
  readonly paths: readonly string[];
  /** A request counts where its address begins with this. */
  readonly drawing: string;
}

/** Gives an order for the host's next steps. */
export function order(folder: string, wanted: KillOrder): void {
  mkdirSync(path.join(folder, wanted.round), { recursive: true });
  // In one step: the host reads it at any moment.
  writeFileSync(path.join(folder, 'next.json'), JSON.stringify(wanted));
  renameSync(path.join(folder, 'next.json'), path.join(folder, 'order.json'));
}

/** The order in force; undefined before the first, and once it is carried out. */
export function orderIn(folder: string): KillOrder | undefined {
  const file = path.join(folder, 'order.json');
  if (!existsSync(file)) return undefined;
  const wanted: KillOrder = JSON.parse(readFileSync(file, 'utf8'));
  return wasKilled(folder, wanted.round) ? undefined : wanted;
}

/** Notes a step of a round. */
export function noteStep(folder: string, round: string, name: string): void {
  appendFileSync(path.join(folder, round, 'steps'), `${name}\n`);
}

/** The names of a round's steps so far. */
export function stepsOf(folder: string, round: string): string[] {
  const file = path.join(folder, round, 'steps');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

/** Where a host that is killed leaves Node's own crash report. */
export function reportOf(folder: string, round: string): string {
  return path.join(folder, round, 'report.json');
}

export function noteKill(folder: string, round: string): void {
  writeFileSync(path.join(folder, round, 'killed'), '');
}

export function wasKilled(folder: string, round: string): boolean {
  return existsSync(path.join(folder, round, 'killed'));
}
