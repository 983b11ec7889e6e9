import * as v from 'valibot';

/** A question that one end asks and the other answers: the schemas of both. */
export interface RequestKind<P extends v.GenericSchema = v.GenericSchema, R extends v.GenericSchema = v.GenericSchema> {
  readonly params: P;
  readonly result: R;
}

/** What one end takes: questions that it answers, and news that it is only told. */
export interface EndKinds {
  readonly requests: Readonly<Record<string, RequestKind>>;
  readonly notices: Readonly<Record<string, v.GenericSchema>>;
}

type Params<K extends EndKinds, N extends keyof K['requests']> = v.InferOutput<K['requests'][N]['params']>;
type Result<K extends EndKinds, N extends keyof K['requests']> = v.InferOutput<K['requests'][N]['result']>;
type Notice<K extends EndKinds, N extends keyof K['notices']> = v.InferOutput<K['notices'][N]>;

/** What an end does with what arrives. A handler that rejects answers with its message. */
export interface Handlers<K extends EndKinds> {
  readonly requests: { readonly [N in keyof K['requests']]: (params: Params<K, N>) => Promise<Result<K, N>> };
  readonly notices: { readonly [N in keyof K['notices']]: (notice: Notice<K, N>) => void };
}

const Envelope = v.variant('kind', [
  v.object({ kind: v.literal('request'), id: v.number(), name: v.string(), body: v.unknown() }),
  v.object({ kind: v.literal('result'), id: v.number(), body: v.unknown() }),
  v.object({ kind: v.literal('failure'), id: v.number(), message: v.string() }),
  v.object({ kind: v.literal('notice'), name: v.string(), body: v.unknown() }),
]);

/** How long a question may stay without an answer, in milliseconds. */
const PATIENCE_MS = 60_000;

interface Pending {
  readonly schema: v.GenericSchema;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * One end of the line between host and webview. All that arrives is checked against its schema; what does not fit is refused and changes nothing.
 * Every question ends: by its answer, its failure, after a minute, or when the end is disposed of.
 */
export class Channel<Own extends EndKinds, Other extends EndKinds> {
  readonly #own: Own;
  readonly #other: Other;
  readonly #post: (message: unknown) => void;
  readonly #handlers: Handlers<Own>;
  readonly #pending = new Map<number, Pending>();
  /** A page that loads again on the same line must not take answers to its predecessor's questions for its own. */
  #lastId = Math.floor(Math.random() * 2 ** 48);
  #open = true;

  constructor(own: Own, other: Other, post: (message: unknown) => void, handlers: Handlers<Own>) {
    this.#own = own;
    this.#other = other;
    this.#post = post;
    this.#handlers = handlers;
  }

  /** Asks the other end. Rejects with the other end's message, after a minute, or on dispose. */
  request<N extends keyof Other['requests'] & string>(name: N, body: Params<Other, N>): Promise<Result<Other, N>> {
    return new Promise((resolve, reject) => {
      const schema = this.#other.requests[name]?.result;
      if (!this.#open || !schema) return reject(new Error(`"${name}" cannot be asked here.`));
      const id = (this.#lastId += 1);
      const timer = setTimeout(() => this.#settle(id)?.reject(new Error(`"${name}" was not answered.`)), PATIENCE_MS);
      this.#pending.set(id, { schema, resolve, reject, timer });
      this.#post({ kind: 'request', id, name, body });
    });
  }

  /** Tells the other end. */
  notify<N extends keyof Other['notices'] & string>(name: N, body: Notice<Other, N>): void {
    if (this.#open) this.#post({ kind: 'notice', name, body });
  }

  /** Takes in a message as it came. Answers whether it was one that this end takes. */
  receive(message: unknown): boolean {
    const envelope = v.safeParse(Envelope, message);
    if (!this.#open || !envelope.success) return false;
    const { output } = envelope;
    switch (output.kind) {
      case 'request':
        return this.#answer(output.id, output.name, output.body);
      case 'notice':
        return this.#hear(output.name, output.body);
      case 'failure':
        return this.#end(output.id, (pending) => pending.reject(new Error(output.message)));
      case 'result':
        return this.#end(output.id, (pending) => {
          const body = v.safeParse(pending.schema, output.body);
          if (body.success) pending.resolve(body.output);
          else pending.reject(new Error('The answer had an unexpected form.'));
        });
    }
  }

  /** Closes this end; what is pending rejects. */
  dispose(): void {
    this.#open = false;
    for (const id of this.#pending.keys()) this.#settle(id)?.reject(new Error('Closed.'));
  }

  #answer(id: number, name: string, body: unknown): boolean {
    const kind = Object.hasOwn(this.#own.requests, name) ? this.#own.requests[name] : undefined;
    const handler = this.#handlers.requests[name];
    const params = kind && v.safeParse(kind.params, body);
    if (!params?.success || !handler) {
      this.#post({ kind: 'failure', id, message: `"${name}" was refused: unknown, or of an unexpected form.` });
      return false;
    }
    // Called inside a promise, so that a handler that throws at once answers as well.
    void Promise.resolve()
      .then(() => handler(params.output))
      .then(
        (result) => this.#open && this.#post({ kind: 'result', id, body: result }),
        (error: unknown) => this.#open && this.#post({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) }),
      );
    return true;
  }

  #hear(name: string, body: unknown): boolean {
    const schema = Object.hasOwn(this.#own.notices, name) ? this.#own.notices[name] : undefined;
    const notice = schema && v.safeParse(schema, body);
    if (!notice?.success) return false;
    this.#handlers.notices[name]?.(notice.output);
    return true;
  }

  #end(id: number, settle: (pending: Pending) => void): boolean {
    const pending = this.#settle(id);
    if (pending) settle(pending);
    return pending !== undefined;
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }
}
