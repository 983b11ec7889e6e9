import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';
import { webviewPage } from './webviewPage';

/** Fills a webview with one of our pages. Beside our scripts the page may load from `folders`, and from nowhere else. */
export function loadPage(webview: Webview, extensionUri: Uri, page: 'studio' | 'editor', title: string, folders: readonly Uri[] = []): void {
  const scripts = Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [scripts, ...folders] };
  webview.html = webviewPage({
    nonce: randomBytes(16).toString('hex'),
    source: webview.cspSource,
    script: webview.asWebviewUri(Uri.joinPath(scripts, `${page}.js`)).toString(),
    language: env.language,
    title,
  });
}
