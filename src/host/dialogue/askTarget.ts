import { l10n, QuickPickItemKind } from 'vscode';
import { ImageError } from '../../core/errors';
import { ANCHORS, formatExtent, parseExtent, parseRatio, type Anchor, type AnchorName, type Extent } from '../../core/geometry';
import { layoutOutpaint } from '../../core/outpaint';
import { PURPOSES, type Purpose } from '../../core/purposes';
import type { WidenTarget } from '../../core/request';
import { askOne, askText } from './quickInput';
import type { Choice } from './typedChoices';
import type { Back, Position } from './wizard';

const ANCHOR_ORDER: readonly AnchorName[] = ['center', 'left', 'right', 'top', 'bottom', 'top-left', 'top-right', 'bottom-left', 'bottom-right'];
const RATIOS = ['16:9', '21:9', '2:1', '3:1', '4:1', '3:2', '4:3', '1:1', '3:4', '2:3', '9:16'];

/** The answer of somebody who wants to type pixels for each side, or a size. */
export type TargetChoice = WidenTarget | { readonly kind: 'type-sides' } | { readonly kind: 'type-size' };

/** Asks what pictures shall be widened to; offers only what makes each of them wider or higher. Undefined where the person turned away. */
export async function askTarget(position: Position, pictures: readonly Extent[], own: readonly Purpose[]): Promise<TargetChoice | Back | undefined> {
  const offered = (label: string, target: WidenTarget): Choice<TargetChoice>[] =>
    whatIsWrong(target, pictures) === undefined ? [{ label, description: resultOf(target, pictures), value: target }] : [];
  const purposes = [...own, ...PURPOSES].flatMap(({ label, width, height }) => offered(label, { kind: 'extent', extent: { width, height } }));
  const ratios = RATIOS.flatMap((label) => {
    const ratio = parseRatio(label);
    return ratio ? offered(label, { kind: 'ratio', ratio }) : [];
  });
  return askOne<TargetChoice>(position, {
    placeholder: l10n.t('Widen to what? Pick, or type a ratio or a size: 21:9, 1200x630'),
    choices: [
      ...ratios,
      { label: `$(arrow-both) ${l10n.t('Pixels on each side…')}`, value: { kind: 'type-sides' } },
      { label: `$(edit) ${l10n.t('An exact size…')}`, value: { kind: 'type-size' } },
      { label: l10n.t('For'), kind: QuickPickItemKind.Separator },
      ...purposes,
    ],
    typed: (text) => {
      const target = readTarget(text);
      if (!target) return noTarget();
      return whatIsWrong(target, pictures) ?? { label: text, description: resultOf(target, pictures), value: target };
    },
  });
}

/** Asks for the pixels of each side. Undefined where the person turned away. */
export async function askSides(position: Position, pictures: readonly Extent[]): Promise<WidenTarget | Back | undefined> {
  const answer = await askText(position, {
    prompt: l10n.t('Pixels to add: left, right, top, bottom'),
    placeholder: '256, 256, 0, 0',
    validate: (text) => {
      const target = readSides(text);
      return target ? whatIsWrong(target, pictures) : l10n.t('Type four whole numbers: left, right, top, bottom.');
    },
  });
  return typeof answer === 'string' ? readSides(answer) : answer;
}

/** Asks for an exact size or a ratio. Undefined where the person turned away. */
export async function askTargetSize(position: Position, pictures: readonly Extent[]): Promise<WidenTarget | Back | undefined> {
  const answer = await askText(position, {
    prompt: l10n.t('A size in pixels such as 1200x630, or a ratio such as 21:9'),
    placeholder: '1200x630',
    validate: (text) => {
      const target = readTarget(text);
      return target ? whatIsWrong(target, pictures) : noTarget();
    },
  });
  return typeof answer === 'string' ? readTarget(answer) : answer;
}

/** Those of the nine words that differ in what `placeOf` answers for them, the centre before the edges and these before the corners. */
export function distinctAnchors(placeOf: (anchor: Anchor) => string): readonly AnchorName[] {
  const first = new Map<string, AnchorName>();
  for (const name of ANCHOR_ORDER) {
    const place = placeOf(ANCHORS[name]);
    if (!first.has(place)) first.set(place, name);
  }
  return [...first.values()];
}

/** The words that differ in where the pictures come to lie when they are widened. */
export function anchorsFor(target: WidenTarget, pictures: readonly Extent[]): readonly AnchorName[] {
  return distinctAnchors((anchor) => JSON.stringify(pictures.map((picture) => layoutOutpaint(picture, target, anchor).at)));
}

/** Asks for one of some places. Undefined where the person turned away. */
export async function askAnchor(position: Position, placeholder: string, current: AnchorName, names: readonly AnchorName[]): Promise<AnchorName | Back | undefined> {
  const labels: Record<AnchorName, string> = {
    center: l10n.t('In the centre'),
    left: l10n.t('On the left'),
    right: l10n.t('On the right'),
    top: l10n.t('At the top'),
    bottom: l10n.t('At the bottom'),
    'top-left': l10n.t('In the top left corner'),
    'top-right': l10n.t('In the top right corner'),
    'bottom-left': l10n.t('In the bottom left corner'),
    'bottom-right': l10n.t('In the bottom right corner'),
  };
  return askOne(position, { placeholder, choices: names.map((name) => ({ label: labels[name], value: name })), active: current });
}

function noTarget(): string {
  return l10n.t('Type a size such as 1200x630, or a ratio such as 21:9.');
}

function readTarget(text: string): WidenTarget | undefined {
  const ratio = parseRatio(text);
  if (ratio) return { kind: 'ratio', ratio };
  const extent = parseExtent(text);
  return extent && { kind: 'extent', extent };
}

function readSides(text: string): WidenTarget | undefined {
  const match = /^\s*(\d{1,5})[\s,;]+(\d{1,5})[\s,;]+(\d{1,5})[\s,;]+(\d{1,5})\s*$/.exec(text);
  if (!match) return undefined;
  const [left = 0, right = 0, top = 0, bottom = 0] = match.slice(1).map(Number);
  return { kind: 'sides', left, right, top, bottom };
}

/** Why a target is none for one of the pictures; undefined where it is one for all. */
function whatIsWrong(target: WidenTarget, pictures: readonly Extent[]): string | undefined {
  try {
    for (const picture of pictures) layoutOutpaint(picture, target, ANCHORS.center);
    return undefined;
  } catch (error) {
    if (error instanceof ImageError) return error.message;
    throw error;
  }
}

function resultOf(target: WidenTarget, pictures: readonly Extent[]): string | undefined {
  const [only] = pictures.length === 1 ? pictures : [];
  if (only) return formatExtent(layoutOutpaint(only, target, ANCHORS.center).canvas);
  return target.kind === 'extent' ? formatExtent(target.extent) : undefined;
}
