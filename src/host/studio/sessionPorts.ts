import type { ImageError, Spent } from '../../core/errors';
import type { Clock, Log, Storage } from '../../core/ports';
import type { Candidate, Candidates } from '../../jobs/candidates';
import type { JobEvent } from '../../jobs/job';
import type { Wish } from '../../protocol/studio';
import type { Inspect } from './studioReferences';
import type { RunRecord } from './studioRecords';

/** A wish with the engine that was chosen when the button was pressed: what the person agreed to is what is drawn, however long it waits. */
export interface StudioWork {
  readonly model: string;
  readonly paid: boolean;
  /** Draws it into the candidates; answers what is worth telling, in words. Rejects with an `ImageError`. */
  perform(signal: AbortSignal, onEvent: (event: JobEvent) => void): Promise<string>;
}

/** What the studio says of a run. */
export interface RunWords {
  progress(event: JobEvent): string | undefined;
  failed(error: ImageError): string;
  /** What a cancelled run may have cost; empty where nothing was sent that costs money. */
  cancelled(spent: Spent | undefined): string;
  interrupted(maybeBilled: boolean): string;
}

export interface SessionPorts {
  /** The workspace's own. */
  readonly storage: Storage;
  readonly candidates: Candidates;
  readonly clock: Clock;
  readonly log: Log;
  readonly words: RunWords;
  readonly inspect: Inspect;
  /** Rejects with an `ImageError` where the wish cannot be drawn, for want of a key for instance. */
  prepare(wish: Wish, references: readonly Uint8Array[], run: string): Promise<StudioWork>;
  /** Prompts that were used elsewhere in the workspace, newest first, for a studio that has none yet. */
  earlierPrompts(): Promise<readonly string[]>;
}

/** What has changed; whoever shows the session is told. */
export type SessionChange =
  | { readonly type: 'run'; readonly run: RunRecord }
  | { readonly type: 'runGone'; readonly run: string }
  | { readonly type: 'candidate'; readonly candidate: Candidate }
  | { readonly type: 'candidateGone'; readonly candidate: string }
  | { readonly type: 'preview'; readonly run: string; readonly bytes: Uint8Array }
  | { readonly type: 'prompts' };
