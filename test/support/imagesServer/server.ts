import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RedrawKind } from '../redraw';
import { describeAnswer, draw, streamEvents, usageOf } from './answer';
import type { Behaviour, ServerError } from './behaviour';
import { send } from './playback';
import { PROFILES, type AnswerForm, type DrawRoute, type ProfileName, type ServedRoute, type ServerProfile } from './profiles';
import { errorBody, Refusal } from './refusal';
import { parseJson, parseMultipart, readBody, type ParsedRequest, type UploadedFile } from './requestFields';
import { validate } from './validate';

type OtherRoute = 'models' | 'pictures' | 'unknown';
export type Route = DrawRoute | OtherRoute;

export interface ImagesServerOptions {
  readonly profile?: ProfileName;
  readonly key?: string;
  /** Asks for no key, whatever the profile does. */
  readonly keyless?: true;
  /** How an edit changes what it was to keep. */
  readonly redraw?: RedrawKind;
  /** How pictures come where the request does not say; the profile's way where left out. */
  readonly answer?: AnswerForm;
}

/** A request as it came, for assertions. */
export interface SeenRequest {
  readonly route: Route;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly fields: ParsedRequest['fields'];
  readonly files: readonly UploadedFile[];
  /** Of the answer; 0 while there is none, or where the connection was broken. */
  status: number;
}

export interface ImagesServer {
  /** With the path where the API begins, without a slash at the end. */
  readonly url: string;
  readonly origin: string;
  readonly key: string;
  readonly requests: readonly SeenRequest[];
  /** The requests to one route, in the order of arrival. */
  to(route: Route): readonly SeenRequest[];
  /** Queues a behaviour for the next request to a route; to any drawing route where none is named. Each is used once, in order. */
  next(behaviour: Behaviour, route?: Route): void;
  /** Forgets what was seen and queued. */
  reset(): void;
  close(): Promise<void>;
}

const DRAW_ROUTES: readonly Route[] = ['generations', 'edits', 'variations'];
/** Set, so that a run's answers can be compared with another's. */
const CREATED = 1_795_305_600;

