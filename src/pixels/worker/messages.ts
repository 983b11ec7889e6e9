import type { Reason } from '../../core/errors';
import type { Pixels, PixelStep } from '../../core/pixels';
import type { TileWork } from './tileWork';

/** The operations that the worker answers: every method of `Pixels` but `close`, which has no answer, and what two workers do of a tile. */
export type OperationName = Exclude<keyof Pixels, 'close'> | keyof TileWork;

/** What the client posts. A picture, a reading or a loan that a call brings forth gets the call's id, which is never used twice. `cancel` names a call that is no longer wanted. */
export type ToWorker =
  | { readonly type: 'call'; readonly id: number; readonly operation: OperationName; readonly args: readonly unknown[] }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close'; readonly held: readonly number[] };

/** What the worker posts: the steps of a call, where it has several, and how much of it is done, where it takes long, then its one answer. */
export type FromWorker =
  | { readonly type: 'step'; readonly id: number; readonly step: PixelStep }
  | { readonly type: 'share'; readonly id: number; readonly share: number }
  | { readonly type: 'done'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly reason: Reason; readonly message: string };
