import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DESCRIBE_INPUT, EDIT_INPUT, GENERATE_INPUT, VARY_INPUT, WIDEN_INPUT } from '../../../../src/host/agents/inputs';
import { TOOL_NAMES, type ToolName } from '../../../../src/host/agents/toolNames';
import type { OptionsSchema } from '../../../../src/host/commands/options';

interface Tool {
  readonly name: string;
  readonly modelDescription: string;
  readonly inputSchema: unknown;
}

/** As far as the inputs use valibot. */
interface Described {
  readonly type: string;
  readonly wrapped?: Described;
  readonly entries?: Readonly<Record<string, Described>>;
  readonly options?: readonly string[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

const KEYWORDS: Readonly<Record<string, string>> = { min_value: 'minimum', max_value: 'maximum', min_length: 'minLength' };

/** The JSON schema that says what a valibot schema checks. */
function jsonSchema(schema: Described): object {
  if (schema.type === 'strict_object') {
    const entries = Object.entries(schema.entries ?? {});
    const required = entries.filter(([, { type }]) => type !== 'optional').map(([name]) => name);
    const properties = Object.fromEntries(entries.map(([name, entry]) => [name, jsonSchema(entry.wrapped ?? entry)]));
    return { type: 'object', additionalProperties: false, ...(required.length > 0 ? { required } : {}), properties };
  }
  if (schema.type === 'picklist') return { type: 'string', enum: schema.options };
  const actions = schema.pipe ?? [];
  const limits = actions.flatMap(({ type, requirement }) => (KEYWORDS[type] === undefined ? [] : [[KEYWORDS[type], requirement]]));
  return { type: actions.some(({ type }) => type === 'integer') ? 'integer' : schema.type, ...(Object.fromEntries(limits) as object) };
}

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === 'description' && typeof inner === 'string' ? [] : [[key, withoutWords(inner)]])));
}

describe('the tools of the manifest', () => {
  const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { readonly contributes: { readonly languageModelTools: readonly Tool[] } };
  const tools = contributes.languageModelTools;

  it('are those that are announced', () => {
    assert.deepEqual(tools.map(({ name }) => name), TOOL_NAMES);
  });

  it('declare what is checked', () => {
    const inputs: Record<ToolName, OptionsSchema> = { easel_generate: GENERATE_INPUT, easel_edit: EDIT_INPUT, easel_vary: VARY_INPUT, easel_widen: WIDEN_INPUT, easel_describe: DESCRIBE_INPUT };
    for (const name of TOOL_NAMES) assert.deepEqual(withoutWords(tools.find((tool) => tool.name === name)?.inputSchema), jsonSchema(inputs[name] as unknown as Described), name);
  });

  it('say when to use them, and what they cost', () => {
    for (const { name, modelDescription } of tools) {
      assert.match(modelDescription, /Use it/, name);
      assert.match(modelDescription, name === 'easel_describe' ? /Free/ : /cost money, and the person is asked/, name);
    }
  });
});
