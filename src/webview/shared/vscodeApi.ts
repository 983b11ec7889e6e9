/** What VS Code gives to a webview's page, once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  /** What `setState` kept, also over a reload of the window. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export function acquireApi(): VsCodeApi {
  return acquireVsCodeApi();
}
