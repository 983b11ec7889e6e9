import { subtract, type Rects } from '../../core/empty';
import { ImageError } from '../../core/errors';
import type { Anchor, Bounds, Extent, Point } from '../../core/geometry';
import { sha256 } from '../../core/hash';
import type { IconFile } from '../../core/icons';
import type { ImageInfo, Mask, PixelImage } from '../../core/image';
import type { Answer, ArtSpec, Artwork, Canvas, ComposeMode, EncodeOptions, KeptReport, Picture, PlacedTile, Reading, ReadOn, Region, Tile, TileInput, VaryStrength } from '../../core/pixels';
import { maskOfSteps } from '../../core/strokes';
import { wrongSizeFor } from '../../core/wrongSize';
import { ArrivingAnswer } from '../answer/arrivingAnswer';
import { readAnswer } from '../answer/readAnswer';
import { drawArt } from '../art/drawArt';
import { decodeImage, type CodecServices } from '../codec/decode';
import { encodeImage } from '../codec/encode';
import { inspectImage } from '../codec/inspect';
import { keptReport } from './keptReport';
import { answerOnClear } from '../compose/clearBackground';
import { placeAnswer } from '../compose/place';
import { fillFromSurroundings } from '../fill/fill';
import { cutOut } from '../cutout/cutOut';
import { drawIconSet } from '../icons/iconSet';
import { NOTHING_CARRIED, type CarriedChunks } from '../png/carried';
import { encodePng } from '../png/encode';
import { withoutRecipe } from '../png/withoutRecipe';
import { darkTwin } from '../retouch/darkTwin';
import { retouch } from '../retouch/retouch';
import { stepwise } from '../steps';
import { paste } from '../transform/crop';
import { covering, fitting, resizing } from '../transform/resize';
import { isOpaque } from '../transform/words';
import { blank, canvasMask, maskOfBounds, maskOfImage } from './canvas';
import type { Job } from './job';
import type { OperationName } from './messages';
import { oneAtATime } from './oneAtATime';
import { isPending, partsOf } from './pending';
import type { PictureStore } from './pictureStore';
import { TileTurns } from './tileTurns';
import { inputOf, layBack, viewOf } from './tileView';
import type { Composed, Lent, Loan, TileView } from './tileWork';

/** So much more must be done, as a share of the whole, for it to be told. */
const LEAST_SHARE = 0.01;

type Operations = Record<OperationName, (job: Job, ...args: never[]) => Promise<unknown>>;