/** Starts a server that is as strict as the Images API and draws without a model. It listens on loopback only. */
export async function startImagesServer(options: ImagesServerOptions = {}): Promise<ImagesServer> {
  const player = new Player(PROFILES[options.profile ?? 'openai'], options);
  const server = createServer((request, response) => void player.serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return player.handle(server);
}

class Player {
  private readonly key: string;
  private readonly seen: SeenRequest[] = [];
  private readonly pictures = new Map<string, Buffer>();
  private queue: { readonly behaviour: Behaviour; readonly route: Route | undefined }[] = [];
  private origin = '';
  private served = 0;

  constructor(
    private readonly profile: ServerProfile,
    private readonly options: ImagesServerOptions,
  ) {
    this.key = options.key ?? 'sk-easel-test-4f1d9c7b2e8a6053';
  }

  handle(server: Server): ImagesServer {
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url: this.origin + this.profile.path,
      origin: this.origin,
      key: this.key,
      requests: this.seen,
      to: (route) => this.seen.filter((request) => request.route === route),
      next: (behaviour, route) => void this.queue.push({ behaviour, route }),
      reset: () => {
        this.seen.length = 0;
        this.queue = [];
      },
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.origin).pathname;
    const target = this.targetOf(path);
    const route = typeof target === 'string' ? target : target.draws;
    const behaviour = this.take(route);
    response.setHeader('x-request-id', `req_test_${String(++this.served).padStart(6, '0')}`);
    if (behaviour.reset === 'before-request') {
      this.note(request, path, route, { fields: {}, files: [] });
      request.socket.destroy();
      return;
    }
    if (behaviour.reset === 'in-request') request.once('data', () => request.socket.destroy());
    const body = await readBody(request).catch(() => undefined);
    if (behaviour.reset === 'in-request') this.note(request, path, route, { fields: {}, files: [] });
    // A small request may be there as a whole by then: it is not answered all the same.
    if (!body || behaviour.reset === 'in-request') return;
    let seen: SeenRequest | undefined;
    try {
      // Read before the key is looked at, so that a refused request's fields can be asserted too.
      const parsed = await this.parse(request, target, body).catch((error: unknown) => {
        seen = this.note(request, path, route, { fields: {}, files: [] });
        throw error;
      });
      seen = this.note(request, path, route, parsed);
      await this.answer(request, response, target, parsed, behaviour);
    } catch (error) {
      await this.fail(response, error, behaviour);
    }
    if (seen && response.headersSent) seen.status = response.statusCode;
  }

  private note(request: IncomingMessage, path: string, route: Route, parsed: ParsedRequest): SeenRequest {
    const seen: SeenRequest = { route, method: request.method ?? '', path, headers: request.headers, ...parsed, status: 0 };
    this.seen.push(seen);
    return seen;
  }

  private targetOf(path: string): OtherRoute | ServedRoute {
    const { path: base, routes } = this.profile;
    if (path.startsWith('/pictures/')) return 'pictures';
    if (path === `${base}/models`) return 'models';
    const served = path.startsWith(`${base}/`) ? routes[path.slice(base.length)] : undefined;
    return served ?? 'unknown';
  }

  private take(route: Route): Behaviour {
    const index = this.queue.findIndex((entry) => (entry.route ? entry.route === route : DRAW_ROUTES.includes(route)));
    return index < 0 ? {} : (this.queue.splice(index, 1)[0]?.behaviour ?? {});
  }

  private async parse(request: IncomingMessage, target: OtherRoute | ServedRoute, body: Buffer): Promise<ParsedRequest> {
    const type = request.headers['content-type'] ?? '';
    if (request.method !== 'POST' || typeof target === 'string') return { fields: {}, files: [] };
    return target.body === 'json' ? parseJson(body, type) : parseMultipart(body, type);
  }

  private async answer(request: IncomingMessage, response: ServerResponse, route: OtherRoute | ServedRoute, parsed: ParsedRequest, behaviour: Behaviour): Promise<void> {
    if (behaviour.delayMs) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs));
    if (behaviour.hang) return;
    if (behaviour.reset === 'before-answer') return void request.socket.destroy();
    if (behaviour.error) throw new Refusal(behaviour.error);
    if (behaviour.raw) return send(response, behaviour.raw.status, behaviour.raw.headers, behaviour.raw.body, behaviour);
    if (route === 'pictures') return this.sendPicture(request, response, behaviour);
    this.checkKey(request, route);
    if (route === 'unknown') throw new Refusal({ status: 404, message: '', form: 'empty' });
    if (request.method !== (route === 'models' ? 'GET' : 'POST')) throw new Refusal({ status: 405, message: 'Method not allowed.' });
    if (typeof route === 'string') return send(response, 200, JSON_TYPE, JSON.stringify(this.listModels()), behaviour);
    const order = validate(parsed, route, this.profile);
    const pictures = await draw(order, this.profile, this.options.redraw ?? 'brief', behaviour);
    if (order.stream && !behaviour.noStream) return send(response, 200, { 'content-type': 'text/event-stream' }, streamEvents(order, behaviour.breakStream ? [] : pictures, pictures, CREATED), behaviour);
    const asked = order.responseFormat === 'b64_json' ? 'b64' : order.responseFormat;
    const form = behaviour.answer ?? this.options.answer ?? asked ?? this.profile.answer;
    const usage = this.profile.usage && behaviour.usage !== false ? { usage: usageOf(order, pictures.length) } : {};
    const data = pictures.map((picture) => this.pictureEntry(picture, form, behaviour));
    return send(response, 200, JSON_TYPE, JSON.stringify({ created: CREATED, ...describeAnswer(order), data, ...usage }), behaviour);
  }

  private checkKey(request: IncomingMessage, route: OtherRoute | ServedRoute): void {
    if (!this.profile.needsKey || this.options.keyless || (route === 'unknown' && !request.headers.authorization)) return;
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (key === this.key) return;
    const message = key === undefined ? "You didn't provide an API key." : `Incorrect API key provided: ${key}.`;
    throw new Refusal({ status: 401, code: key === undefined ? null : 'invalid_api_key', message });
  }

  private listModels(): unknown {
    const data = this.profile.models.map(({ id, shutdown }) => ({ id, object: 'model', created: CREATED, owned_by: 'test', ...(shutdown ? { shutdown_date: shutdown } : {}) }));
    return { object: 'list', data };
  }

  private pictureEntry(picture: Buffer, form: AnswerForm, behaviour: Behaviour): Record<string, string> {
    if (behaviour.pictureUrl !== undefined) return { url: behaviour.pictureUrl };
    const base64 = picture.toString('base64');
    if (form === 'b64') return { b64_json: behaviour.badBase64 ? `${base64.slice(0, -7)}*&` : base64 };
    if (form === 'base64') return { base64 };
    if (form === 'data-url') return { url: `data:image/png;base64,${base64}` };
    const path = `/pictures/${this.pictures.size + 1}`;
    this.pictures.set(path, picture);
    return { url: form === 'url' ? this.origin + path : path };
  }

  private async sendPicture(request: IncomingMessage, response: ServerResponse, behaviour: Behaviour): Promise<void> {
    const picture = this.pictures.get(new URL(request.url ?? '/', this.origin).pathname);
    if (!picture) throw new Refusal({ status: 404, message: 'This address has expired.', form: 'html' });
    await send(response, 200, { 'content-type': 'image/png' }, picture, behaviour);
  }

  private async fail(response: ServerResponse, error: unknown, behaviour: Behaviour): Promise<void> {
    const refused: ServerError = error instanceof Refusal ? error.error : { status: 500, type: 'server_error', message: String(error) };
    const { type, body } = errorBody(refused, refused.form ?? this.profile.errors);
    await send(response, refused.status, { 'content-type': type, ...refused.headers }, body, behaviour);
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };
