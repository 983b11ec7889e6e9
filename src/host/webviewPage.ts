/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(?:ar|fa|he|ps|ug|ur|yi)(?:-|$)/;

/** What a webview's page is made of; every text is one of ours, none of a person's. */
export interface PageParts {
  /** For one page only. */
  readonly nonce: string;
  /** Where the webview's own resources come from. */
  readonly source: string;
  /** The address of the script. */
  readonly script: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  /** What is to be seen until the script has drawn the page itself. */
  readonly firstSight?: FirstSight | undefined;
}

/** A piece of a page that needs no script. Made of our own words, which it has escaped. */
export interface FirstSight {
  /** A style sheet. */
  readonly style: string;
  /** Markup for the page's body. */
  readonly body: string;
}

/**
 * A webview's page: one script and at most one style sheet by nonce, pictures from the extension's own folders and from what was sent to it, no network.
 *
 * VS Code shows a page once it has loaded: what there is to see at first must not wait for the script, which is fetched at once and run after that.
 */
export function webviewPage({ nonce, source, script, language, title, firstSight }: PageParts): string {
  const policy = [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `img-src ${source} blob:`, `style-src 'nonce-${nonce}'`, `base-uri 'none'`, `form-action 'none'`].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}" dir="${RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="modulepreload" nonce="${nonce}" href="${escapeHtml(script)}">
${firstSight ? `<style nonce="${nonce}">${firstSight.style}</style>` : ''}
</head>
<body>
${firstSight?.body ?? ''}
<script nonce="${nonce}" data-page="${escapeHtml(script)}">
const { page } = document.currentScript.dataset;
addEventListener('load', () => import(page));
</script>
</body>
</html>`;
}

/** A text as HTML shows it as it is, in quoted attributes too. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
