import { randomUUID } from 'node:crypto';
import { EventEmitter, Uri, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { Candidates } from '../jobs/candidates';
import type { JobServices } from '../jobs/job';
import { History } from '../jobs/history';
import { Lease } from '../jobs/lease';
import { Ledger } from '../jobs/ledger';
import { Outbox } from '../jobs/outbox';
import { Pacer } from '../jobs/pacer';
import { createStorage } from '../node/storage';
import { SHARED_FROM, spawnWorker } from '../node/workerThread';
import { nodeZlib } from '../node/zlib';
import { createPixelClient } from '../pixels/client';
import { RecipeWriter } from '../pixels/png/recipeWriter';
import { CommandTable } from './commandTable';
import { Engines } from './engines';
import { createLog } from './log';
import { warnOfEnding } from './modelEnding';
import { PlainHttp } from './plainHttp';
import { Keys } from './secrets';
import { WorkspaceServers } from './workspaceServers';
import { VscodeFiles } from './workspaceFiles';

/** Everything that commands share. Each part is made when it is first asked for, so that activation costs nothing. */
export class Services {
  readonly context: ExtensionContext;
  readonly keys: Keys;
  readonly plainHttp: PlainHttp;
  readonly workspaceServers: WorkspaceServers;
  readonly engines: Engines;
  readonly commands = new CommandTable();
  readonly #pixels = lazily(() => createPixelClient(() => spawnWorker(Uri.joinPath(this.context.extensionUri, 'dist', 'pixelWorker.js').fsPath), SHARED_FROM));
  readonly #log = lazily(createLog);
  readonly #jobs = lazily(() => this.#makeJobs());
  readonly #running = new Set<AbortController>();
  readonly #spent = new EventEmitter<void>();
  /** Fires when this window's ledger has changed. */
  readonly onDidSpend = this.#spent.event;

  constructor(context: ExtensionContext) {
    this.context = context;
    this.keys = new Keys(context.secrets);
    this.plainHttp = new PlainHttp(context.globalState);
    this.workspaceServers = new WorkspaceServers(context.globalState);
    this.engines = new Engines(this.keys, this, () => this.#pixels.get(), {
      info: (message) => this.log.info(message),
      warn: (message) => this.log.warn(message),
      error: (message) => this.log.error(message),
    }, warnOfEnding);
  }

  get log(): LogOutputChannel {
    return this.#log.get();
  }

  /** Where this workspace's own things are kept. */
  get workspaceStorage(): Uri {
    return this.context.storageUri ?? this.context.globalStorageUri;
  }

  get jobs(): JobServices {
    return this.#jobs.get();
  }

  /** A controller that is aborted when Easel is switched off. Answers how to let go of it, too. */
  controller(): { readonly controller: AbortController; release(): void } {
    const controller = new AbortController();
    this.#running.add(controller);
    return { controller, release: () => this.#running.delete(controller) };
  }

  dispose(): void {
    for (const controller of this.#running) controller.abort();
    this.#spent.dispose();
    this.#pixels.made?.dispose();
    this.#log.made?.dispose();
  }

  /** Outbox and ledger are shared by all workspaces; history and candidates belong to one. */
  #makeJobs(): JobServices {
    const shared = createStorage(this.context.globalStorageUri.fsPath);
    const own = createStorage(this.workspaceStorage.fsPath);
    const clock = { now: () => Date.now() };
    const lease = new Lease(shared, clock, randomUUID());
    return {
      pixels: this.#pixels.get(),
      files: new VscodeFiles(),
      outbox: new Outbox(shared, clock, lease),
      history: new History(own),
      candidates: new Candidates(own, clock),
      ledger: new Ledger(shared, clock, lease, () => this.#spent.fire()),
      lease,
      pacer: new Pacer((milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds).unref())),
      // A chunk more between the others: no work on pixels.
      recipeFilter: (recipe) => new RecipeWriter(recipe, nodeZlib.crc32),
      clock,
      log: this.log,
    };
  }
}

interface Lazy<T> {
  readonly made: T | undefined;
  get(): T;
}

function lazily<T>(make: () => T): Lazy<T> {
  let made: T | undefined;
  return {
    get made() {
      return made;
    },
    get: () => (made ??= make()),
  };
}
