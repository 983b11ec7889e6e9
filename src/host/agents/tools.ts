import { l10n, type LanguageModelTool } from 'vscode';
import { editVerb } from '../commands/edit';
import { generateVerb } from '../commands/generate';
import { varyVerb } from '../commands/vary';
import { widenVerb } from '../commands/widen';
import type { Services } from '../services';
import { workspaceFile } from './agentFiles';
import { DescribeTool } from './describeTool';
import { DrawingTool } from './drawingTool';
import { EDIT_INPUT, GENERATE_INPUT, VARY_INPUT, WIDEN_INPUT } from './inputs';
import type { ToolName } from './toolNames';

/** What stands behind the tools that `activate()` has announced. */
export function createTools(services: Services): Readonly<Record<ToolName, LanguageModelTool<object>>> {
  const edit = editVerb(services);
  return {
    easel_generate: new DrawingTool(services, { verb: generateVerb(services), input: GENERATE_INPUT, title: l10n.t('Generate an image?'), split: (options) => ({ options }) }),
    easel_edit: new DrawingTool(services, {
      verb: { ...edit, read: async (uris, { mask, ...options }) => edit.read(uris, typeof mask === 'string' ? { ...options, mask: await workspaceFile(mask) } : options) },
      input: EDIT_INPUT,
      title: l10n.t('Edit a region of an image?'),
      split: ({ file, ...options }) => ({ file, options }),
    }),
    easel_vary: new DrawingTool(services, { verb: varyVerb(services), input: VARY_INPUT, title: l10n.t('Make variations of an image?'), split: ({ file, ...options }) => ({ file, options }) }),
    easel_widen: new DrawingTool(services, { verb: widenVerb(services), input: WIDEN_INPUT, title: l10n.t('Widen an image?'), split: ({ file, ...options }) => ({ file, options }) }),
    easel_describe: new DescribeTool(services),
  };
}
