// Runs inside the page, in place of VS Code: what a webview finds around it, and an end of the line that answers from a table.

/** What the stand-in is given before the page loads. */
export interface Table {
  readonly classes: string;
  readonly variables: Readonly<Record<string, string>>;
  /** By the name of the question; those of `picture` are files in base64, by id. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly pictures: Readonly<Record<string, string>>;
  readonly saved: unknown;
}

/** What tests reach from outside. */
export interface PageSide {
  /** What the page has said: names and bodies, in order. */
  readonly heard: [string, unknown][];
  /** Tells the page something; `picture` puts a picture's bytes into the body. */
  tell(name: string, body: unknown, picture?: string): void;
  setTheme(classes: string, variables: Readonly<Record<string, string>>): void;
}

declare global {
  interface Window {
    easelTable: Table;
    easelSide: PageSide;
    acquireVsCodeApi(): unknown;
  }
}

interface Message {
  readonly kind: string;
  readonly id?: number;
  readonly name: string;
  readonly body: unknown;
}

/** Sets the stand-in up; to be called in the page before its own script, where it sees nothing of this module. */
export function standIn(): void {
  const defaults = `@layer vscode-default {
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); background: var(--vscode-editor-background); }
    body { color: var(--vscode-editor-foreground); font: var(--vscode-font-weight) var(--vscode-font-size) var(--vscode-font-family); margin: 0; padding: 0 20px; }
    img { max-width: 100%; max-height: 100%; }
    input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  }`;
  const table = window.easelTable;
  const bytesOf = (id: string): Uint8Array => Uint8Array.from(atob(table.pictures[id] ?? ''), (letter) => letter.charCodeAt(0));
  const post = (message: unknown): void => window.postMessage(message, '*');
  const answer = ({ name, body }: Message): unknown => {
    const { id, candidate } = (body ?? {}) as { id?: string; candidate?: string };
    return name === 'picture' ? { bytes: bytesOf(id ?? candidate ?? '') } : table.answers[name];
  };
  window.easelSide = {
    heard: [],
    tell: (name, body, picture) => post({ kind: 'notice', name, body: picture === undefined ? body : { ...(body as object), bytes: bytesOf(picture) } }),
    setTheme(classes, variables) {
      document.body.className = classes;
      const { style } = document.documentElement;
      for (const name of [...style].filter((each) => each.startsWith('--vscode-'))) style.removeProperty(name);
      for (const [variable, value] of Object.entries(variables)) style.setProperty(variable, value);
    },
  };
  window.acquireVsCodeApi = () => ({
    getState: () => table.saved,
    setState: () => {},
    postMessage(message: Message) {
      window.easelSide.heard.push([message.name, message.body]);
      if (message.kind !== 'request') return;
      const result = answer(message);
      if (result !== undefined) setTimeout(() => post({ kind: 'result', id: message.id, body: result }));
    },
  });
  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive') return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(defaults);
    document.adoptedStyleSheets = [sheet];
    window.easelSide.setTheme(table.classes, table.variables);
  });
}
