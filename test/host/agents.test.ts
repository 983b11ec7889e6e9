import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import sharp from 'sharp';
import type { Reason } from '../../src/core/errors';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { bytesOf, configure, easel, inWorkspace, largestDifference, namesIn, pixelsOf, put, recipeOf, remove, unconfigure } from './easel';

/** What a tool's answer says in JSON. */
interface Told {
  readonly files?: readonly { readonly path: string; readonly width: number; readonly height: number; readonly bytes: number; readonly format: string }[];
  readonly cost?: string;
  readonly notes?: readonly string[];
  readonly recipe?: { readonly prompt: string } | null;
  readonly width?: number;
  readonly madeHere?: boolean;
}

async function call(name: string, input: object): Promise<{ readonly told: Told; readonly previews: readonly vscode.LanguageModelDataPart[] }> {
  return read(await vscode.lm.invokeTool(`easel_${name}`, { input, toolInvocationToken: undefined }));
}

function read({ content }: vscode.LanguageModelToolResult): { readonly told: Told; readonly previews: readonly vscode.LanguageModelDataPart[] } {
  const [text] = content;
  assert.ok(text instanceof vscode.LanguageModelTextPart);
  return { told: JSON.parse(text.value) as Told, previews: content.filter((part) => part instanceof vscode.LanguageModelDataPart) };
}

/** The message of a call that must fail with this reason, which a model reads first. */
async function refusedCall(reason: Reason, name: string, input: object): Promise<string> {
  try {
    await call(name, input);
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.ok(error.message.includes(`${reason}: `), error.message);
    return error.message;
  }
  return assert.fail(`easel_${name} did not refuse with ${reason}`);
}

