import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview, type WebviewOptions } from 'vscode';
import { webviewPage, type FirstSight } from './webviewPage';

/** What a webview with one of our pages may: beside our scripts it may load from `folders`, and from nowhere else. */
export function pageOptions(extensionUri: Uri, folders: readonly Uri[] = []): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [scriptsOf(extensionUri), ...folders] };
}

/** Fills a webview that has `pageOptions` with one of our pages. */
export function loadPage(webview: Webview, extensionUri: Uri, page: 'studio' | 'editor', title: string, firstSight?: FirstSight): void {
  webview.html = webviewPage({
    nonce: randomBytes(16).toString('hex'),
    source: webview.cspSource,
    script: webview.asWebviewUri(Uri.joinPath(scriptsOf(extensionUri), `${page}.js`)).toString(),
    language: env.language,
    title,
    firstSight,
  });
}

function scriptsOf(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}