/** The worker's side of every method of `Pixels` and `TileWork`; the docstrings stand there. */
export function createOperations(store: PictureStore) {
  const hold = (job: Job, image: PixelImage, carried: CarriedChunks): Picture => {
    store.set(job.id, { image, carried });
    return { id: job.id, extent: extentOf(image) };
  };

  /** A view of a canvas at its turn. */
  const seen = async (canvas: Canvas, window: Bounds): Promise<TileView> => {
    const held = store.canvas(canvas);
    const endTurn = await held.composition.turns.take(held.composition.pending, window, 'exact');
    try {
      return viewOf(held, window);
    } finally {
      endTurn();
    }
  };

  // One at a time: each takes some hundred megabytes while it lasts.
  const inTurn = oneAtATime();
  const placed = async (job: Job, canvas: PixelImage, pending: Mask, tile: Tile, answer: Uint8Array, mode: ComposeMode): Promise<PlacedTile> => {
    const redrawn = await decodeImage(answer, job.services).then(({ image }) => image, damageOf);
    if (typeof redrawn === 'string') return { fits: false, drawn: undefined, damage: redrawn };
    const drawn = extentOf(redrawn);
    if (wrongSizeFor(tile, drawn)) return { fits: false, drawn };
    const { window } = tile;
    return inTurn(async () => {
      await job.checkpoint();
      const fitted = await stepwise(fitting(redrawn, window), job.checkpoint);
      const laid = await answerOnClear(canvas, pending, window, fitted, job.checkpoint);
      const fits = await placeAnswer(canvas, pending, window, laid.image, mode, job.checkpoint);
      return { fits, drawn, ...(laid.background && { background: laid.background }) };
    });
  };

  return {
    pictureHash: async ({ services }: Job, bytes: Uint8Array): Promise<string> => sha256(withoutRecipe(bytes, services.zlib.crc32)),

    inspect: async (_job: Job, bytes: Uint8Array): Promise<ImageInfo> => inspectImage(bytes),

    async beginAnswer(job: Job, streams: boolean): Promise<Reading> {
      store.setReading(job.id, new ArrivingAnswer(streams));
      return { kind: 'reading', id: job.id };
    },

    readOn: async (_job: Job, reading: Reading, piece: Uint8Array): Promise<ReadOn> => store.reading(reading).push(piece),

    endAnswer: async (_job: Job, reading: Reading): Promise<ReadOn> => store.reading(reading).end(),

    readAnswer: async (_job: Job, body: Uint8Array): Promise<Answer> => readAnswer(body),

    async open(job: Job, bytes: Uint8Array): Promise<Picture> {
      const { image, carried } = await decodeImage(bytes, job.services);
      return hold(job, image, carried);
    },

    async encode({ services }: Job, picture: Picture, options: EncodeOptions): Promise<Uint8Array> {
      const { image, carried } = store.get(picture);
      return encodeImage(image, options, carried, services);
    },

    async resize(job: Job, picture: Picture, extent: Extent): Promise<Picture> {
      const { image, carried } = store.get(picture);
      return hold(job, await stepwise(resizing(image, extent), job.checkpoint), carried);
    },

    async cover(job: Job, picture: Picture, extent: Extent, focus?: Anchor): Promise<Picture> {
      const { image, carried } = store.get(picture);
      return hold(job, await stepwise(covering(image, extent, focus), job.checkpoint), carried);
    },

    async canvas(job: Job, picture: Picture, extent: Extent, at: Point, region?: Region): Promise<Canvas> {
      const { image: source, carried } = store.get(picture);
      const place: Bounds = { x: at.x, y: at.y, width: source.width, height: source.height };
      const inside = region && (await maskOfRegion(source, region, job.services));
      const pending = canvasMask(extent, place, inside);
      const image = blank(extent);
      paste(image, source, at);
      const mask: Mask = { width: pending.width, height: pending.height, data: pending.data.slice() };
      store.set(job.id, { image, carried, composition: { pending, mask, source, at, turns: new TileTurns() } });
      return { kind: 'canvas', id: job.id, extent };
    },

    async copy(job: Job, canvas: Canvas): Promise<Canvas> {
      const { image, carried, composition } = store.canvas(canvas);
      const pending: Mask = { ...composition.pending, data: composition.pending.data.slice() };
      store.set(job.id, { image: { ...image, data: image.data.slice() }, carried, composition: { ...composition, pending, turns: new TileTurns() } });
      return { kind: 'canvas', id: job.id, extent: canvas.extent };
    },

    async renew(_job: Job, canvas: Canvas): Promise<void> {
      const { image, composition } = store.canvas(canvas);
      image.data.fill(0);
      paste(image, composition.source, composition.at);
      composition.pending.data.set(composition.mask.data);
    },

    pendingParts: async (_job: Job, canvas: Canvas): Promise<readonly Bounds[]> => partsOf(store.canvas(canvas).composition.pending),

    async drawAnything(_job: Job, canvas: Canvas, windows: readonly Bounds[]): Promise<readonly boolean[]> {
      const { pending } = store.canvas(canvas).composition;
      return windows.map((window, index) => windows.slice(0, index).reduce<Rects>((rest, earlier) => subtract(rest, earlier), [window]).some((part) => isPending(pending, part)));
    },

    async tileInput(job: Job, canvas: Canvas, tile: Tile, drawsClear: boolean): Promise<TileInput> {
      return inputOf(job, await seen(canvas, tile.window), tile, drawsClear);
    },

    async placeTile(job: Job, canvas: Canvas, tile: Tile, answer: Uint8Array, mode: ComposeMode): Promise<PlacedTile> {
      const { image, composition } = store.canvas(canvas);
      const endTurn = await composition.turns.take(composition.pending, tile.window, mode);
      try {
        return await placed(job, image, composition.pending, tile, answer, mode);
      } finally {
        endTurn();
      }
    },

    view: (_job: Job, canvas: Canvas, window: Bounds): Promise<TileView> => seen(canvas, window),

    inputOf: (job: Job, view: TileView, tile: Tile, drawsClear: boolean): Promise<TileInput> => inputOf(job, view, tile, drawsClear),

    async lend({ id }: Job, canvas: Canvas, window: Bounds, mode: ComposeMode): Promise<Lent> {
      const held = store.canvas(canvas);
      const endTurn = await held.composition.turns.take(held.composition.pending, window, mode);
      try {
        const view = viewOf(held, window);
        store.setLoan(id, { canvas: held, window, endTurn });
        return { kind: 'loan', id, view };
      } catch (error) {
        endTurn();
        throw error;
      }
    },

    async compose(job: Job, { image, pending }: TileView, tile: Tile, answer: Uint8Array, mode: ComposeMode): Promise<Composed> {
      return { placed: await placed(job, image, pending, tile, answer, mode), image };
    },

    async layBack(_job: Job, loan: Loan, image: PixelImage): Promise<void> {
      const { canvas, window } = store.loan(loan);
      layBack(canvas, window, image);
    },

    async fill(job: Job, canvas: Canvas, seed: number): Promise<void> {
      const { image, composition } = store.canvas(canvas);
      let told = 0;
      await fillFromSurroundings(image, composition.pending, seed, (share = 0) => {
        if (share >= told + LEAST_SHARE) job.share((told = share));
        return job.checkpoint();
      });
    },

    async finish(job: Job, canvas: Canvas, recipe: string | undefined): Promise<{ png: Uint8Array; report: KeptReport }> {
      const { image, carried, composition } = store.canvas(canvas);
      job.step('writing');
      const { zlib } = job.services;
      const png = await encodePng(image, zlib, { carried, ...(recipe === undefined ? {} : { recipe }) });
      await job.checkpoint();
      job.step('checking');
      return { png, report: await keptReport(png, composition, zlib) };
    },

    async art(job: Job, spec: ArtSpec): Promise<Artwork> {
      const { text, ...image } = await drawArt(spec, job.checkpoint);
      return { ...hold(job, image, NOTHING_CARRIED), ...(text && { text }) };
    },

    isOpaque: async ({ services }: Job, bytes: Uint8Array): Promise<boolean> => isOpaque((await decodeImage(bytes, services)).image),

    async cutOut(job: Job, picture: Picture, enclosed: boolean): Promise<Picture> {
      const { image, carried } = store.get(picture);
      return hold(job, await cutOut(image, enclosed, job.checkpoint), carried);
    },

    icons: (job: Job, picture: Picture): Promise<readonly IconFile[]> => drawIconSet(store.get(picture).image, job.services.zlib, job.checkpoint),

    async darken(job: Job, picture: Picture): Promise<Picture> {
      const { image, carried } = store.get(picture);
      return hold(job, await darkTwin(image, job.checkpoint), carried);
    },

    async retouch(job: Job, picture: Picture, seed: number, strength: VaryStrength): Promise<Picture> {
      const { image, carried } = store.get(picture);
      return hold(job, await retouch(image, seed, strength, job.checkpoint), carried);
    },
  } satisfies Operations;
}

async function maskOfRegion(source: PixelImage, region: Region, services: CodecServices): Promise<Mask> {
  if (region.kind === 'bounds') return maskOfBounds(source, region.bounds);
  if (region.kind === 'steps') return maskOfSteps(source, region.steps);
  return maskOfImage(source, (await decodeImage(region.bytes, services)).image);
}

/** What is wrong with a file that was decoded in vain. Throws what has another cause. */
function damageOf(error: unknown): string {
  if (!(error instanceof ImageError) || error.reason === 'cancelled') throw error;
  return error.message;
}

function extentOf({ width, height }: PixelImage): Extent {
  return { width, height };
}