describe('the tools for language models', () => {
  before(async () => {
    await configure({ engine: 'offline' });
    await put('agents/photo.png', await sharp(await bytesOf(inWorkspace('photo.png'))).resize(384, 256).png().toBuffer());
  });
  afterEach(() => remove('images'));
  after(async () => {
    await remove('agents');
    await unconfigure('engine');
  });

  it('are there', () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('easel_'));
    assert.deepEqual(names.sort(), ['easel_describe', 'easel_edit', 'easel_generate', 'easel_vary', 'easel_widen']);
  });

  it('generate writes a file of exactly the purpose’s size and answers path, size, cost and a preview', async () => {
    const { told, previews } = await call('generate', { prompt: 'misty mountains at dawn', purpose: 'og-card', folder: 'images', count: null });
    const [file] = told.files ?? [];
    assert.deepEqual([file?.path, file?.width, file?.height, file?.format, told.cost], ['images/misty-mountains-at-dawn.png', 1200, 630, 'png', 'free']);
    const { width, height } = await pixelsOf(inWorkspace('images/misty-mountains-at-dawn.png'));
    assert.deepEqual([width, height, file?.bytes], [1200, 630, (await bytesOf(inWorkspace('images/misty-mountains-at-dawn.png'))).length]);
    const seen = await sharp(previews[0]?.data).metadata();
    assert.deepEqual([previews.length, previews[0]?.mimeType, seen.format, seen.width, seen.height], [1, 'image/jpeg', 'jpeg', 512, 269]);
  });

  it('generate says what of a quoted text is not in the picture', async () => {
    const asked = { folder: 'images', width: 256, height: 128 };
    const { told } = await call('generate', { ...asked, prompt: 'poster "שלום"' });
    assert.deepEqual([told.files?.length, told.notes], [1, ['The text is not in the picture: the offline engine has no letters for “שלום”. An AI model draws them.']]);
    assert.deepEqual((await call('generate', { ...asked, prompt: 'poster "Привет, κόσμε"' })).told.notes, []);
  });

  it('edit takes a rectangle or a mask file, and keeps the rest', async () => {
    const region = { x: 40, y: 60, width: 80, height: 50 };
    const inside = (x: number, y: number): boolean => x >= 40 && x < 120 && y >= 60 && y < 110;
    const mask = sharp({ create: { width: 384, height: 256, channels: 3, background: 'black' } }).composite([{ input: { create: { width: 80, height: 50, channels: 3, background: 'white' } }, left: 40, top: 60 }]);
    await put('agents/mask.png', await mask.png().toBuffer());
    const source = await pixelsOf(inWorkspace('agents/photo.png'));
    for (const where of [{ region }, { mask: 'agents/mask.png' }]) {
      const { told } = await call('edit', { file: 'agents/photo.png', ...where });
      const edited = await pixelsOf(inWorkspace(told.files?.[0]?.path ?? ''));
      assert.equal(largestDifference(edited, source, 0, 0, (x, y) => !inside(x, y)), 0);
      assert.ok(largestDifference(edited, source, 0, 0, inside) > 8);
    }
  });

  it('vary, widen and describe do what the commands do', async () => {
    const varied = await call('vary', { file: 'agents/photo.png', count: 2, strength: 'strong' });
    assert.deepEqual([varied.told.files?.length, varied.previews.length], [2, 2]);
    const widened = await call('widen', { file: 'agents/photo.png', ratio: '2:1', anchor: 'left' });
    assert.deepEqual([widened.told.files?.[0]?.width, widened.told.files?.[0]?.height], [512, 256]);
    const path = widened.told.files?.[0]?.path ?? '';
    const described = await call('describe', { file: path });
    assert.deepEqual([described.told.width, described.told.madeHere, described.told.recipe], [512, true, JSON.parse(JSON.stringify(await recipeOf(inWorkspace(path))))]);
    const plain = await call('describe', { file: 'agents/photo.png' });
    assert.deepEqual([plain.told.recipe, plain.told.madeHere, plain.previews.length], [null, false, 1]);
  });

  it('refuse with a reason and with what to change', async () => {
    assert.match(await refusedCall('bad-argument', 'generate', { prompt: 'x', colour: 'red' }), /There is no option "colour".*Correct the argument/);
    await refusedCall('bad-argument', 'generate', {});
    assert.match(await refusedCall('bad-argument', 'generate', { prompt: 'x', purpose: 'poster' }), /og-card/);
    assert.match(await refusedCall('needs-model', 'edit', { file: 'agents/photo.png', prompt: 'a boat', region: { x: 0, y: 0, width: 9, height: 9 } }), /Leave the prompt out/);
    assert.match(await refusedCall('not-an-image', 'describe', { file: 'agents/none.png' }), /not there.*Give the path/);
    await refusedCall('bad-argument', 'edit', { file: 'agents/photo.png' });
  });

  it('reach no file outside of the workspace', async () => {
    await refusedCall('bad-path', 'describe', { file: '/etc/hostname' });
    await refusedCall('bad-path', 'vary', { file: '../photo.png' });
    await refusedCall('bad-path', 'edit', { file: 'agents/photo.png', mask: '/etc/hostname' });
    await refusedCall('bad-path', 'generate', { prompt: 'x', folder: '../out' });
    const link = inWorkspace('agents/link.png').fsPath;
    const { symlinkSync } = await import('node:fs');
    symlinkSync('/etc/hostname', link);
    await refusedCall('bad-path', 'describe', { file: 'agents/link.png' });
  });

  describe('on a server that costs', () => {
    let server: ImagesServer;
    before(async () => {
      server = await startImagesServer({ redraw: 'brief' });
      await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
      await easel('setApiKey', { key: server.key });
    });
    beforeEach(() => server.reset());
    after(async () => {
      await easel('clearApiKey', {});
      await configure({ engine: 'offline' });
      await unconfigure('openai.baseUrl', 'openai.quality', 'budget.perCallUsd', 'budget.monthlyUsd');
      await server.close();
    });

    it('say what it did cost', async () => {
      const { told } = await call('generate', { prompt: 'a red boat', fileName: 'boat' });
      assert.match(told.cost ?? '', /^(?:under )?\$\d/);
      assert.equal(server.to('generations').length, 1);
    });

    it('never spend above a budget without a person', async () => {
      await configure({ 'budget.perCallUsd': 0.001 });
      assert.match(await refusedCall('over-budget', 'generate', { prompt: 'a red boat' }), /perCallUsd/);
      await configure({ 'budget.perCallUsd': 10, 'budget.monthlyUsd': 0.001 });
      assert.match(await refusedCall('over-budget', 'edit', { file: 'agents/photo.png', prompt: 'x', region: { x: 0, y: 0, width: 64, height: 64 } }), /monthlyUsd/);
      assert.equal(server.requests.length, 0);
      assert.deepEqual(await namesIn('images'), []);
    });
  });

  it('are found, called and understood by a language model', async () => {
    const turns: (readonly vscode.LanguageModelChatRequestMessage[])[] = [];
    const script: vscode.LanguageModelChatProvider = {
      provideLanguageModelChatInformation: () => [{ id: 'scripted-1', name: 'Scripted', family: 'scripted', version: '1', maxInputTokens: 100_000, maxOutputTokens: 1000, capabilities: { toolCalling: true, imageInput: true } }],
      provideLanguageModelChatResponse: async (_model, messages, options, progress) => {
        turns.push(messages);
        // It picks the tool by its description, as a model does.
        const tool = options.tools?.find(({ description }) => /outpainting/.test(description));
        if (turns.length === 1 && tool) progress.report(new vscode.LanguageModelToolCallPart('call-1', tool.name, { file: 'agents/photo.png', purpose: 'team' }));
        else progress.report(new vscode.LanguageModelTextPart(`Done: ${/"path": "([^"]+)"/.exec(JSON.stringify(messages.at(-1)?.content).replaceAll('\\"', '"'))?.[1]}`));
      },
      provideTokenCount: async () => 1,
    };
    await configure({ purposes: { team: { width: 450, height: 300 } } });
    const provider = vscode.lm.registerLanguageModelChatProvider('scripted', script);
    try {
      const [model] = await vscode.lm.selectChatModels({ vendor: 'scripted' });
      assert.ok(model);
      const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('easel_')).map(({ name, description, inputSchema }) => ({ name, description, ...(inputSchema ? { inputSchema } : {}) }));
      const messages = [vscode.LanguageModelChatMessage.User('Fit agents/photo.png to our team banner.')];
      const asked = await model.sendRequest(messages, { tools });
      let toolCall: vscode.LanguageModelToolCallPart | undefined;
      for await (const part of asked.stream) if (part instanceof vscode.LanguageModelToolCallPart) toolCall = part;
      assert.equal(toolCall?.name, 'easel_widen');
      const result = await vscode.lm.invokeTool(toolCall.name, { input: toolCall.input, toolInvocationToken: undefined });
      const { told } = read(result);
      assert.deepEqual([told.files?.[0]?.width, told.files?.[0]?.height], [450, 300]);
      messages.push(vscode.LanguageModelChatMessage.Assistant([toolCall]));
      messages.push(vscode.LanguageModelChatMessage.User([new vscode.LanguageModelToolResultPart(toolCall.callId, result.content)]));
      let said = '';
      for await (const text of (await model.sendRequest(messages, { tools })).text) said += text;
      assert.equal(said, `Done: ${told.files?.[0]?.path}`);
    } finally {
      provider.dispose();
      await unconfigure('purposes');
    }
  });
});
