import type { Reason } from '../../../src/core/errors';
import type { ERRORS } from './behaviour';

/** What each error that the API is known to send ends in. */
export const REASONS: Record<keyof typeof ERRORS, Reason> = {
  moderationBlocked: 'refused-by-safety',
  contentPolicy: 'refused-by-safety',
  invalidValue: 'bad-argument',
  missingParameter: 'bad-argument',
  emptyString: 'bad-argument',
  unknownParameter: 'bad-argument',
  aboveMaximum: 'bad-argument',
  invalidFidelity: 'bad-argument',
  invalidImage: 'bad-argument',
  maskWithoutAlpha: 'bad-argument',
  maskOfAnotherSize: 'bad-argument',
  billingLimit: 'quota',
  invalidKey: 'key-refused',
  notVerified: 'key-refused',
  noRoute: 'unsupported',
  rateLimit: 'rate-limited',
  slowDown: 'rate-limited',
  insufficientQuota: 'quota',
  creditExhausted: 'quota',
  spendLimit: 'quota',
  usageLimit: 'quota',
  serverError: 'maybe-billed',
  badGateway: 'maybe-billed',
  overloaded: 'maybe-billed',
};
