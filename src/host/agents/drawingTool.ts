import { workspace, type CancellationToken, type LanguageModelTool, type LanguageModelToolInvocationOptions, type LanguageModelToolInvocationPrepareOptions, type LanguageModelToolResult, type PreparedToolInvocation } from 'vscode';
import type * as v from 'valibot';
import { ImageError } from '../../core/errors';
import { checkOptions, type OptionsSchema } from '../commands/options';
import type { Verb } from '../commands/register';
import { confined } from '../destination';
import { finish } from '../finish';
import { runAll, type Work } from '../runRequests';
import type { Services } from '../services';
import { notesWords, paidWords } from '../words';
import { workspaceFile } from './agentFiles';
import { answer } from './answer';
import { confirmationOf } from './confirmation';
import { withinBudget } from './consent';
import { withSignal } from './signal';
import { toToolError } from './toolError';

/** A verb as a model calls it. */
export interface DrawingToolSpec<I extends OptionsSchema, S extends OptionsSchema> {
  readonly verb: Verb<S>;
  readonly input: I;
  /** For the confirmation. */
  readonly title: string;
  /** Sorts a checked input out into the file that it names, where it names one, and the verb's options. */
  readonly split: (input: v.InferOutput<I>) => { readonly file?: string; readonly options: v.InferOutput<S> };
}

/** Does what a command does, by the same road, for a model: plan and cost are confirmed first, both budgets hold, and the answer says what was written. */
export class DrawingTool<I extends OptionsSchema, S extends OptionsSchema> implements LanguageModelTool<object> {
  readonly #services: Services;
  readonly #spec: DrawingToolSpec<I, S>;

  constructor(services: Services, spec: DrawingToolSpec<I, S>) {
    this.#services = services;
    this.#spec = spec;
  }

  async prepareInvocation({ input }: LanguageModelToolInvocationPrepareOptions<object>, token: CancellationToken): Promise<PreparedToolInvocation> {
    return withSignal(token, async (signal) => {
      const work = await this.#read(input);
      return { invocationMessage: `${work.title}…`, confirmationMessages: await confirmationOf(this.#services, this.#spec.title, work, signal) };
    }).catch(rethrow);
  }

  async invoke({ input }: LanguageModelToolInvocationOptions<object>, token: CancellationToken): Promise<LanguageModelToolResult> {
    return withSignal(token, async (signal) => {
      const work = await this.#read(input);
      const outcome = await runAll(this.#services, await withinBudget(this.#services, work, signal), signal);
      const files = finish(this.#services, work, outcome);
      const { engine } = work.chosen;
      const told = { cost: paidWords(outcome.costUsd, engine.paid) ?? 'free', costUsd: outcome.costUsd ?? null, model: engine.model.id, notes: notesWords(outcome.notes) };
      return answer(this.#services, files, (facts) => ({ files: facts, ...told }), signal);
    }).catch(rethrow);
  }

  /** Checks all that a model passed; nothing is sent. */
  async #read(input: object): Promise<Work> {
    const { input: schema, split, verb } = this.#spec;
    const { file, options } = split(checkInput(schema, input));
    if (!workspace.isTrusted) throw new ImageError('untrusted', 'This workspace is not trusted: agents may not draw in it.');
    const work = await verb.read(file === undefined ? [] : [await workspaceFile(file)], options);
    // What was read is sent: a link may have been put in the file's place after it was looked at.
    if (file !== undefined) await workspaceFile(file);
    return { ...work, requests: work.requests.map((request) => ({ ...request, output: confined(request.output) })) };
  }
}

/** Checks a tool's input. A model that has nothing to say about an option often passes null. */
export function checkInput<I extends OptionsSchema>(schema: I, input: object): v.InferOutput<I> {
  return checkOptions(schema, Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)));
}

function rethrow(error: unknown): never {
  throw toToolError(error);
}
