import { l10n, type Uri } from 'vscode';
import { formatUsd, isUnderACent } from '../core/cost';
import type { Resume, Spent } from '../core/errors';
import { MAX_RATIO, type ExtentFault } from '../core/extentLimits';
import { formatExtent, type Extent } from '../core/geometry';
import { SEAMLESS_BAND } from '../core/pixels';
import type { JobNote } from '../jobs/job';
import type { Spending } from '../jobs/spending';
import { displayPath, parentOf } from './uris';

/** How many characters that could not be set are named. */
const MOST_CHARACTERS = 12;

/** What something will cost, for a person; `usd` as in a plan. */
export function costWords(usd: number | undefined, paid: boolean): string {
  if (!paid) return l10n.t('free, drawn on this machine');
  return usd === undefined ? l10n.t('cost unknown') : aboutUsd(usd);
}

/** What something did cost; undefined where nothing was paid. */
export function paidWords(usd: number | undefined, paid: boolean): string | undefined {
  if (!paid) return undefined;
  return usd === undefined ? l10n.t('cost unknown') : usdWords(usd);
}

/** A sum that is known. */
function usdWords(usd: number): string {
  return isUnderACent(usd) ? l10n.t('under $0.01') : formatUsd(usd);
}

/** A sum that is reckoned. */
function aboutUsd(usd: number): string {
  return isUnderACent(usd) ? usdWords(usd) : l10n.t('about {0}', formatUsd(usd));
}

/** What was spent in a while: with "about" where the server did not count it all, and never less than what is known to be unknown. */
export function spendingWords({ usd, unknown, exact }: Pick<Spending, 'usd' | 'unknown' | 'exact'>): string {
  const sum = exact ? usdWords(usd) : aboutUsd(usd);
  if (unknown === 0) return sum;
  const more = unknown === 1 ? l10n.t('1 request of unknown cost') : l10n.t('{0} requests of unknown cost', unknown);
  return usd === 0 ? more : l10n.t('{0} and {1}', sum, more);
}

/** What a run that was cancelled may have cost, beside the word for its state; empty where nothing was sent that costs money. */
export function billedWords(spent: Spent | undefined): string {
  if (!spent) return '';
  return spent.usd === undefined ? l10n.t('It may have been billed.') : l10n.t('{0} may have been billed.', costWords(spent.usd, true));
}

/** What somebody who cancelled after a paid request was sent must know. */
export function cancelledWords({ usd }: Spent): string {
  return usd === undefined
    ? l10n.t('Cancelled. What was sent may have been billed, at a cost that is not known.')
    : l10n.t('Cancelled. {0} may have been billed and is counted.', capitalized(costWords(usd, true)));
}

/** What a job that broke off has kept, and what the same request made again would pay for. */
export function resumeWords({ kept, usd }: Resume): string {
  const cost = costWords(usd, true);
  if (kept === 0) return l10n.t('Trying again pays for it anew: {0}.', cost);
  return `${l10n.t('Parts that came and fit are kept: {0}.', kept)} ${l10n.t('Trying again pays only for what is missing: {0}.', cost)}`;
}

export function pictureCount(count: number): string {
  return count === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', count);
}

/** Which files were saved: one by its path, several by their folder, or by the first where they lie in different ones. */
export function savedWords(files: readonly Uri[]): string {
  const [first, ...others] = files;
  if (!first) return '';
  if (others.length === 0) return l10n.t('Saved {0}', displayPath(first));
  const folder = parentOf(first);
  return others.every((file) => parentOf(file).path === folder.path)
    ? l10n.t('Saved {0} in {1}', pictureCount(files.length), `${displayPath(folder)}/`)
    : l10n.t('Saved {0} and {1} more', displayPath(first), others.length);
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
function wholeNumber(value: number): string {
  return value.toLocaleString();
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is worth telling of finished jobs, each thing once: that a picture was scaled comes before what became of the scaled one. */
export function notesWords(notes: readonly JobNote[]): string[] {
  const scaled = notes.filter(({ note }) => note === 'source-scaled');
  return [...new Set([...scaled, ...notes.filter((note) => !scaled.includes(note))].map((note) => noteWords(note, scaled.length > 0)))];
}

/** `scaled`: the picture was scaled before its pixels were kept. */
function noteWords(note: JobNote, scaled: boolean): string {
  switch (note.note) {
    case 'scaled':
      return l10n.t('The model drew {0}; scaled and cropped to {1}.', formatExtent(note.drawn), formatExtent(note.delivered));
    case 'tile-scaled':
      return l10n.t('The model drew {0} instead of {1}; scaled to fit.', formatExtent(note.drawn), formatExtent(note.asked));
    case 'source-scaled':
      return l10n.t('The picture was scaled from {0} to {1} to fit.', formatExtent(note.from), formatExtent(note.to));
    case 'reduced-depth':
      return l10n.t('The picture of {0} bits a channel was reduced to 8.', note.bits);
    case 'kept':
      if (scaled && note.report.changed === 0) return l10n.t('Kept area: 0 of the scaled picture’s {0} pixels changed.', wholeNumber(note.report.kept));
      return note.report.changed === 0
        ? l10n.t('Kept area: 0 of {0} pixels changed.', wholeNumber(note.report.kept))
        : l10n.t('Kept area: {0} of {1} pixels changed, all within {2} px of the new part.', wholeNumber(note.report.changed), wholeNumber(note.report.kept), SEAMLESS_BAND);
    case 'does-not-fit':
      return l10n.t('Some of what came back did not fit and was set aside.');
    case 'fewer':
      return l10n.t('{0} were asked for, {1} came.', note.asked, note.got);
    case 'opaque':
      return l10n.t('The model drew no transparency. A plain background can be cut out.');
    case 'background':
      return note.became === 'cut-out'
        ? l10n.t('The model drew no transparency: the new part was cut out of the plain ground that it was drawn on.')
        : l10n.t('The model drew no transparency and no plain ground, so the new part is opaque where the picture is clear. A model that draws transparency keeps it clear.');
    case 'prompt-not-used':
      return l10n.t('No AI model was asked, so the prompt was not used.');
    case 'text-not-set':
      return note.missing.length > 0
        ? l10n.t('The text is not in the picture: the offline engine has no letters for “{0}”. An AI model draws them.', listed(note.missing))
        : l10n.t('The text is not in the picture: no word of it could be read at this size. A larger picture has room for it.');
    case 'signs-not-set':
      return l10n.t('The text is set without “{0}”, which the offline engine can’t draw. An AI model does.', listed(note.missing));
    case 'text-shortened':
      return l10n.t('The text is shortened: all of it could not be read at this size.');
    case 'guides-not-sent':
      return l10n.t('The engine takes fewer pictures beside a prompt: {0} not sent.', pictureCount(note.count));
  }
}

/** Characters in a row; of many, the first. */
function listed(characters: readonly string[]): string {
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : characters.join('');
}
