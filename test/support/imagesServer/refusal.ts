import type { ServerError } from './behaviour';
import type { ErrorForm } from './profiles';

/** Thrown where the server refuses a request. */
export class Refusal extends Error {
  constructor(readonly error: ServerError) {
    super(error.message);
  }
}

export function refuse(code: string | null, param: string | null, message: string, status = 400): never {
  throw new Refusal({ status, code, param, message });
}

/** An error's body in the server's own form, with its content type. */
export function errorBody(error: ServerError, form: ErrorForm): { readonly type: string; readonly body: string } {
  const { message, type = 'invalid_request_error', param = null, code = null } = error;
  const json = (value: unknown): { type: string; body: string } => ({ type: 'application/json', body: JSON.stringify(value) });
  switch (form) {
    case 'object':
      return json({ error: { message, type, param, code } });
    case 'text':
      return json({ error: message });
    case 'detail':
      return json({ detail: message });
    case 'html':
      return { type: 'text/html', body: message };
    case 'empty':
      return { type: 'text/plain', body: '' };
  }
}
