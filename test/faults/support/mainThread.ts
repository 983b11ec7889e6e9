import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Bytes that this thread's own heap and buffers still hold after a full collection; another thread's are not among them. */
export function collectGarbage(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Watches what is parsed as JSON on this thread. */
export function watchJson(): { readonly longest: number; stop(): void } {
  const original = JSON.parse;
  let longest = 0;
  JSON.parse = (text: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown => {
    longest = Math.max(longest, text.length);
    return original(text, reviver) as unknown;
  };
  return {
    get longest() {
      return longest;
    },
    stop: () => void (JSON.parse = original),
  };
}
