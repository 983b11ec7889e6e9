import { l10n } from 'vscode';
import type { ModelSpec } from '../../core/models';
import { askOne } from './quickInput';
import type { Back, Position } from './wizard';

/** What lies behind the subject: nothing, one colour to be cut away afterwards, or what the prompt makes of it. */
export type Background = 'transparent' | 'plain' | 'prompt';

/** Asks somebody whose prompt speaks of transparency what they want; says so where the model cannot. Undefined where they turned away. */
export async function askBackground(position: Position, model: ModelSpec, current: Background): Promise<Background | Back | undefined> {
  const asIs = { label: l10n.t('As the prompt says'), value: 'prompt' as const };
  return model.transparent
    ? askOne<Background>(position, {
        placeholder: l10n.t('Which background?'),
        choices: [{ label: l10n.t('Transparent'), description: 'PNG', value: 'transparent' }, asIs],
        active: current,
      })
    : askOne<Background>(position, {
        placeholder: l10n.t('{0} does not draw on a transparent background', model.id),
        choices: [{ label: l10n.t('On a plain background, to be cut out'), description: l10n.t('the cutting is free and done on this machine'), value: 'plain' }, asIs],
        active: current,
      });
}
