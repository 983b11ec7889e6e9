import { l10n, QuickPickItemKind } from 'vscode';
import { extentFault } from '../../core/extentLimits';
import { formatExtent, parseExtent, parseRatio, sameExtent, type Extent } from '../../core/geometry';
import type { SizeRule } from '../../core/models';
import { PURPOSES, type Purpose } from '../../core/purposes';
import { cropLoss, extentForRatio, nearestLegal, presetExtents } from '../../core/sizes';
import { extentFaultWords } from '../words';
import { askOne, askText } from './quickInput';
import type { Choice } from './typedChoices';
import type { Back, Position } from './wizard';

/** The ratios that people name, for sizes that come within this share of them. */
const RATIOS = ['3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9'];
const NEARLY = 0.02;

/** The answer of somebody who wants to type a size or a ratio. */
export const TYPE_SIZE = 'type';

/** Asks for a size: one that the model draws, one for a purpose, or one that is typed. Undefined where the person turned away. */
export async function askSize(position: Position, rule: SizeRule, own: readonly Purpose[], current: Extent): Promise<Extent | typeof TYPE_SIZE | Back | undefined> {
  const presets = presetExtents(rule).map((extent): Choice<Extent> => ({ label: shapeOf(extent), description: formatExtent(extent), value: extent }));
  const purposes = [...own, ...PURPOSES].map((purpose): Choice<Extent> => {
    const extent = { width: purpose.width, height: purpose.height };
    return { label: purpose.label, description: describeSize(extent, rule), value: extent };
  });
  return askOne<Extent | typeof TYPE_SIZE>(position, {
    placeholder: l10n.t('Which size? Pick one, or type it: 1200x630, 21:9'),
    active: presets.find(({ value }) => value && sameExtent(value, current))?.value,
    choices: [
      ...presets,
      { label: `$(edit) ${l10n.t('Another size or ratio…')}`, value: TYPE_SIZE },
      { label: l10n.t('For'), kind: QuickPickItemKind.Separator },
      ...purposes,
    ],
    typed: (text) => {
      const extent = readSize(text, rule);
      return typeof extent === 'string' ? extent : { label: formatExtent(extent), description: drawnFrom(extent, rule), value: extent };
    },
  });
}

/** Asks for a typed size or ratio. Undefined where the person turned away. */
export async function askTypedSize(position: Position, rule: SizeRule): Promise<Extent | Back | undefined> {
  const answer = await askText(position, {
    prompt: l10n.t('A size in pixels such as 1200x630, or a ratio such as 21:9'),
    placeholder: '1200x630',
    validate: (text) => {
      const extent = readSize(text, rule);
      return typeof extent === 'string' ? extent : undefined;
    },
  });
  if (typeof answer !== 'string') return answer;
  const extent = readSize(answer, rule);
  return typeof extent === 'string' ? undefined : extent;
}

/** A typed size, or the size of about a megapixel for a typed ratio; for anything else the words that say what is wrong with it. */
function readSize(text: string, rule: SizeRule): Extent | string {
  const ratio = parseRatio(text);
  const extent = parseExtent(text) ?? (ratio && extentForRatio(ratio, rule));
  if (!extent) return l10n.t('Type a size such as 1200x630 (64 megapixels at most), or a ratio such as 21:9.');
  const fault = extentFault(extent);
  return fault ? extentFaultWords(fault, extent) : extent;
}

function describeSize(extent: Extent, rule: SizeRule): string {
  return [formatExtent(extent), drawnFrom(extent, rule)].filter((part) => part !== undefined).join(', ');
}

/** The size that a model draws for one that it cannot draw; undefined where it can. */
function drawnFrom(extent: Extent, rule: SizeRule): string | undefined {
  const drawn = nearestLegal(extent, rule);
  return sameExtent(drawn, extent) ? undefined : l10n.t('from {0} scaled and cropped', formatExtent(drawn));
}

function shapeOf(extent: Extent): string {
  const { width, height } = extent;
  if (width === height) return l10n.t('Square');
  const ratio = RATIOS.find((text) => cropLoss(extent, parseRatio(text) ?? extent) < NEARLY) ?? '';
  return (width > height ? l10n.t('Landscape {0}', ratio) : l10n.t('Portrait {0}', ratio)).trim();
}
