import type { ExtensionContext } from 'vscode';
import { registerClearApiKey, registerSetApiKey } from './host/commands/apiKey';
import { registerBlend } from './host/commands/blend';
import { registerEdit } from './host/commands/edit';
import { registerGenerate } from './host/commands/generate';
import { registerInsert } from './host/commands/insert';
import { registerSelectModel } from './host/commands/selectModel';
import { registerShowHistory } from './host/commands/showHistory';
import { registerShowLog } from './host/commands/showLog';
import { registerVary } from './host/commands/vary';
import { registerWiden } from './host/commands/widen';
import { registerImageEditor } from './host/imageEditor/registerImageEditor';
import { registerLeftovers } from './host/leftovers';
import { Services } from './host/services';
import { registerStatusBar } from './host/statusBar';
import { registerStudio } from './host/studio/registerStudio';

/** Wires the features up; each makes what it needs when it is first used. */
export function activate(context: ExtensionContext): void {
  const services = new Services(context);
  context.subscriptions.push(
    services,
    registerGenerate(services),
    registerEdit(services),
    registerVary(services),
    registerWiden(services),
    registerBlend(services),
    registerInsert(services),
    registerSetApiKey(services),
    registerClearApiKey(services),
    registerSelectModel(services),
    registerShowHistory(services),
    registerShowLog(services),
    registerImageEditor(services),
    registerStatusBar(services),
    registerStudio(services),
    registerLeftovers(services),
  );
}
