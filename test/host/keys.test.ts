import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ERRORS } from '../support/imagesServer/behaviour';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { configure, easel, one, recipeOf, refused, remove, unconfigure } from './easel';

const OPTIONS = { prompt: 'a red boat', width: 1024, height: 1024 };

describe('keys and engines', () => {
  let server: ImagesServer;
  let other: ImagesServer;
  before(async () => {
    [server, other] = await Promise.all([startImagesServer(), startImagesServer({ key: 'sk-other' })]);
  });
  beforeEach(async () => {
    server.reset();
    other.reset();
    await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
  });
  afterEach(async () => {
    await easel('clearApiKey', {});
    await easel('clearApiKey', { baseUrl: other.url });
    await remove('images');
  });
  after(async () => {
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality', 'openai.model');
    await Promise.all([server.close(), other.close()]);
  });

  const engineOf = async (): Promise<string | undefined> => (await recipeOf(one(await easel('generate', OPTIONS))))?.engine;

  it('auto draws here until a key is stored, and after it is cleared', async () => {
    assert.equal(await engineOf(), 'offline');
    assert.deepEqual(await easel('setApiKey', { key: server.key }), []);
    assert.equal(await engineOf(), 'openai');
    assert.equal(server.to('generations')[0]?.headers.authorization, `Bearer ${server.key}`);
    assert.deepEqual(await easel('clearApiKey', {}), []);
    assert.equal(await engineOf(), 'offline');
  });

  it('openai without a key rejects, but for a server of this machine', async () => {
    await configure({ engine: 'openai', 'openai.baseUrl': 'https://images.invalid/v1' });
    await refused('no-key', 'generate', OPTIONS);
    const local = await startImagesServer({ profile: 'sd-server' });
    await configure({ 'openai.baseUrl': local.url, 'openai.model': 'sd-cpp-local' });
    assert.equal(await engineOf(), 'openai');
    await local.close();
    await unconfigure('openai.model');
  });

  it('a server without a key that the workspace alone names is agreed to first', async () => {
    const configuration = vscode.workspace.getConfiguration('easel');
    const named = { engine: 'openai', 'openai.baseUrl': 'https://pictures.invalid/v1', 'openai.server': 'sd-server' };
    try {
      for (const [key, value] of Object.entries(named)) await configuration.update(key, value, vscode.ConfigurationTarget.Workspace);
      await refused('no-key', 'generate', OPTIONS);
      await configuration.update('openai.baseUrl', other.url, vscode.ConfigurationTarget.Workspace);
      // This machine's own: no consent is needed, and the server asks for a key itself.
      await refused('key-refused', 'generate', OPTIONS);
    } finally {
      for (const key of Object.keys(named)) await configuration.update(key, undefined, vscode.ConfigurationTarget.Workspace);
    }
    await configure({ ...named });
    // The person's own word is consent, and nobody is there.
    await refused('network', 'generate', OPTIONS);
    await unconfigure('openai.server');
  });

  it('a key goes to its own origin and nowhere else', async () => {
    await easel('setApiKey', { key: 'sk-other', baseUrl: other.url });
    assert.equal(await engineOf(), 'offline');
    await configure({ 'openai.baseUrl': other.url });
    assert.equal(await engineOf(), 'openai');
    assert.equal(server.requests.length, 0);
    assert.equal(vscode.workspace.getConfiguration('easel').get('openai.baseUrl'), other.url);
  });

  it('a key that the server refuses is not stored; one that it cannot judge is', async () => {
    await refused('key-refused', 'setApiKey', { key: 'sk-wrong' });
    assert.equal(await engineOf(), 'offline');
    server.next({ error: ERRORS.noRoute }, 'models');
    await easel('setApiKey', { key: 'sk-unjudged' });
    await refused('key-refused', 'generate', OPTIONS);
  });

  it('refuses what cannot be honoured', async () => {
    await refused('bad-argument', 'setApiKey', {});
    await refused('bad-argument', 'setApiKey', { key: '  ' });
    await refused('bad-argument', 'setApiKey', { key: 'sk-x', baseUrl: 'http://example.com/v1' });
    const rejection = await refused('bad-argument', 'setApiKey', { key: 'sk-secret', baseURL: server.url });
    assert.doesNotMatch(rejection.message, /sk-secret/);
    await configure({ 'openai.baseUrl': 'http://example.com/v1' });
    await refused('bad-argument', 'generate', OPTIONS);
    await configure({ 'openai.baseUrl': server.url });
  });

  it('selectModel sets the model', async () => {
    assert.deepEqual(await easel('selectModel', { model: 'gpt-image-2' }), []);
    assert.equal(vscode.workspace.getConfiguration('easel').get('openai.model'), 'gpt-image-2');
    await refused('bad-argument', 'selectModel', { model: '' });
  });
});
