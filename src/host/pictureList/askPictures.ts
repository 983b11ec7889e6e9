import { l10n, QuickPickItemKind } from 'vscode';
import { formatExtent } from '../../core/geometry';
import { addedStyle } from '../../core/style';
import { askSeveral } from '../dialogue/quickInput';
import type { Choice } from '../dialogue/typedChoices';
import { costWords, pictureCount } from '../words';
import { BACK } from '../dialogue/wizard';
import { stateWords } from './listWords';
import type { Finding } from './listStates';
import { priceOf, type ListState } from './makeList';
import { styled } from './projectStyle';

/** Shows a person the whole plan: each picture, why it is drawn, what is sent, and the cost of what is chosen. Undefined where they turned away. */
export async function askPictures(state: ListState, due: readonly Finding[]): Promise<readonly Finding[] | undefined> {
  const { engine, server } = state.chosen;
  const others = state.findings.filter((finding) => !due.includes(finding));
  const total = (chosen: readonly Finding[]): string =>
    [l10n.t('Make {0}', pictureCount(chosen.length)), costWords(priceOf(state, chosen), engine.paid), ...(server ? [l10n.t('sent to {0}', server.origin)] : [])].join(' · ');
  const answer = await askSeveral<Finding>(
    { title: l10n.t('Make Pictures'), step: 1, total: 1, canGoBack: false },
    {
      placeholder: l10n.t('Enter draws what is ticked, Escape stops'),
      choices: [
        ...due.map((finding) => ({ ...choiceOf(state, finding), picked: true })),
        ...(others.length > 0 ? [{ label: l10n.t('left as they are'), kind: QuickPickItemKind.Separator }] : []),
        ...others.map((finding) => choiceOf(state, finding)),
      ],
      titleOf: total,
    },
    1,
  );
  return answer === BACK ? undefined : answer;
}

function choiceOf(state: ListState, finding: Finding): Choice<Finding> {
  const { picture } = finding;
  const { engine } = state.chosen;
  const { prompt } = styled(picture.prompt, state.style, engine);
  const facts = [stateWords(finding.state), formatExtent(picture.extent), costWords(priceOf(state, [finding]), engine.paid), ...(picture.parent ? [l10n.t('after {0}', picture.parent.name)] : [])];
  return { label: picture.path.join('/'), description: facts.join(' · '), detail: [picture.prompt, addedStyle(prompt)].filter((part) => part !== '').join(' · ').replace(/\s+/g, ' '), value: finding };
}
