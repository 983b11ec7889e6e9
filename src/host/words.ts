import { l10n } from 'vscode';
import { formatUsd } from '../core/cost';
import { MAX_RATIO, type ExtentFault } from '../core/extentLimits';
import { formatExtent, type Extent } from '../core/geometry';
import { SEAMLESS_BAND } from '../core/pixels';
import type { JobNote } from '../jobs/job';
import type { Spending } from '../jobs/spending';

/** What something will cost, for a person; `usd` as in a plan. */
export function costWords(usd: number | undefined, paid: boolean): string {
  if (!paid) return l10n.t('free, drawn on this machine');
  return usd === undefined ? l10n.t('cost unknown') : l10n.t('about {0}', formatUsd(usd));
}

/** What something did cost; undefined where nothing was paid. */
export function paidWords(usd: number | undefined, paid: boolean): string | undefined {
  if (!paid) return undefined;
  return usd === undefined ? l10n.t('cost unknown') : formatUsd(usd);
}

/** What was spent in a while: with "about" where the server did not count it all, and never less than what is known to be unknown. */
export function spendingWords({ usd, unknown, exact }: Pick<Spending, 'usd' | 'unknown' | 'exact'>): string {
  const sum = exact ? formatUsd(usd) : l10n.t('about {0}', formatUsd(usd));
  if (unknown === 0) return sum;
  const more = unknown === 1 ? l10n.t('1 request of unknown cost') : l10n.t('{0} requests of unknown cost', unknown);
  return usd === 0 ? more : l10n.t('{0} and {1}', sum, more);
}

export function pictureCount(count: number): string {
  return count === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', count);
}

export function requestCount(count: number): string {
  return count === 1 ? l10n.t('1 request') : l10n.t('{0} requests', count);
}

/** Why no picture of a size can be made. */
export function extentFaultWords(fault: ExtentFault, extent: Extent): string {
  switch (fault) {
    case 'no-size':
      return l10n.t('That is no size: width and height are whole pixels above zero.');
    case 'too-many-pixels':
      return l10n.t('{0} has more than 64 megapixels.', formatExtent(extent));
    case 'too-long':
      return l10n.t('{0} would be longer than {1}:1.', formatExtent(extent), MAX_RATIO);
  }
}

/** A whole number as the person's language writes it. */
export function wholeNumber(value: number): string {
  return value.toLocaleString();
}

/** What is worth telling of a finished job. */
export function noteWords(note: JobNote): string {
  switch (note.note) {
    case 'scaled':
      return l10n.t('The model drew {0}; scaled and cropped to {1}.', formatExtent(note.drawn), formatExtent(note.delivered));
    case 'source-scaled':
      return l10n.t('The picture was scaled from {0} to {1} to fit.', formatExtent(note.from), formatExtent(note.to));
    case 'reduced-depth':
      return l10n.t('The picture of {0} bits a channel was reduced to 8.', note.bits);
    case 'kept':
      return note.report.changed === 0
        ? l10n.t('Kept area: 0 of {0} pixels changed.', wholeNumber(note.report.kept))
        : l10n.t('Kept area: {0} of {1} pixels changed, all within {2} px of the new part.', wholeNumber(note.report.changed), wholeNumber(note.report.kept), SEAMLESS_BAND);
    case 'does-not-fit':
      return l10n.t('Some of what came back did not fit and was set aside.');
    case 'fewer':
      return l10n.t('{0} were asked for, {1} came.', note.asked, note.got);
    case 'opaque':
      return l10n.t('The model drew no transparency. A plain background can be cut out.');
    case 'prompt-not-used':
      return l10n.t('No AI model was asked, so the prompt was not used.');
    case 'guides-not-sent':
      return l10n.t('The engine takes fewer pictures beside a prompt: {0} not sent.', pictureCount(note.count));
  }
}
