import { setTimeout as delay } from 'node:timers/promises';

/** Repeats an assertion until it holds; after `limit` milliseconds its own error is thrown. */
export async function eventually(assertion: () => void | Promise<void>, limit = 10_000): Promise<void> {
  const end = Date.now() + limit;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(100);
    }
  }
}
