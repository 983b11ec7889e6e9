import type { OnShare, OnStep } from '../../core/pixels';
import type { CodecServices } from '../codec/decode';

/** What an operation knows of its call. */
export interface Job {
  /** Becomes the id of the picture that the call brings forth. */
  readonly id: number;
  /** Codecs that stop when the call is cancelled. */
  readonly services: CodecServices;
  /** To be awaited between steps: lets messages in and throws `cancelled` once the call is. */
  readonly checkpoint: () => Promise<void>;
  /** Says what is done now. */
  readonly step: OnStep;
  /** Says how much is done. */
  readonly share: OnShare;
}
