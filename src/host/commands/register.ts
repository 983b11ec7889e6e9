import { commands, workspace, type Disposable, type Uri } from 'vscode';
import type * as v from 'valibot';
import { ImageError, toImageError } from '../../core/errors';
import { showFailure, toCallerError, type FailureContext } from '../errors';
import { finish } from '../finish';
import { saveLeftovers } from '../leftovers';
import { runAll, type Work } from '../runRequests';
import type { Services } from '../services';
import { resolveUri, toUri } from '../uris';
import { readArguments, type CommandCall } from './args';
import { checkOptions, optionKeys, type OptionsSchema } from './options';

/** A command: what it does for a person, who gets its dialogue, and for a caller, who brought everything. Both answer the written files, in order. */
export interface Command<S extends OptionsSchema> {
  readonly id: string;
  readonly schema: S;
  /** Whether calls without a dialogue are refused in an untrusted workspace: those that spend, write files or change settings. */
  readonly needsTrust: boolean;
  /** Whether it works without a model, so that choosing another one helps against nothing. */
  readonly withoutModel?: boolean;
  readonly person: (uris: readonly Uri[]) => Promise<readonly Uri[]>;
  readonly caller: (uris: readonly Uri[], options: v.InferOutput<S>) => Promise<readonly Uri[]>;
}

/** A command that draws: it only says what is to be done, and the doing is the same for all. */
export interface Verb<S extends OptionsSchema> {
  readonly id: string;
  readonly schema: S;
  /** Asks for everything, the cost included; undefined where the person turned away. */
  readonly ask: (uris: readonly Uri[]) => Promise<Work | undefined>;
  readonly read: (uris: readonly Uri[], options: v.InferOutput<S>) => Promise<Work>;
}

/** Registers a command. A person's failure is told in words, a caller's rejects with a `reason`. */
export function registerCommand<S extends OptionsSchema>(services: Services, command: Command<S>): Disposable {
  const forPerson = async ({ uris }: CommandCall): Promise<readonly Uri[]> => {
    try {
      return await command.person(uris.map(resolveUri));
    } catch (error) {
      return tell(services, command.id, error, { retry: () => void commands.executeCommand(command.id, ...uris), withoutModel: command.withoutModel ?? false });
    }
  };
  const forCaller = async ({ uris, options }: CommandCall): Promise<readonly Uri[]> => {
    const checked = checkOptions(command.schema, options);
    if (command.needsTrust && !workspace.isTrusted) throw new ImageError('untrusted', 'This workspace is not trusted: calls without a dialogue are refused.');
    return command.caller(uris.map(resolveUri), checked);
  };
  return services.commands.add(command.id, async (...args) => {
    try {
      const call = readArguments(args, optionKeys(command.schema));
      return [...(await (call.audience === 'person' ? forPerson(call) : forCaller(call)))];
    } catch (error) {
      services.log.warn(`${command.id}: ${toImageError(error, 'bad-answer').reason}`);
      throw toCallerError(error);
    }
  });
}

/** Registers a command that draws. */
export function registerVerb<S extends OptionsSchema>(services: Services, verb: Verb<S>): Disposable {
  return registerCommand(services, {
    id: verb.id,
    schema: verb.schema,
    needsTrust: true,
    person: async (uris) => {
      const work = await verb.ask(uris);
      return work ? performForPerson(services, verb.id, work) : [];
    },
    caller: async (uris, options) => perform(services, await verb.read(uris, options)),
  });
}

/** Does a person's work. A failure is told in words; *Try Again* repeats the work as it stood, without another dialogue. */
export async function performForPerson(services: Services, id: string, work: Work): Promise<readonly Uri[]> {
  try {
    return await perform(services, work);
  } catch (error) {
    return tell(services, id, error, { retry: () => void performForPerson(services, id, work) });
  }
}

/** Does work that has been agreed to. Rejects with an `ImageError`. */
export async function perform(services: Services, work: Work): Promise<readonly Uri[]> {
  return finish(services, work, await runAll(services, work));
}

function tell(services: Services, id: string, thrown: unknown, context: Omit<FailureContext, 'saveLeftovers'>): Uri[] {
  const error = toImageError(thrown, 'bad-answer');
  const line = `${id}: ${error.reason}: ${error.message}${error.requestId === undefined ? '' : ` (request ${error.requestId})`}`;
  if (error.reason === 'cancelled') services.log.info(line);
  else services.log.error(line);
  void tellWithRemedy(services, error, context);
  if (error.files.length > 0) void commands.executeCommand('workbench.files.action.refreshFilesExplorer');
  return error.files.map(toUri);
}

/** Saving elsewhere is offered only where something waits to be saved: a failure before anything was drawn leaves nothing. */
async function tellWithRemedy(services: Services, error: ImageError, context: Omit<FailureContext, 'saveLeftovers'>): Promise<void> {
  const waiting = error.reason === 'cannot-save' || error.reason === 'does-not-fit' ? await services.jobs.outbox.unsaved().catch(() => []) : [];
  showFailure(error, { ...context, saveLeftovers: waiting.length > 0 ? () => void saveLeftovers(services) : undefined });
}
