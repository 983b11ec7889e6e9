import type { Page } from 'playwright-core';
import { TEST_KEY, type Scan } from '../keyScan';

/** What holds a key on its way into the window by right: the browser keeps the secrets for the extension host, and a test's own keybinding stands for a person's hands. */
const BY_RIGHT = ['$setPassword', 'easel.setApiKey'];
/** How much is told of a message that holds a key, in characters. */
const TOLD = 120;

/**
 * Looks for test keys in every message that the server sends to a window: what the extension host says there, such as notifications, questions, and the messages to webviews, all come this way.
 * To be called before the page goes anywhere; answers what was found so far.
 */
export function watchMessages(page: Page): () => Scan {
  let messages = 0;
  const hits: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      messages += 1;
      const text = typeof payload === 'string' ? payload : payload.toString('latin1');
      const at = text.indexOf(TEST_KEY);
      if (at >= 0 && !BY_RIGHT.some((word) => text.includes(word))) hits.push(`a message to the window: ${text.slice(Math.max(0, at - TOLD), at)}`);
    }),
  );
  return () => ({ files: messages, hits });
}
