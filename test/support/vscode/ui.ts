import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';

// What a person does in the workbench, by what a person sees. Each function waits for what it needs, and fails after Playwright's time limit.

const STEP = 1500;

/** The input box or list at the top of the window, while it is shown. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget').filter({ visible: true });
}

/**
 * Runs a command from the palette by its title. Tries again until `limit` milliseconds have gone: an extension's commands come late, and an open
 * palette doesn't learn of them.
 */
export async function runCommand(page: Page, title: string, limit = 30_000): Promise<void> {
  await until(limit, `The palette never offered “${title}”`, async () => {
    await page.keyboard.press('F1');
    await quickInput(page).locator('input').first().fill(`>${title}`, { timeout: STEP });
    await quickInput(page).locator('.monaco-list-row').filter({ hasText: title }).first().click({ timeout: STEP });
  }, () => page.keyboard.press('Escape'));
  // The command's own box takes the palette's place; an answer must not go into the palette.
  await changed(page, (now) => !now.startsWith('>'));
}

/** Types an answer into the input box and accepts it; returns when the box has taken it or complains. */
export async function answerInput(page: Page, text: string): Promise<void> {
  await settled(page);
  const input = quickInput(page).locator('input').first();
  await input.fill(text);
  const before = await settled(page);
  // A list is deaf to Enter until an entry of it is active.
  for (let attempt = 0; attempt < 3; attempt++) {
    await input.press('Enter');
    if (await changed(page, (now) => now !== before)) return;
  }
}

/** Chooses a row of the list at the top by (part of) its text. */
export async function pickItem(page: Page, text: string): Promise<void> {
  const row = quickInput(page).locator('.monaco-list-row').filter({ hasText: text }).first();
  await quickInput(page).locator('.monaco-list-row').first().waitFor();
  await settled(page);
  // A long list holds only the rows in sight: walk down to ours. Typing would find it, too, but where typing makes an entry the rows then move under the mouse.
  for (let steps = 0; steps < 200 && !(await row.isVisible()); steps++) await quickInput(page).locator('input').first().press('ArrowDown');
  await row.waitFor();
  const before = await settled(page);
  try {
    await row.click({ timeout: 2 * STEP });
  } catch (error) {
    // The row's own tooltip may lie over it; then the keyboard takes the row, if it is the one that has the focus.
    if (!(await row.evaluate((element) => element.classList.contains('focused')))) throw error;
    await quickInput(page).locator('input').first().press('Enter');
  }
  await changed(page, (now) => now !== before);
}

/** All that the box at the top shows, what is typed first; empty while there is none. */
function boxText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const box = document.querySelector<HTMLElement>('.quick-input-widget');
    if (!box || box.style.display === 'none') return '';
    const input = box.querySelector('input');
    return [input?.value, input?.placeholder, box.textContent].join('\n');
  });
}

/** Waits until the box at the top stands still, for rows and prices come late; returns what it shows. */
async function settled(page: Page): Promise<string> {
  let last = await boxText(page);
  for (let attempt = 0; attempt < 30; attempt++) {
    await delay(100);
    const now = await boxText(page);
    if (now === last) return now;
    last = now;
  }
  return last;
}

/** Waits for the box at the top to become another; not for ever, for an answer may leave all as it is. Returns whether it did. */
async function changed(page: Page, isAnother: (now: string) => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt++) {
    if (isAnother(await boxText(page))) return true;
    await delay(50);
  }
  return false;
}

/** Leaves the input box or list at the top. */
export async function dismissInput(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await quickInput(page).waitFor({ state: 'hidden' });
}

/** Answers an open or save dialogue, which in the browser is a quick input with a path. It fills in its own path late, over what was typed: repeat until ours stays. */
export async function answerFileDialog(page: Page, file: string): Promise<void> {
  const input = quickInput(page).locator('input').first();
  const accept = quickInput(page).locator('a.monaco-button').first();
  await accept.waitFor();
  await until(20_000, `The file dialogue did not take ${file}`, async () => {
    await input.fill(file, { timeout: STEP });
    await delay(500);
    if ((await input.inputValue({ timeout: STEP })) !== file) throw new Error('overwritten');
    await input.press('Enter');
    await accept.waitFor({ state: 'hidden', timeout: STEP });
  });
}

