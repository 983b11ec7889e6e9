/** The files of an icon set, in the order in which they are written. */
export const ICON_NAMES = ['favicon.ico', 'apple-touch-icon.png', 'icon-192.png', 'icon-512.png', 'icon-maskable-512.png', 'icon.icns'] as const;
export type IconName = (typeof ICON_NAMES)[number];

export interface IconFile {
  readonly name: IconName;
  readonly bytes: Uint8Array;
}

/** Where a written icon is found; undefined for one that was not written. */
export type IconHref = (name: IconName) => string | undefined;

/** The tags for an HTML page's head. */
export function iconTags(href: IconHref): string {
  const tag = (name: IconName, attributes: string): string[] => {
    const target = href(name);
    return target === undefined ? [] : [`<link ${attributes} href="${escapeAttribute(target)}">`];
  };
  return [
    ...tag('favicon.ico', 'rel="icon" sizes="48x48"'),
    ...tag('icon-192.png', 'rel="icon" type="image/png" sizes="192x192"'),
    ...tag('apple-touch-icon.png', 'rel="apple-touch-icon"'),
  ].join('\n');
}

/** The `icons` of a web app manifest, as JSON with their key. */
export function manifestIcons(href: IconHref): string {
  const icon = (name: IconName, sizes: string, purpose: string): object[] => {
    const src = href(name);
    return src === undefined ? [] : [{ src, sizes, type: 'image/png', purpose }];
  };
  const icons = [...icon('icon-192.png', '192x192', 'any'), ...icon('icon-512.png', '512x512', 'any'), ...icon('icon-maskable-512.png', '512x512', 'maskable')];
  return `"icons": ${JSON.stringify(icons, null, 2)}`;
}

/**
 * The address of a file on its site, by its path in the workspace, segments parted by `/`: what a site's tool serves from `public` or `static` is at the root.
 */
export function siteHref(path: string): string {
  const served = /^(?:.*\/)?(?:public|static)\/(.+)$/.exec(path)?.[1] ?? path;
  return `/${served.split('/').map(encodeURIComponent).join('/')}`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
