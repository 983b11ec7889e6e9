import { l10n, QuickPickItemKind } from 'vscode';
import type { Bounds, Extent } from '../../core/geometry';
import { askOne, askText } from './quickInput';
import type { Choice } from './typedChoices';
import { parseBounds, presetBounds, type RegionPreset } from './regionPresets';
import type { Back, Position } from './wizard';

/** What a person wants drawn again: a share of each picture, a rectangle in pixels, or what a mask file marks. */
export type RegionChoice = { readonly kind: 'preset'; readonly preset: RegionPreset } | { readonly kind: 'bounds'; readonly bounds: Bounds } | { readonly kind: 'typed' } | { readonly kind: 'mask' } | { readonly kind: 'paint' };

/** Asks for a region of the pictures. `typed` and `mask` need a further question, `paint` the image editor. Undefined where the person turned away. */
export async function askRegion(position: Position, pictures: readonly Extent[], canPaint: boolean): Promise<RegionChoice | Back | undefined> {
  const [only] = pictures.length === 1 ? pictures : [];
  const preset = (name: RegionPreset, label: string): Choice<RegionChoice> => ({
    label,
    description: only && formatBounds(presetBounds(name, only)),
    value: { kind: 'preset', preset: name },
  });
  return askOne<RegionChoice>(position, {
    placeholder: l10n.t('What should be drawn again? Pick, or type x, y, width, height'),
    choices: [
      ...(canPaint ? [{ label: `$(paintcan) ${l10n.t('Paint it…')}`, description: l10n.t('in the image editor'), value: { kind: 'paint' as const } }] : []),
      preset('left-half', l10n.t('Left half')),
      preset('right-half', l10n.t('Right half')),
      preset('top-half', l10n.t('Top half')),
      preset('bottom-half', l10n.t('Bottom half')),
      preset('center', l10n.t('Centre')),
      preset('left-third', l10n.t('Left third')),
      preset('right-third', l10n.t('Right third')),
      preset('top-third', l10n.t('Top third')),
      preset('bottom-third', l10n.t('Bottom third')),
      preset('whole', l10n.t('The whole picture')),
      { label: '', kind: QuickPickItemKind.Separator },
      { label: `$(edit) ${l10n.t('A rectangle in pixels…')}`, value: { kind: 'typed' } },
      { label: `$(file-media) ${l10n.t('A mask file…')}`, description: l10n.t('transparent, or white on black, where to draw'), value: { kind: 'mask' } },
    ],
    typed: (text) => {
      const bounds = parseBounds(text, pictures);
      return bounds ? { label: formatBounds(bounds), value: { kind: 'bounds', bounds } } : noBounds(pictures);
    },
  });
}

/** Asks for a rectangle in pixels. Undefined where the person turned away. */
export async function askBounds(position: Position, pictures: readonly Extent[], current: Bounds | undefined): Promise<Bounds | Back | undefined> {
  const { width, height } = common(pictures);
  const answer = await askText(position, {
    prompt: l10n.t('x, y, width, height in pixels; the picture is {0}x{1}', width, height),
    value: current && formatBounds(current),
    placeholder: `0, 0, ${Math.ceil(width / 2)}, ${height}`,
    validate: (text) => (parseBounds(text, pictures) ? undefined : noBounds(pictures)),
  });
  return typeof answer === 'string' ? parseBounds(answer, pictures) : answer;
}

function noBounds(pictures: readonly Extent[]): string {
  const { width, height } = common(pictures);
  return l10n.t('Type four whole numbers, x, y, width, height, that lie inside {0}x{1}.', width, height);
}

/** What every picture has at least. */
function common(pictures: readonly Extent[]): Extent {
  return { width: Math.min(...pictures.map((picture) => picture.width)), height: Math.min(...pictures.map((picture) => picture.height)) };
}

function formatBounds({ x, y, width, height }: Bounds): string {
  return `${x}, ${y}, ${width}, ${height}`;
}
