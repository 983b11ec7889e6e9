import { Channel } from '../../protocol/channel';
import { editorHost, editorView, type EditorState } from '../../protocol/imageEditor';
import type { VsCodeApi } from '../shared/vscodeApi';
import type { Saved } from './savedSettings';

/** The page's line to the host. */
export class Line {
  readonly #api: VsCodeApi;
  readonly #channel: Channel<typeof editorView, typeof editorHost>;
  readonly request: Channel<typeof editorView, typeof editorHost>['request'];
  readonly notify: Channel<typeof editorView, typeof editorHost>['notify'];

  constructor(api: VsCodeApi, onState: (state: EditorState) => void) {
    this.#api = api;
    this.#channel = new Channel(editorView, editorHost, (message) => api.postMessage(message), { requests: {}, notices: { state: onState } });
    this.request = this.#channel.request.bind(this.#channel);
    this.notify = this.#channel.notify.bind(this.#channel);
    window.addEventListener('message', (event: MessageEvent<unknown>) => void this.#channel.receive(event.data));
  }

  /** Keeps what the person has set while the page is hidden. */
  save(saved: Saved): void {
    this.#api.setState(saved);
  }
}
