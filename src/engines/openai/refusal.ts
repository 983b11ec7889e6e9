import { ImageError, type Reason } from '../../core/errors';
import { isRecord } from '../../core/isRecord';
import type { Redact } from './redact';

/** What a server said where it gave no pictures. Stays inside this engine: callers get an `ImageError`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** 200 where the refusal came dressed as a success. */
    readonly status: number,
    readonly said: { readonly code: string | undefined; readonly param: string | undefined; readonly text: string },
    readonly requestId: string | undefined,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(said.text);
  }
}

const SAFETY = new Set(['moderation_blocked', 'content_policy_violation', 'content_filter', 'contentFilter', 'ResponsibleAIPolicyViolation']);
const MONEY = /^(insufficient_quota|credit_balance_exhausted|billing_hard_limit_reached|billing_not_active|\w+_(spend|usage)_limit_exceeded)$/;
const LONGEST_TEXT = 300;
const LONGEST_NAME = 80;
const VERIFY_AT = 'https://platform.openai.com/settings/organization/general';

/** Reads a refusal from an answer, whatever form its body has: `{error: {…}}`, `{error: "text"}`, `{detail}`, text, HTML or nothing. */
export function readRefusal(status: number, headers: Headers, body: string): Refusal {
  const said = readBody(body);
  return new Refusal(status, said, headers.get('x-request-id') ?? undefined, retryAfter(headers, said.text));
}

/** The parameter that a 400 names, so that the request can be made without it; where it stands in the words alone, only if it is one of `looked`. */
export function refusedParameter({ status, said }: Refusal, looked: readonly string[]): string | undefined {
  if (status !== 400 && status !== 422) return undefined;
  return said.param ?? looked.find((parameter) => speaksOf(parameter, said.text));
}

/** Whether a text speaks of a parameter; one that is a word like any other must stand in quotes. */
function speaksOf(parameter: string, text: string): boolean {
  return new RegExp(parameter.includes('_') ? `\\b${parameter}\\b` : `["'\`]${parameter}["'\`]`).test(text);
}

/** The refusal as the error that callers get. */
export function toImageError(refusal: Refusal, redact: Redact): ImageError {
  const { status, said, requestId, retryAfterSeconds } = refusal;
  const reason = reasonOf(refusal);
  const code = said.code === undefined ? '' : `, ${said.code}`;
  const text = said.text === '' ? 'no explanation' : said.text;
  const verify = status === 403 && said.code === undefined ? ` OpenAI verifies organizations at ${VERIFY_AT}.` : '';
  const message = redact(`The server refused the request (${status}${code}): ${text}${verify}`);
  return new ImageError(reason, message, { httpStatus: status, said: said.text === '' ? undefined : redact(said.text + verify), requestId: requestId === undefined ? undefined : redact(requestId), retryAfterSeconds });
}

function reasonOf({ status, said }: Refusal): Reason {
  if (said.code !== undefined && SAFETY.has(said.code)) return 'refused-by-safety';
  if (said.code !== undefined && MONEY.test(said.code)) return 'quota';
  switch (status) {
    case 401:
    case 403:
      return 'key-refused';
    case 402:
      return 'quota';
    case 404:
    case 405:
    case 410:
    case 501:
      return 'unsupported';
    case 407:
      return 'network';
    case 413:
      return 'too-large';
    case 429:
      return 'rate-limited';
    // A gateway gave up on a server that may be drawing.
    case 408:
      return 'maybe-billed';
    default:
      if (status >= 500) return 'maybe-billed';
      return status >= 400 ? 'bad-argument' : 'bad-answer';
  }
}

function readBody(body: string): Refusal['said'] {
  const json = parse(body);
  const error = json?.['error'] ?? json?.['detail'] ?? json?.['message'];
  if (typeof error === 'string') return { code: undefined, param: undefined, text: tidy(error) };
  // FastAPI: a list of {loc: ['body', 'size'], msg}.
  const first: unknown = Array.isArray(error) ? error[0] : error;
  if (isRecord(first)) {
    const loc = first['loc'];
    const place: unknown = Array.isArray(loc) ? loc[1] : first['param'];
    const inner = first['inner_error'] ?? first['innererror'];
    const code = name(first['code']) ?? (isRecord(inner) ? name(inner['code']) : undefined) ?? moneyType(first['type']);
    const text = first['message'] ?? first['msg'];
    return { code, param: name(place), text: tidy(typeof text === 'string' ? text : '') };
  }
  return { code: undefined, param: undefined, text: json ? '' : tidy(body.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')) };
}

/** Some servers put into `type` what OpenAI puts into `code`. */
function moneyType(type: unknown): string | undefined {
  const text = name(type);
  return text !== undefined && (MONEY.test(text) || SAFETY.has(text)) ? text : undefined;
}

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME ? value : undefined;
}

function tidy(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}

/** Seconds from the answer until the server wants to be asked again: by header (milliseconds, seconds or a date), else from "try again in 12s". */
function retryAfter(headers: Headers, text: string): number | undefined {
  const milliseconds = headers.get('retry-after-ms');
  if (milliseconds !== null && /^\d+(\.\d+)?$/.test(milliseconds)) return Number(milliseconds) / 1000;
  const header = headers.get('retry-after');
  if (header !== null && /^\d+(\.\d+)?$/.test(header)) return Number(header);
  // Counted from the server's own clock where it tells it: ours may be wrong.
  const until = header === null ? Number.NaN : Date.parse(header) - (Date.parse(headers.get('date') ?? '') || Date.now());
  if (!Number.isNaN(until)) return Math.max(0, until / 1000);
  const match = /try again in (?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)(ms|s))?/i.exec(text);
  if (!match || (match[1] ?? match[2] ?? match[3]) === undefined) return undefined;
  const [, hours = '0', minutes = '0', rest = '0', unit] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest) / (unit === 'ms' ? 1000 : 1);
}
