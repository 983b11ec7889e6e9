import { Disposable, lm, type LanguageModelTool } from 'vscode';
import { TOOL_NAMES, type ToolName } from '../agents/toolNames';

/** Announces the tools; the first call of one loads what `load` answers. */
export function registerAgentTools(load: () => Promise<Readonly<Record<ToolName, LanguageModelTool<object>>>>): Disposable {
  return Disposable.from(
    ...TOOL_NAMES.map((name) =>
      lm.registerTool<object>(name, {
        prepareInvocation: async (...call) => (await load())[name].prepareInvocation?.(...call),
        invoke: async (...call) => (await load())[name].invoke(...call),
      }),
    ),
  );
}
