import { appendFileSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import path from 'node:path';
import { concat } from '../../../src/core/bytes';

/** What a child counts, and at which of them it dies. */
export interface Steps {
  /** The names of the steps so far. */
  readonly names: readonly string[];
  /** One more step; dies here where it is the one. */
  step(name: string): void;
}

/** Counts steps and kills this very process at the one of that number; never at 0. */
export function countSteps(killAt: number): Steps {
  const names: string[] = [];
  return {
    names,
    step(name) {
      names.push(name);
      if (names.length === killAt) die();
    },
  };
}

/** Kills this very process, as nothing in it could prevent. */
export function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // Nothing may happen between the signal and the end.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** The functions of `node:fs/promises` that change a disk. */
const CHANGES = ['open', 'rename', 'link', 'rm', 'mkdir', 'appendFile'] as const;

/** Makes each change of the disk two steps, before and after, and each write three: in its middle half of the bytes are there. Only files that `isOurs` says yes to count. */
export function watchDisk({ step }: Pick<Steps, 'step'>, isOurs: (file: string) => boolean = () => true): void {
  for (const name of CHANGES) {
    const real = promises[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(promises, {
      [name]: async (...args: unknown[]) => {
        if (!isOurs(String(args[0]))) return real.apply(promises, args);
        step(`before ${name}`);
        const result = await real.apply(promises, args);
        step(`after ${name}`);
        return name === 'open' ? watchHandle(result as promises.FileHandle, step) : result;
      },
    });
  }
}

function watchHandle(handle: promises.FileHandle, step: Steps['step']): promises.FileHandle {
  const writeFile = handle.writeFile.bind(handle);
  const sync = handle.sync.bind(handle);
  const inHalves = async (data: Uint8Array): Promise<void> => {
    step('before write');
    const half = Math.floor(data.length / 2);
    await writeFile(data.subarray(0, half));
    step('in write');
    await writeFile(data.subarray(half));
    step('after write');
  };
  return Object.assign(handle, {
    writeFile: inHalves,
    async writev(pieces: readonly Uint8Array[]): Promise<{ readonly bytesWritten: number }> {
      const data = concat(pieces);
      await inHalves(data);
      return { bytesWritten: data.length };
    },
    async sync(): Promise<void> {
      await sync();
      step('after sync');
    },
  });
}

/**
 * A `fetch` whose bodies are steps: each piece, and the end. What has arrived of a body is noted in `<index>.body` at once, whatever becomes of it in this process, and
 * its end by `<index>.end`, in the folder that `folderFor` names; requests that it names none for do not count.
 */
export function watchFetch({ step }: Pick<Steps, 'step'>, folderFor: (address: string) => string | undefined): typeof fetch {
  const real = globalThis.fetch;
  let arrived = 0;
  return async (...args) => {
    const [input] = args;
    const folder = folderFor(input instanceof Request ? input.url : String(input));
    if (folder === undefined) return real(...args);
    step('before request');
    const response = await real(...args);
    step('answer begins');
    if (!response.ok || !response.body) return response;
    const reader = response.body.getReader();
    const file = path.join(folder, String(arrived));
    arrived += 1;
    const body = new ReadableStream<Uint8Array>(
      {
        // Asked for only once the piece before has been dealt with.
        async pull(controller) {
          const { done, value } = await reader.read();
          if (value) {
            appendFileSync(`${file}.body`, value);
            controller.enqueue(value);
            step('piece of the body');
          }
          if (!done) return;
          writeFileSync(`${file}.end`, '');
          controller.close();
          step('end of the body');
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { status: response.status, headers: response.headers });
  };
}
