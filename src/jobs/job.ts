import type { PieceFilter } from '../core/bytes';
import type { ImageEngine } from '../core/engine';
import type { Extent } from '../core/geometry';
import type { EncodedImage } from '../core/image';
import type { KeptReport, Pixels, PixelStep } from '../core/pixels';
import type { Clock, Log, WorkspaceFiles } from '../core/ports';
import type { PriceOverrides } from '../core/cost';
import type { Budget } from './budget';
import type { Candidate, Candidates } from './candidates';
import type { History } from './history';
import type { Lease } from './lease';
import type { Ledger } from './ledger';
import type { Outbox } from './outbox';
import type { Pacer, Wait } from './pacer';

/** What happens while a job runs, in this order; `waiting` and `preview` may come several times or never. */
export type JobEvent =
  | { readonly type: 'reading' }
  | { readonly type: 'planned'; readonly plan: JobPlan }
  | { readonly type: 'drawing'; readonly request: number; readonly of: number }
  | ({ readonly type: 'waiting' } & Wait)
  | { readonly type: 'preview'; readonly image: EncodedImage }
  /** One of the tiles or candidates, counted from 1 in the order in which they come, is put together; `share` of it, from 0 to 1, is done where that is known. */
  | { readonly type: 'composing'; readonly part: number; readonly of: number; readonly share?: number }
  | { readonly type: PixelStep }
  | { readonly type: 'saved'; readonly uri: string }
  | { readonly type: 'candidate'; readonly candidate: Candidate };

/** What a job will ask for and cost, known before anything is sent. */
export interface JobPlan {
  /** Requests to the engine. */
  readonly requests: number;
  /** US dollars, about; undefined where the model's price is not known. 0 for the offline engine. */
  readonly estimateUsd: number | undefined;
  /** The size that is delivered. */
  readonly extent: Extent;
  /** The size that the model draws for a generate, where it is another one: it is then scaled and cropped. */
  readonly asked?: Extent;
  /** The picture's own size on the canvas of a widen, where it is scaled down to fit. */
  readonly scaled?: Extent;
  /** For widen and edit: the prompt that is sent where the person gave none. */
  readonly stockPrompt?: string;
}

/** A thing worth telling once the files are there; the host has the words. */
export type JobNote =
  | { readonly note: 'scaled'; readonly drawn: Extent; readonly delivered: Extent }
  /** A part of an edit or a widening came in another size of the ratio that was asked for. */
  | { readonly note: 'tile-scaled'; readonly drawn: Extent; readonly asked: Extent }
  | { readonly note: 'source-scaled'; readonly from: Extent; readonly to: Extent }
  | { readonly note: 'reduced-depth'; readonly bits: number }
  | { readonly note: 'kept'; readonly report: KeptReport }
  | { readonly note: 'does-not-fit' }
  | { readonly note: 'fewer'; readonly asked: number; readonly got: number }
  | { readonly note: 'prompt-not-used' }
  /** Transparency was asked for, and what came has none. */
  | { readonly note: 'opaque' }
  /** The picture stands on a clear background, and a part of it came opaque: what became of its background there. */
  | { readonly note: 'background'; readonly became: 'cut-out' | 'filled' }
  | { readonly note: 'guides-not-sent'; readonly count: number }
  /** Nothing of a text that the prompt quotes is in the picture: the engine has no letters for it (`missing`), or no room to write so that it can be read. */
  | { readonly note: 'text-not-set'; readonly missing: readonly string[] }
  /** A quoted text was set without these signs. */
  | { readonly note: 'signs-not-set'; readonly missing: readonly string[] }
  | { readonly note: 'text-shortened' };

export interface JobResult {
  /** URIs of the written files, in order; none for candidates. */
  readonly files: readonly string[];
  readonly notes: readonly JobNote[];
  /** US dollars by the server's count; undefined where it did not say or the price is not known. */
  readonly costUsd: number | undefined;
}

/** What a job works with; made once by the host, by tests and by benchmarks. */
export interface JobServices {
  readonly pixels: Pixels;
  readonly files: WorkspaceFiles;
  readonly outbox: Outbox;
  readonly history: History;
  readonly candidates: Candidates;
  readonly ledger: Ledger;
  readonly lease: Lease;
  readonly pacer: Pacer;
  /** Sets or, with undefined, removes the recipe (JSON) of a PNG that passes by; all other bytes stay, and what is no PNG passes as it is. */
  readonly recipeFilter: (recipe: string | undefined) => PieceFilter;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one job needs beside its request. */
export interface JobContext extends JobServices {
  readonly engine: ImageEngine;
  readonly prices: PriceOverrides;
  readonly budget: Budget;
  /** Whether a person watches, so that previews are worth their price. */
  readonly watched: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
}
