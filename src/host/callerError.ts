import { Uri } from 'vscode';
import type { ImageError, Reason } from '../core/errors';

/** What a command rejects with for a caller: switch on `reason`; `files` were written all the same. */
export class CallerError extends Error {
  override readonly name = 'EaselError';
  readonly reason: Reason;
  readonly files: readonly Uri[];

  constructor(error: ImageError) {
    super(error.message, { cause: error });
    this.reason = error.reason;
    this.files = error.files.map((file) => Uri.parse(file, true));
  }
}
