import { execFileSync } from 'node:child_process';

/** What starting an extension came to, in a Node process of its own. */
export interface Activation {
  /** Loading its entry and running `activate()`, in milliseconds. */
  readonly ms: number;
  /** The files that were loaded, absolute. */
  readonly loaded: readonly string[];
}

/** The variable with the ids of the extensions that a real host activates, in order, and the one with the file that takes the times. */
export const ORDER = 'EASEL_BENCH_ORDER';
export const TIMES = 'EASEL_BENCH_TIMES';

/** Loads an extension's entry as the host does, with a `vscode` whose every member is there and does nothing, and leaves time for what starts by itself. */
const RUNNER = `
const Module = require('node:module');
const anything = () => new Proxy(function () {}, { get: (_t, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '' : anything()), apply: anything, construct: anything });
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything() : load(name, ...rest));
const entry = process.argv[1];
const start = process.hrtime.bigint();
const { activate } = require(entry);
const context = { subscriptions: [], extensionUri: anything(), globalStorageUri: anything(), storageUri: anything(), secrets: anything(), globalState: anything(), workspaceState: anything() };
Promise.resolve(activate(context)).then(() => {
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  setImmediate(() => {
    process.stdout.write(JSON.stringify({ ms, loaded: Object.keys(require.cache) }));
    process.exit(0);
  });
});
`;

/** Starts an extension by its entry. */
export function activateAlone(entry: string): Activation {
  const answer: Activation = JSON.parse(execFileSync(process.execPath, ['-e', RUNNER, entry], { encoding: 'utf8' }));
  return answer;
}
