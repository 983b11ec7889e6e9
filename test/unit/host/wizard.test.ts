import assert from 'node:assert/strict';
import { BACK, runWizard, type Back, type Position, type WizardStep } from '../../../src/host/dialogue/wizard';

type State = readonly string[];

/** Steps that answer from a script; what each was shown is kept. */
function scripted(script: readonly (string | Back | undefined)[]): { readonly step: (applies?: (state: State) => boolean) => WizardStep<State>; readonly shown: Position[] } {
  const answers = [...script];
  const shown: Position[] = [];
  return {
    shown,
    step: (applies) => ({
      ...(applies ? { applies } : {}),
      ask: async (state, position) => {
        shown.push(position);
        const answer = answers.shift();
        return typeof answer === 'string' ? [...state, answer] : answer;
      },
    }),
  };
}

describe('runWizard', () => {
  it('asks in order and answers the last state', async () => {
    const { step, shown } = scripted(['a', 'b']);
    assert.deepEqual(await runWizard('Title', [], [step(), step()]), ['a', 'b']);
    assert.deepEqual(shown, [
      { title: 'Title', step: 1, total: 2, canGoBack: false },
      { title: 'Title', step: 2, total: 2, canGoBack: true },
    ]);
  });

  it('goes back to the last step that was asked, over one that does not apply', async () => {
    const { step, shown } = scripted(['a', BACK, 'b', 'c']);
    assert.deepEqual(await runWizard('', [], [step(), step(() => false), step()]), ['a', 'b', 'c']);
    assert.deepEqual(shown.map(({ step: n, total }) => [n, total]), [[1, 2], [2, 2], [1, 2], [2, 2]]);
  });

  it('answers nothing where the person turns away', async () => {
    const { step } = scripted(['a', undefined]);
    assert.equal(await runWizard('', [], [step(), step()]), undefined);
  });
});
