import { l10n, type Uri } from 'vscode';
import { toImageError } from '../../core/errors';
import { area, type Extent } from '../../core/geometry';
import { roomForGuides } from '../../core/guides';
import { MAX_PIXELS, WRITE_FORMATS, type WriteFormat } from '../../core/image';
import { findModel, OFFLINE_MODEL, type ModelSpec, type Quality } from '../../core/models';
import { PURPOSES } from '../../core/purposes';
import { cropLoss, presetExtents } from '../../core/sizes';
import type { Candidate } from '../../jobs/candidates';
import { hasEnded, type CandidateView, type Offer, type RunView } from '../../protocol/studio';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { displayPath, toUri } from '../uris';
import type { RunRecord } from './studioRecords';

/** Ratios that have a name. */
const RATIOS: readonly Extent[] = [
  [1, 1],
  [3, 2],
  [2, 3],
  [4, 3],
  [3, 4],
  [16, 9],
  [9, 16],
  [7, 4],
  [4, 7],
  [21, 9],
].map(([width = 1, height = 1]) => ({ width, height }));
/** How much of a picture a ratio's name may leave out. */
const NAME_TOLERANCE = 0.03;
const FORMAT_LABELS: Readonly<Record<WriteFormat, string>> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' };

/** Who draws by the settings of now, and what may be asked for. Where nobody can draw, what the chosen model would offer. */
export async function offerView(services: Services): Promise<Offer> {
  const settings = readSettings();
  const files = { formats: WRITE_FORMATS.map((id) => ({ id, label: FORMAT_LABELS[id] })), format: settings.format };
  const purposes = [...settings.purposes, ...PURPOSES].map(({ label, width, height }) => ({ label, extent: { width, height } }));
  try {
    const { engine, server } = await services.engines.choose(settings);
    const place = server ? new URL(server.origin).host : l10n.t('This machine');
    return { place, ...modelView(engine.model, engine.quality), purposes, ...files, references: roomForGuides(engine) };
  } catch (error) {
    const { reason } = toImageError(error, 'bad-argument');
    const place = reason === 'no-key' ? l10n.t('No API key yet') : l10n.t('The base URL is wrong');
    return { place, ...modelView(settings.engine === 'offline' ? OFFLINE_MODEL : findModel(settings.model), settings.quality), purposes, ...files, references: 0 };
  }
}

/** A run as the page shows it at a moment, in milliseconds since 1970; `remedy` is the label of what helps against its failure. */
export function runView({ id, at, wish, model, state, detail, began }: RunRecord, remedy: string | undefined, now: number): RunView {
  const drawnFor = began === undefined || hasEnded(state) ? {} : { drawnFor: Math.max(0, now - began) };
  return { id, at, wish, model: drawnBy(model), state, detail, ...drawnFor, ...(remedy === undefined ? {} : { remedy }) };
}

/** A model's name; no AI stands behind the one of this machine, and nobody should think so. */
function drawnBy(model: string): string {
  return model === OFFLINE_MODEL.id ? l10n.t('{0} · drawn on this machine, no AI', model) : model;
}

/** A candidate as the page shows it; `before` is the candidate that it was made from, `address` makes the address under which a page may load a file. */
export function candidateView({ id, run, recipe }: Candidate, before: string | undefined, keptAs: string | undefined, address: (file: string) => Uri): CandidateView {
  const { prompt, model, width, height } = recipe;
  return {
    id,
    run,
    src: address(`${id}.png`).toString(),
    prompt,
    model: drawnBy(model),
    extent: { width, height },
    ...(before === undefined ? {} : { before: address(`${before}.png`).toString() }),
    ...(keptAs === undefined ? {} : { keptAs: displayPath(toUri(keptAs)) }),
  };
}

function modelView(model: ModelSpec, quality: Quality | undefined): Pick<Offer, 'model' | 'sizes' | 'qualities' | 'quality'> {
  const labelled = presetExtents(model.sizes)
    .filter((extent) => area(extent) <= MAX_PIXELS)
    .map((extent) => ({ ratio: ratioOf(extent), extent }));
  return {
    model: model.id,
    // The usual size of each ratio; others can be typed.
    sizes: labelled.filter(({ ratio }, index) => labelled.findIndex((other) => other.ratio === ratio) === index),
    qualities: model.qualities.map((id) => ({ id, label: qualityLabel(id) })),
    ...(quality === undefined ? {} : { quality }),
  };
}

function ratioOf(extent: Extent): string {
  const named = RATIOS.map((ratio) => ({ ratio, loss: cropLoss(extent, ratio) })).sort((a, b) => a.loss - b.loss)[0];
  const { width, height } = named && named.loss <= NAME_TOLERANCE ? named.ratio : extent;
  return `${width}:${height}`;
}

function qualityLabel(quality: Quality): string {
  const labels: Record<Quality, string> = {
    auto: l10n.t('Automatic'),
    low: l10n.t('Low'),
    medium: l10n.t('Medium'),
    high: l10n.t('High'),
    xhigh: l10n.t('Very high'),
    max: l10n.t('Maximum'),
    standard: l10n.t('Standard'),
    hd: l10n.t('HD'),
  };
  return labels[quality];
}
