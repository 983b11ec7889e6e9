import { breathing } from './breathing';

/** How many items are read at once: a disk answers some questions beside each other in the time of one. */
const READ_AHEAD = 8;

/**
 * Looks at many items one after the other, each with what was read of it; what comes next is read meanwhile. Gives way to other work every few milliseconds.
 * `read` must not reject: nobody waits yet for what is read ahead. Rejects as `look` does.
 */
export async function lookThrough<Item, Content>(items: readonly Item[], read: (item: Item) => Promise<Content>, look: (item: Item, content: Content, index: number) => Promise<void>): Promise<void> {
  const breathe = breathing();
  const ahead = items.slice(0, READ_AHEAD).map(read);
  for (const [index, item] of items.entries()) {
    const reading = ahead[index % READ_AHEAD];
    if (!reading) return;
    const content = await reading;
    const next = items[index + READ_AHEAD];
    if (next !== undefined) ahead[index % READ_AHEAD] = read(next);
    await breathe();
    await look(item, content, index);
  }
}
