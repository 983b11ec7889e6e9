/** Each tool that the manifest contributes for language models: known before the code behind it is loaded. */
export const TOOL_NAMES = ['easel_generate', 'easel_edit', 'easel_vary', 'easel_widen', 'easel_describe'] as const;
export type ToolName = (typeof TOOL_NAMES)[number];
