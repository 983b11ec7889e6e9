import { l10n, window, workspace, type Disposable } from 'vscode';
import { ImageError } from '../../core/errors';
import { askOne, askText } from '../dialogue/quickInput';
import { createFetchPublic } from '../../node/fetchPublic';
import { BACK, type Position } from '../dialogue/wizard';
import { findProfile } from '../../engines/openai/profiles';
import { parseServer, type Server } from '../server';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { CLEAR_KEY_OPTIONS, KEY_OPTIONS } from './options';
import { registerCommand } from './register';

const WHERE_OPENAI_KEYS_ARE = 'https://platform.openai.com/api-keys';

/** `easel.setApiKey`: keeps a key for one server's origin, which is also the person's consent to send it there. */
export function registerSetApiKey(services: Services): Disposable {
  return registerCommand(services, {
    id: 'easel.setApiKey',
    schema: KEY_OPTIONS,
    needsTrust: true,
    person: async () => {
      const settings = readSettings();
      const server = parseServer(settings.baseUrl);
      if (!(await services.plainHttp.ask(server))) return [];
      if (drawsWithoutKey(server, settings) && (await services.workspaceServers.ask(server)) !== 'with-key') return [];
      const key = await askKey(server);
      if (key === undefined) return [];
      await store(services, server, key);
      void window.showInformationMessage(`Easel: ${l10n.t('The key for {0} is kept in the secret storage and sent to no other server.', server.origin)}`);
      await offerOpenAI();
      return [];
    },
    caller: async (_uris, { key, baseUrl }) => {
      if (key === undefined || key.trim() === '') throw new ImageError('bad-argument', 'The option "key" is missing.');
      await store(services, parseServer(baseUrl ?? readSettings().baseUrl), key.trim());
      return [];
    },
  });
}

/** `easel.clearApiKey`: forgets a key. */
export function registerClearApiKey(services: Services): Disposable {
  return registerCommand(services, {
    id: 'easel.clearApiKey',
    schema: CLEAR_KEY_OPTIONS,
    needsTrust: true,
    person: async () => {
      const origins = await services.keys.origins();
      if (origins.length === 0) {
        void window.showInformationMessage(`Easel: ${l10n.t('No key is stored.')}`);
        return [];
      }
      const position: Position = { title: l10n.t('Clear API Key'), step: 1, total: 1, canGoBack: false };
      const origin = await askOne(position, { placeholder: l10n.t('Which key shall be forgotten?'), choices: origins.map((label) => ({ label, value: label })) });
      if (origin === undefined || origin === BACK) return [];
      await services.keys.clear(origin);
      void window.showInformationMessage(`Easel: ${l10n.t('The key for {0} is gone.', origin)}`);
      return [];
    },
    caller: async (_uris, { baseUrl }) => {
      await services.keys.clear(parseServer(baseUrl ?? readSettings().baseUrl).origin);
      return [];
    },
  });
}

/** Whether the workspace names a server that needs no key: then it is the server that is agreed to. */
function drawsWithoutKey({ baseUrl, loopback }: Server, { model, server, serverOfWorkspace }: Settings): boolean {
  return serverOfWorkspace && !loopback && !findProfile(new URL(baseUrl), model, server).needsKey;
}

/** Asks the server whether it takes the key and keeps it unless it says no. Rejects with `key-refused`. */
async function store(services: Services, server: Server, key: string): Promise<void> {
  services.plainHttp.check(server);
  const { checkKey } = await import('../../engines/openai/openaiEngine');
  const verdict = await checkKey({ baseUrl: server.baseUrl, apiKey: key, fetch: globalThis.fetch, fetchPublic: createFetchPublic() });
  services.log.info(`Key check at ${server.origin}: ${verdict}.`);
  if (verdict === 'refused') throw new ImageError('key-refused', `${server.origin} does not accept it, so it was not stored.`);
  await services.keys.set(server, key);
}

async function askKey(server: Server): Promise<string | undefined> {
  const isOpenAI = new URL(server.origin).hostname === 'api.openai.com';
  const key = await askText(
    { title: l10n.t('Set API Key'), step: 1, total: 1, canGoBack: false },
    {
      prompt: isOpenAI ? l10n.t('The API key for {0}. Keys are made at {1}', server.origin, WHERE_OPENAI_KEYS_ARE) : l10n.t('The API key for {0}', server.origin),
      placeholder: isOpenAI ? 'sk-…' : undefined,
      password: true,
      validate: (text) => (/^\s*\S+\s*$/.test(text) ? undefined : l10n.t('A key is one word without spaces.')),
    },
  );
  return typeof key === 'string' ? key.trim() : undefined;
}

/** A key is of no use to a person whose settings say that this machine draws. */
async function offerOpenAI(): Promise<void> {
  if (readSettings().engine !== 'offline') return;
  const use = l10n.t('Use It Now');
  void window.showInformationMessage(`Easel: ${l10n.t('The engine is set to “offline”, so the key is not used yet.')}`, use).then((answer) => {
    if (answer === use) return workspace.getConfiguration('easel').update('engine', 'auto', true);
    return undefined;
  });
}
