import assert from 'node:assert/strict';
import { ICON_NAMES, iconTags, manifestIcons, siteHref } from '../../../src/core/icons';

describe('icons', () => {
  it('stand in a page’s head', () => {
    assert.equal(
      iconTags((name) => `/${name}`),
      '<link rel="icon" sizes="48x48" href="/favicon.ico">\n<link rel="icon" type="image/png" sizes="192x192" href="/icon-192.png">\n<link rel="apple-touch-icon" href="/apple-touch-icon.png">',
    );
    assert.equal(iconTags((name) => (name === 'favicon.ico' ? 'a"&.ico' : undefined)), '<link rel="icon" sizes="48x48" href="a&quot;&amp;.ico">');
  });

  it('stand in a manifest', () => {
    const { icons } = JSON.parse(`{${manifestIcons((name) => `/${name}`)}}`) as { icons: { src: string; sizes: string; purpose: string }[] };
    assert.deepEqual(icons.map(({ src, purpose }) => `${src} ${purpose}`), ['/icon-192.png any', '/icon-512.png any', '/icon-maskable-512.png maskable']);
    assert.ok(icons.every(({ src }) => ICON_NAMES.some((name) => src === `/${name}`)));
  });

  it('are found where the site serves them', () => {
    assert.deepEqual(['public/favicon.ico', 'app/static/i/a b.png', 'img/logo.png', 'public.png'].map(siteHref), ['/favicon.ico', '/i/a%20b.png', '/img/logo.png', '/public.png']);
  });
});
