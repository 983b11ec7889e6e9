import type { Reason } from '../core/errors';

/** What one person can do about a failure. */
export type Remedy = 'set-key' | 'settings' | 'budget' | 'model' | 'retry' | 'log' | 'leftovers' | 'as-it-is' | 'open-folder' | 'none';

/** The one action that is offered for each reason. */
export const REMEDIES: Readonly<Record<Reason, Remedy>> = {
  'bad-argument': 'settings',
  'empty-prompt': 'retry',
  'prompt-too-long': 'retry',
  'not-an-image': 'none',
  'broken-image': 'none',
  'too-large': 'none',
  'mask-size': 'retry',
  'bad-path': 'settings',
  'no-workspace': 'open-folder',
  untrusted: 'log',
  'no-key': 'set-key',
  'key-refused': 'set-key',
  'needs-model': 'model',
  unsupported: 'model',
  'refused-by-safety': 'retry',
  'rate-limited': 'retry',
  quota: 'log',
  'over-budget': 'budget',
  network: 'retry',
  'maybe-billed': 'retry',
  'bad-answer': 'log',
  'does-not-fit': 'as-it-is',
  'cannot-save': 'leftovers',
  cancelled: 'none',
};
