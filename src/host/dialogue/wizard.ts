/** The answer to a step of somebody who wants the step before again. */
export const BACK = Symbol('back');
export type Back = typeof BACK;

/** Where a step stands, for its title bar. */
export interface Position {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly total: number;
  readonly canGoBack: boolean;
}

/** One question of a dialogue. Its answer is the state with what was said; undefined where the person turned away. */
export interface WizardStep<S> {
  /** Left out where this says no. */
  readonly applies?: (state: S) => boolean;
  readonly ask: (state: S, position: Position) => Promise<S | Back | undefined>;
}

/**
 * Asks step by step. Going back keeps what was said since, so that a step can show it again. Undefined where the person turned away.
 */
export async function runWizard<S>(title: string, initial: S, steps: readonly WizardStep<S>[]): Promise<S | undefined> {
  const asked: number[] = [];
  let state = initial;
  let index = 0;
  for (;;) {
    const step = steps[index];
    if (!step) return state;
    if (step.applies && !step.applies(state)) {
      index += 1;
      continue;
    }
    const ahead = steps.slice(index + 1).filter((later) => !later.applies || later.applies(state)).length;
    const position: Position = { title, step: asked.length + 1, total: asked.length + 1 + ahead, canGoBack: asked.length > 0 };
    const answer = await step.ask(state, position);
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      index = asked.pop() ?? 0;
      continue;
    }
    asked.push(index);
    state = answer;
    index += 1;
  }
}
