import type { Extent } from '../../../src/core/geometry';
import type { AnswerForm, ErrorForm } from './profiles';

/** A refusal as the API sends it. */
export interface ServerError {
  readonly status: number;
  readonly code?: string | null;
  readonly type?: string;
  readonly param?: string | null;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The profile's own form where left out. */
  readonly form?: ErrorForm;
}

/** What the server does for one request instead of its duty. The parts can be combined. */
export interface Behaviour {
  readonly delayMs?: number;
  /** Never answers. */
  readonly hang?: true;
  /** Breaks the connection: before the request was read, in the middle of it, after it was read and before any answer, in the middle of the answer, or after its last byte. */
  readonly reset?: 'before-request' | 'in-request' | 'before-answer' | 'in-answer' | 'after-answer';
  readonly error?: ServerError;
  /** Any answer at all. */
  readonly raw?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array };
  /** JSON that stops half way, with a matching `content-length`. */
  readonly truncate?: true;
  /** A `content-length` that is larger than the body. */
  readonly wrongLength?: true;
  /** The answer in many pieces, with a pause before each. */
  readonly slowMs?: number;
  /** Half of the answer, and then nothing more. */
  readonly stall?: true;
  readonly badBase64?: true;
  /** Another size than asked. */
  readonly drawn?: Extent;
  /** Another file format than asked. */
  readonly format?: 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';
  /** How many pictures come, whatever `n` says. */
  readonly count?: number;
  /** A picture that has nothing to do with what was sent. */
  readonly anotherPicture?: true;
  readonly usage?: false;
  readonly answer?: AnswerForm;
  /** Answers plain JSON to a request for a stream. */
  readonly noStream?: true;
  /** Breaks a stream off after its previews. */
  readonly breakStream?: true;
  /** Answers with this address instead of a picture's own. */
  readonly pictureUrl?: string;
}

/** The errors that the API is known to send, by name. */
export const ERRORS = {
  moderationBlocked: { status: 400, code: 'moderation_blocked', type: 'image_generation_user_error', message: 'Your request was rejected by the safety system.' },
  contentPolicy: { status: 400, code: 'content_policy_violation', message: 'Your request was rejected as a result of our safety system.' },
  invalidValue: { status: 400, code: 'invalid_value', param: 'size', message: "Invalid value: '1x1'." },
  missingParameter: { status: 400, code: 'missing_required_parameter', param: 'prompt', message: "Missing required parameter: 'prompt'." },
  unknownParameter: { status: 400, code: 'unknown_parameter', param: 'response_format', message: "Unknown parameter: 'response_format'." },
  emptyString: { status: 400, code: 'empty_string', param: 'prompt', message: "Invalid 'prompt': empty string. Expected a string with minimum length 1." },
  aboveMaximum: { status: 400, code: 'integer_above_max_value', param: 'n', message: "Invalid 'n': integer above maximum value." },
  invalidFidelity: { status: 400, code: 'invalid_input_fidelity_model', param: 'input_fidelity', message: 'The model does not support input_fidelity.' },
  invalidImage: { status: 400, code: 'invalid_image_file', param: 'image', message: 'Invalid image file or mode for image 1, please check your image file.' },
  maskWithoutAlpha: { status: 400, code: null, message: 'Invalid mask image format - mask image missing alpha channel.' },
  maskOfAnotherSize: { status: 400, code: null, message: 'Invalid input image - mask size does not match image size.' },
  billingLimit: { status: 400, code: 'billing_hard_limit_reached', message: 'Billing hard limit has been reached.' },
  invalidKey: { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  notVerified: { status: 403, code: null, message: 'Your organization must be verified to use this model.' },
  noRoute: { status: 404, message: '', form: 'empty' },
  rateLimit: { status: 429, code: 'rate_limit_exceeded', message: 'Rate limit reached for images per minute: limit 5, used 5. Please try again in 12s.' },
  slowDown: { status: 429, code: 'slow_down', message: 'Slow down.', headers: { 'retry-after': '7' } },
  insufficientQuota: { status: 429, code: 'insufficient_quota', message: 'You exceeded your current quota.' },
  creditExhausted: { status: 429, code: 'credit_balance_exhausted', message: 'Your credit balance is exhausted.' },
  spendLimit: { status: 429, code: 'project_spend_limit_exceeded', message: 'The spend limit of the project is reached.' },
  usageLimit: { status: 429, code: 'organization_usage_limit_exceeded', message: 'The usage limit of the organization is reached.' },
  serverError: { status: 500, code: null, type: 'server_error', message: 'The server had an error while processing your request.' },
  badGateway: { status: 502, message: '<html><body>Bad gateway</body></html>', form: 'html' },
  overloaded: { status: 503, code: 'server_is_overloaded', message: 'The server is overloaded.' },
} as const satisfies Record<string, ServerError>;