/** A notification that holds `text`: a toast or, when that has gone again, an item of the notification centre, which is then opened. */
export async function notification(page: Page, text: string | RegExp, limit = 20_000): Promise<Locator> {
  const toast = page.locator('.notification-toast').filter({ hasText: text }).first();
  try {
    await toast.waitFor({ timeout: 5000 });
    return toast;
  } catch {
    await runCommand(page, 'Notifications: Show Notifications');
    const item = page.locator('.notifications-center .notification-list-item').filter({ hasText: text }).first();
    await item.waitFor({ timeout: limit });
    return item;
  }
}

/** Presses a notification's button. */
export async function answerNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  const shown = await notification(page, text);
  await shown.hover();
  await shown.locator('.monaco-button').filter({ hasText: button }).first().click();
}

/** Removes all notifications, so that the next one is seen. */
export async function clearNotifications(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
}

/** The modal dialogue. */
export function modal(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Presses a button of the modal dialogue. */
export async function answerModal(page: Page, button: string): Promise<void> {
  await modal(page).locator('.monaco-button').filter({ hasText: button }).first().click();
  await modal(page).waitFor({ state: 'hidden' });
}

/** A file's row in the explorer, by its exact name. */
export function explorerRow(page: Page, name: string): Locator {
  return page.locator('.explorer-folders-view .monaco-list-row').filter({ has: page.getByText(name, { exact: true }) }).first();
}

/** Selects files in the explorer, the first plainly, the others with Ctrl held. */
export async function selectFiles(page: Page, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) await explorerRow(page, name).click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
}

/** Opens a file in an editor tab, as a double click does. */
export async function openFile(page: Page, name: string): Promise<void> {
  await explorerRow(page, name).dblclick();
  await editorTab(page, name).waitFor();
}

/** An editor's tab by the file's name. */
export function editorTab(page: Page, name: string): Locator {
  return page.locator('.tabs-container .tab').filter({ hasText: name }).first();
}

/** Chooses from the context menu of a file in the explorer: an item, or a submenu and its item. */
export async function explorerMenu(page: Page, name: string, ...items: string[]): Promise<void> {
  await contextMenu(page, explorerRow(page, name), items);
}

/** Chooses from the context menu of an editor's tab. */
export async function tabMenu(page: Page, name: string, ...items: string[]): Promise<void> {
  await contextMenu(page, editorTab(page, name), items);
}

/** Chooses from the context menu of anything that has one. */
export async function contextMenu(page: Page, target: Locator, items: readonly string[]): Promise<void> {
  const menu = page.locator('.monaco-menu').first();
  const last = items.at(-1) ?? '';
  let chosen = false;
  // A menu is deaf to clicks in its first tenth of a second, so that the opening click chooses nothing, and a busy window may close it again: repeat.
  await until(30_000, `The menu did not take “${items.join(' › ')}”`, async () => {
    if (chosen && !(await menu.isVisible())) return;
    if (!(await menu.isVisible())) await target.click({ button: 'right' });
    await menu.waitFor({ timeout: STEP });
    for (const item of items.slice(0, -1)) await menuItem(page, item).hover({ timeout: STEP });
    await menuItem(page, last).click({ timeout: STEP, delay: 30 });
    chosen = true;
    await menu.waitFor({ state: 'detached', timeout: STEP });
  });
}

function menuItem(page: Page, label: string): Locator {
  return page.locator('.monaco-menu .action-item').filter({ has: page.getByText(label, { exact: true }) }).last();
}

/** Where a webview stands: an editor (panels and custom editors), or a view in a side bar or the panel. */
export type WebviewPlace = 'editor' | 'view';

/** The visible webview of an extension. VS Code puts its document into two nested frames. */
export function webview(page: Page, extensionId: string, place: WebviewPlace = 'editor'): FrameLocator {
  const view = '[src*="purpose=webviewView"]';
  return page
    .locator(`iframe.webview.ready[src*="extensionId=${extensionId}"]${place === 'view' ? view : `:not(${view})`}`)
    .filter({ visible: true })
    .first()
    .contentFrame()
    .locator('iframe#active-frame')
    .contentFrame();
}

/** A status bar entry by (part of) its text. */
export function statusBarItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.statusbar-item').filter({ hasText: text }).first();
}

/** Repeats `attempt` until it succeeds; after a failure `recover` brings the window back to where the attempt starts. */
async function until(limit: number, complaint: string, attempt: () => Promise<void>, recover?: () => Promise<void>): Promise<void> {
  const end = Date.now() + limit;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw new Error(complaint, { cause: error });
      await recover?.();
      await delay(200);
    }
  }
}
