import type { FileBytes } from '../core/bytes';
import type { FileEnding } from '../core/image';
import type { Recipe } from '../core/recipe';
import type { Courier } from './courier';
import type { JobContext, JobNote, JobPlan } from './job';

/** A picture that is ready to be written. */
export interface Finished {
  readonly file: FileBytes;
  readonly extension: FileEnding;
  readonly recipe: Recipe;
  /** The outbox entries that it was made of. */
  readonly answers: readonly string[];
  /** The outbox entry that holds these very bytes, where one does. */
  readonly staged?: string;
}

/** An operation that has looked at its input and knows what it will ask for. Nothing has been sent yet. */
export interface Prepared {
  readonly plan: JobPlan;
  /** Draws and composes; hands each finished picture to `keep`, which writes it, and answers what is worth telling. */
  run(courier: Courier, keep: (picture: Finished) => Promise<void>): Promise<readonly JobNote[]>;
  /** Lets go of the pictures in the worker. */
  dispose(): void;
}

/** Makes the fields of a recipe that every operation fills alike. */
export function recipeFields(context: JobContext): Pick<Recipe, 'version' | 'engine' | 'model'> {
  return { version: 1, engine: context.engine.id, model: context.engine.model.id };
}
