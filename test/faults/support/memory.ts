import assert from 'node:assert/strict';

/** What may stay of something that is over, in bytes. */
const LEFT_BYTES = 8 * 1024 * 1024;
const LOOKS = 40;

/** Looks at a thread's memory; answers what asserts that no more is held again by then, after a while at most: what was sent to a worker goes once it has come to it. */
export async function comesBack(where: string, held: () => Promise<number>): Promise<() => Promise<void>> {
  const before = await held();
  return async () => {
    let left = (await held()) - before;
    for (let look = 0; look < LOOKS && left >= LEFT_BYTES; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      left = (await held()) - before;
    }
    assert.ok(left < LEFT_BYTES, `${left} bytes stay in ${where}`);
  };
}
