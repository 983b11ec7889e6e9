import { l10n } from 'vscode';
import type { Change, PictureState } from '../../core/list/staleness';
import { WRITE_FORMATS } from '../../core/image';
import type { ListFault } from './parseList';

/** A fault of `easel.json` in a person's words. */
export function faultWords({ kind, fact }: ListFault): string {
  switch (kind) {
    case 'syntax':
      return l10n.t('That is no JSON.');
    case 'unknown-key':
      return l10n.t('There is no “{0}” here.', fact);
    case 'missing-key':
      return l10n.t('“{0}” is missing.', fact);
    case 'wrong-value':
      return wrongValue(fact);
    case 'bad-path':
      return fact;
    case 'bad-format':
      return l10n.t('{0} does not fit: the formats are {1}, and a name that has an ending says the format itself.', fact, WRITE_FORMATS.join(', '));
    case 'same-file':
      return l10n.t('“{0}” is the same file.', fact);
    case 'unknown-parent':
      return l10n.t('No picture of this list is named “{0}”.', fact);
    case 'own-ancestor':
      return l10n.t('A picture cannot be drawn after itself: {0}.', fact);
  }
}

function wrongValue(key: string): string {
  if (key === 'size') return l10n.t('A size is width and height in pixels, such as “1200x630”, up to 64 megapixels and 20:1.');
  if (/^\d+$/.test(key)) return l10n.t('This is not what belongs into this list.');
  return l10n.t('“{0}” has a wrong value.', key);
}

/** Why a picture would be drawn, or would not. */
export function stateWords(state: PictureState): string {
  switch (state.state) {
    case 'missing':
      return l10n.t('missing');
    case 'fresh':
      return l10n.t('up to date');
    case 'unknown':
      return l10n.t('nothing says how it was made');
    case 'stale':
      return l10n.t('stale: {0}', state.changes.map(changeWords).join(', '));
  }
}

function changeWords(change: Change): string {
  const words: Record<Change, string> = {
    prompt: l10n.t('another prompt'),
    style: l10n.t('another style'),
    size: l10n.t('another size'),
    format: l10n.t('another format'),
    parent: l10n.t('another parent'),
    references: l10n.t('other references'),
  };
  return words[change];
}
