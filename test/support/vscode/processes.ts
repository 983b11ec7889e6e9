import { type ChildProcess, spawn, type SpawnOptions, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { onShutdown } from './shutdown';

/** How a finished process ended: exit code (1 if a signal ended it) and all it printed, stdout and stderr as they came. */
export interface Finished {
  code: number;
  output: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Show the output while it comes, too. */
  live?: boolean;
  /** Milliseconds after which the process and its children are killed and count as failed. */
  timeout?: number;
}

/** Runs a program to its end. Never rejects for a bad exit code; does for a program that can't be started. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: string[] = [];
    const take = (text: string): void => {
      chunks.push(text);
      if (options.live) process.stdout.write(text);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', take);
    const timer = setTimeout(() => {
      take(`\nStopped: ${command} did not end within ${options.timeout} ms\n`);
      killGroup(child, 'SIGKILL');
    }, options.timeout ?? 2 ** 31 - 1);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      groups.delete(child);
      resolve({ code: code ?? 1, output: chunks.join('') });
    });
  });
}

/** Like `run`, but a bad exit code is an error that carries the output. */
export async function runOrThrow(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** The command line of npm: the npm that started us, else the one on PATH. */
export function npmCommand(args: readonly string[]): [string, string[]] {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('.js')) return [process.execPath, [cli, ...args]];
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...args]] : ['npm', [...args]];
}

const groups = new Set<ChildProcess>();
let watching = false;

/** Spawns a process as the head of its own group, so that what it starts can be ended with it. Whatever is left ends with this process. */
export function spawnGroup(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  if (!watching) {
    watching = true;
    onShutdown(() => Promise.all([...groups].map((child) => endGroup(child, 3500))).then(() => undefined));
    process.on('exit', () => {
      for (const left of groups) killGroup(left, 'SIGKILL');
    });
  }
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  groups.add(child);
  return child;
}

/** Sends a signal to a process and all that it started. On Windows there are no signals: the tree is ended. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has already gone.
  }
}

/** Ends a group: first politely, after `patience` milliseconds by force; resolves when its head has gone and the rest was told to. */
export async function endGroup(child: ChildProcess, patience = 1500): Promise<void> {
  const gone = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  killGroup(child, 'SIGTERM');
  await Promise.race([gone, delay(patience)]);
  // The head can end before its children, which would then live on for seconds without it.
  await delay(100);
  killGroup(child, 'SIGKILL');
  await Promise.race([gone, delay(1000)]);
  groups.delete(child);
}

/** Whether a process of this number exists and is ours to ask. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
