import type { EditorState } from '../../protocol/imageEditor';
import { t } from './words';

/** What is new between two states, for people who do not see the page; undefined where there is nothing to say. */
export function announcement(before: EditorState, next: EditorState): string | undefined {
  if (next.proposal && !before.proposal) return [t('saidCandidates', next.proposal.candidates.length), next.proposal.badge].join(' ');
  if (next.run.failure !== before.run.failure && next.run.failure !== '') return next.run.failure;
  if (next.run.detail !== before.run.detail && next.run.detail !== '') return next.run.detail;
  if (next.badge !== before.badge && next.badge !== '') return next.badge;
  return undefined;
}
