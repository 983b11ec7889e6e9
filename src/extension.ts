import { commands, window, type ExtensionContext } from 'vscode';
import { registerAgentTools } from './host/doors/agentTools';
import { COMMAND_IDS } from './host/commandIds';
import type { Easel } from './host/easel';
import { registerHistoryView } from './host/doors/history';
import { registerImageEditor } from './host/doors/imageEditor';
import { startWhereInUse } from './host/doors/inUse';
import { registerListTasks } from './host/doors/listTasks';
import { registerInsertion } from './host/doors/insertion';
import type { Links } from './host/links/links';
import { watchLinks } from './host/doors/links';
import { STUDIO_VIEW_TYPE } from './host/viewTypes';

/** Announces what Easel has; whatever is first used loads the rest. So a window that only activates Easel pays for this file alone. */
export function activate(context: ExtensionContext): void {
  let started: Promise<Easel> | undefined;
  let looking: Promise<Links> | undefined;
  const links = (): Promise<Links> => (looking ??= startLinks(context, easel));
  const easel = (): Promise<Easel> => (started ??= start(context, links));
  context.subscriptions.push(
    ...COMMAND_IDS.map((id) => commands.registerCommand(id, async (...args: unknown[]) => (await easel()).run(id, args))),
    registerAgentTools(async () => (await easel()).agentTools),
    registerImageEditor(async () => (await easel()).imageEditor),
    window.registerWebviewPanelSerializer(STUDIO_VIEW_TYPE, { deserializeWebviewPanel: async (panel) => (await easel()).restoreStudio(panel) }),
    registerHistoryView(async () => (await easel()).history),
    registerListTasks(async (...task) => (await easel()).runListTask(...task)),
    startWhereInUse(context, easel),
    watchLinks(links),
    registerInsertion(
      async () => (await easel()).drops,
      async () => (await easel()).pastes,
    ),
  );
}

async function start(context: ExtensionContext, links: () => Promise<Links>): Promise<Easel> {
  const { startEasel } = await import('./host/easel');
  const easel = startEasel(context, links);
  context.subscriptions.push(easel);
  return easel;
}

async function startLinks(context: ExtensionContext, easel: () => Promise<Easel>): Promise<Links> {
  const { openLinks } = await import('./host/links/openLinks');
  return openLinks(context.subscriptions, async (uri) => (await easel()).factsOf(uri));
}
