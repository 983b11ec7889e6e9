import type { Page } from 'playwright-core';
import type { Keybinding } from '../../support/vscode/server';
import { editorTab, runCommand, webview } from '../../support/vscode/ui';
import { EXTENSION_ID } from '../../support/vscode/workbench';

/** What is edited, varied, widened and blended: small, so that a kill comes soon. */
export const SOURCE = { name: 'photo.png', width: 256, height: 256 };
/** A widening to this size takes two answers of a server whose largest picture is 1024x1024 and square. */
export const WIDE = { width: 560, height: 256 };

const PROMPT = 'a fox';

/** A verb that an extension host is killed in. */
export interface KilledVerb {
  /** Begins it as a person does: by a key, or in the studio. */
  start(page: Page): Promise<void>;
  /** Files, or pictures of the studio, that a life to the end leaves. */
  readonly pictures: number;
}

/** The keys of the verbs that are called without a dialogue. */
export const KEYS: readonly Keybinding[] = [
  { key: 'ctrl+alt+1', command: 'easel.generate', args: { prompt: PROMPT, width: 256, height: 256, count: 2, folder: 'drawn' } },
  { key: 'ctrl+alt+2', command: 'easel.edit', args: { uri: SOURCE.name, prompt: PROMPT, region: { x: 80, y: 80, width: 64, height: 64 }, output: 'replace' } },
  { key: 'ctrl+alt+3', command: 'easel.vary', args: { uri: SOURCE.name, prompt: PROMPT, count: 2 } },
  { key: 'ctrl+alt+4', command: 'easel.widen', args: { uri: SOURCE.name, prompt: PROMPT, ...WIDE } },
  { key: 'ctrl+alt+5', command: 'easel.blend', args: { uris: [SOURCE.name, 'photo.jpg'], prompt: PROMPT } },
];

function byKey(number: number, pictures: number): KilledVerb {
  return { start: (page) => page.keyboard.press(`Control+Alt+${number}`), pictures };
}

export const KILLED_VERBS: Readonly<Record<string, KilledVerb>> = {
  'generate two': byKey(1, 2),
  'edit in place': byKey(2, 1),
  'vary, two': byKey(3, 2),
  widen: byKey(4, 1),
  blend: byKey(5, 1),
  'studio, two': { start: drawInStudio, pictures: 2 },
};

async function drawInStudio(page: Page): Promise<void> {
  await runCommand(page, 'Easel: Open Studio');
  await editorTab(page, 'Easel Studio').waitFor();
  const studio = webview(page, EXTENSION_ID);
  const prompt = studio.getByRole('textbox', { name: 'Prompt', exact: true });
  await prompt.fill(PROMPT);
  await studio.getByRole('radio', { name: '2', exact: true }).check();
  await prompt.press('ControlOrMeta+Enter');
}
