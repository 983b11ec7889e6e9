import { l10n } from 'vscode';
import { ImageError } from '../../core/errors';
import type { ModelSpec } from '../../core/models';
import { checkPrompt } from '../../core/prompts';
import { askText } from './quickInput';
import type { Back, Position } from './wizard';

export interface PromptQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly model: ModelSpec;
  /** Whether it may be left empty. */
  readonly optional: boolean;
  /** Why no words are taken; undefined where they are. */
  readonly refusal?: string;
}

/** Asks for a prompt that the model takes; trimmed. Undefined where the person turned away. */
export async function askPrompt(position: Position, question: PromptQuestion): Promise<string | Back | undefined> {
  const { prompt, placeholder, value, model, optional, refusal } = question;
  const validate = (text: string): string | undefined => (optional && text.trim() === '' ? undefined : (refusal ?? whatIsWrong(text, model)));
  const answer = await askText(position, { prompt, placeholder, value, validate });
  return typeof answer === 'string' ? answer.trim() : answer;
}

function whatIsWrong(text: string, model: ModelSpec): string | undefined {
  try {
    checkPrompt(text, model);
    return undefined;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return error.reason === 'empty-prompt' ? l10n.t('Say what the picture should show.') : l10n.t('That is too long: {0} takes {1} characters.', model.id, model.maxPrompt);
  }
}
