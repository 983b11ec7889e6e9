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
}

/** A webview's page: one script by nonce, pictures from the extension's own folders and from what was sent to it, no inline style, no network. */
export function webviewPage({ nonce, source, script, language, title }: PageParts): string {
  const policy = [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `img-src ${source} blob:`, `style-src ${source}`, `base-uri 'none'`, `form-action 'none'`].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}" dir="${RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
</head>
<body>
<script type="module" nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
