import { env, l10n, window, type Disposable, type Uri } from 'vscode';
import { extentsForWidths, formatBytes, parseWidths, savedPercent, srcsetWidths } from '../../core/conversion';
import { ImageError } from '../../core/errors';
import { sameExtent, type Extent } from '../../core/geometry';
import { WRITE_FORMATS, type WriteFormat } from '../../core/image';
import type { Picture } from '../../core/pixels';
import { pickImages } from '../dialogue/pickImages';
import { askOne, askText } from '../dialogue/quickInput';
import { BACK, runWizard, type WizardStep } from '../dialogue/wizard';
import type { Services } from '../services';
import { openSources, type OpenedSource } from '../sources';
import { baseName } from '../uris';
import { filesOf, toldOf, workLocally, type Made, type NewFile } from './localWork';
import { CONVERT_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

const EXTENSION: Record<WriteFormat, string> = { png: 'png', jpeg: 'jpg', webp: 'webp', avif: 'avif' };

/** How pictures are to be written. */
interface Conversion {
  readonly format: WriteFormat;
  /** The picture's own width where there is none. */
  readonly widths: readonly number[];
  /** 1–100; the format's default where left out. */
  readonly quality: number | undefined;
  readonly enlarge: boolean;
}

/** `easel.convert`: pictures in another format, at other widths or in smaller files, beside their sources. */
export function registerConvert(services: Services): Disposable {
  const convert = async (uris: readonly Uri[], conversion: Conversion): Promise<readonly Made[]> => {
    const made = await workLocally(services, {
      title: l10n.t('Easel: Converting'),
      uris,
      make: (picture, source, signal) => encodeAll(services, picture, source, conversion, signal),
    });
    for (const one of made) services.log.info(savingWords(one));
    return made;
  };
  return registerCommand(services, {
    id: 'easel.convert',
    schema: CONVERT_OPTIONS,
    needsTrust: true,
    withoutModel: true,
    person: async (uris) => {
      const picked = await pickImages(uris, l10n.t('Convert, Resize, Shrink'), 1);
      const conversion = picked && (await askConversion(await openSources(services, picked)));
      if (!conversion) return [];
      const made = await convert(picked, conversion);
      void tellSaving(made);
      return filesOf(made);
    },
    caller: async (uris, { format, widths = [], quality, enlarge = false }) => {
      if (format === undefined) throw new ImageError('bad-argument', `Say a "format": ${WRITE_FORMATS.join(', ')}.`);
      return filesOf(await convert(requireUris(uris, 1), { format, widths, quality, enlarge }));
    },
  });
}

async function encodeAll(services: Services, picture: Picture, { uri, info }: OpenedSource, { format, widths, quality, enlarge }: Conversion, signal: AbortSignal): Promise<readonly NewFile[]> {
  const { pixels, files } = services.jobs;
  const stem = files.stemOf(uri.toString());
  const encode = (sized: Picture, recipe: string | undefined): Promise<Uint8Array> =>
    pixels.encode(sized, { format, ...(quality === undefined ? {} : { quality }), ...(recipe === undefined ? {} : { recipe }) }, signal);
  if (widths.length === 0) return [{ stem, extension: EXTENSION[format], bytes: await encode(picture, info.recipe) }];
  const made: NewFile[] = [];
  for (const extent of extentsForWidths(picture.extent, widths, enlarge)) {
    const sized = sameExtent(extent, picture.extent) ? picture : await pixels.resize(picture, extent, signal);
    try {
      made.push({ stem: `${stem}-${extent.width}`, extension: EXTENSION[format], bytes: await encode(sized, undefined) });
    } finally {
      if (sized !== picture) pixels.close(sized);
    }
  }
  return made;
}

interface Answers {
  readonly format: WriteFormat;
  readonly widths: readonly number[];
  /** Whether a further question asks for the widths. */
  readonly typesWidths: boolean;
  /** Whether the widths are a person's own. */
  readonly namesWidths: boolean;
  readonly quality: number | undefined;
}

/** Widths that were typed into the list of sizes. */
interface Widths {
  readonly widths: readonly number[];
}

/** Asks for format, widths and quality. Undefined where the person turned away. */
async function askConversion(sources: readonly OpenedSource[]): Promise<Conversion | undefined> {
  const [only] = sources.length === 1 ? sources : [];
  const initial: Answers = { format: 'webp', widths: [], typesWidths: false, namesWidths: false, quality: undefined };
  const answers = await runWizard(l10n.t('Convert, Resize, Shrink'), initial, steps(only?.info.extent));
  // Widths that a person types are widths that they ask for.
  return answers && { ...answers, enlarge: answers.namesWidths };
}

function steps(extent: Extent | undefined): WizardStep<Answers>[] {
  const srcset = extent && srcsetWidths(extent);
  return [
    {
      ask: async (state, position) => {
        const choices: { readonly label: string; readonly description: string; readonly value: WriteFormat }[] = [
          { label: 'WebP', description: l10n.t('smaller than PNG and JPEG, in every browser'), value: 'webp' },
          { label: 'AVIF', description: l10n.t('the smallest, in every current browser; takes a while'), value: 'avif' },
          { label: 'JPEG', description: l10n.t('for photographs, everywhere; no transparency'), value: 'jpeg' },
          { label: 'PNG', description: l10n.t('without loss'), value: 'png' },
        ];
        const format = await askOne<WriteFormat>(position, { placeholder: l10n.t('Which format?'), choices, active: state.format });
        return format === undefined || format === BACK ? format : { ...state, format };
      },
    },
    {
      ask: async (state, position) => {
        const own = { label: l10n.t('The same size'), description: extent ? `${extent.width}x${extent.height}` : '', value: 'own' as const };
        const several = srcset && srcset.length > 1 ? [{ label: l10n.t('Several widths for srcset'), description: srcset.join(', '), value: 'srcset' as const }] : [];
        const typed = { label: `$(edit) ${l10n.t('Other widths…')}`, value: 'type' as const };
        const size = await askOne<'own' | 'srcset' | 'type' | Widths>(position, {
          placeholder: l10n.t('Which size? Pick one, or type widths: 640, 1280'),
          choices: [own, ...several, typed],
          typed: (text) => {
            const widths = parseWidths(text);
            return widths ? { label: widths.join(', '), description: l10n.t('pixels wide, the height follows'), value: { widths } } : noWidths();
          },
        });
        if (size === undefined || size === BACK) return size;
        if (typeof size === 'object') return { ...state, typesWidths: false, namesWidths: true, widths: size.widths };
        return { ...state, typesWidths: size === 'type', namesWidths: size === 'type', widths: size === 'srcset' && srcset ? srcset : [] };
      },
    },
    {
      applies: (state) => state.typesWidths,
      ask: async (state, position) => {
        const text = await askText(position, {
          prompt: l10n.t('Widths in pixels, the height follows'),
          placeholder: '640, 1280',
          value: state.widths.join(', '),
          validate: (typed) => (parseWidths(typed) ? undefined : noWidths()),
        });
        return typeof text === 'string' ? { ...state, widths: parseWidths(text) ?? [] } : text;
      },
    },
    {
      applies: ({ format }) => format !== 'png',
      ask: async (state, position) => {
        const quality = await askOne<number>(position, {
          placeholder: l10n.t('Which quality?'),
          choices: [
            { label: l10n.t('High'), description: '90', value: 90 },
            { label: l10n.t('Good for the web'), description: '75', value: 75 },
            { label: l10n.t('Small'), description: '55', value: 55 },
          ],
          active: state.quality ?? 75,
          typed: (text) => (/^(?:100|[1-9]\d?)$/.test(text.trim()) ? { label: text.trim(), value: Number(text) } : l10n.t('A quality is a number from 1 to 100.')),
        });
        return quality === undefined || quality === BACK ? quality : { ...state, quality };
      },
    },
  ];
}

function noWidths(): string {
  return l10n.t('Type one or more widths such as 640, 1280.');
}

/** Tells what was saved, and offers the `srcset` where there is one. */
async function tellSaving(made: readonly Made[]): Promise<void> {
  const [first, ...others] = made;
  if (!first) return;
  const copy = l10n.t('Copy srcset');
  const srcset = first.files.map(({ uri }) => baseName(uri)).map((name) => `${encodeURIComponent(name)} ${/-(\d+)(?:-\d+)?\.\w+$/.exec(name)?.[1]}w`);
  const more = others.length > 0 ? ` ${l10n.t('And {0} more.', others.length)}` : '';
  const answer = await window.showInformationMessage(`Easel: ${savingWords(first)}${more}${toldOf(made)}`, ...(others.length === 0 && first.files.length > 1 ? [copy] : []));
  if (answer === copy) await env.clipboard.writeText(srcset.join(', '));
}

/** `hero.png 412 kB → hero.webp 61 kB, 85 % smaller`. */
function savingWords({ source, files }: Made): string {
  const before = source.source.bytes.length;
  const parts = files.map(({ uri, bytes }) => {
    const saved = savedPercent(before, bytes);
    return l10n.t('{0} {1}, {2}', baseName(uri), formatBytes(bytes), saved >= 0 ? l10n.t('{0} % smaller', saved) : l10n.t('{0} % larger', -saved));
  });
  return `${baseName(source.uri)} ${formatBytes(before)} → ${parts.join('; ')}.`;
}
