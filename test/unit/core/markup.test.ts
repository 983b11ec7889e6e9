import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { encodePath, linkMarkup, type PictureLink } from '../../../src/core/markup';
import { relativePath } from '../../../src/core/relativePath';

const LINK: PictureLink = { path: '../my pictures/100% #1 (a).png', alt: 'A "red" [boat] <b>\nin {fog} & rain', extent: { width: 640, height: 480 } };

function text(languageId: string, link = LINK): string {
  const { before, alt, after } = linkMarkup(languageId, link);
  return before + alt + after;
}

describe('linkMarkup', () => {
  it('writes each language’s own form, with what would break it escaped', () => {
    const path = '../my%20pictures/100%25%20%231%20%28a%29.png';
    assert.equal(text('markdown'), `![A "red" \\[boat\\] <b> in {fog} & rain](${path})`);
    assert.equal(text('html'), `<img src="${path}" alt="A &quot;red&quot; [boat] &lt;b&gt; in &#123;fog&#125; &amp; rain" width="640" height="480">`);
    assert.equal(text('typescriptreact'), `<img src="${path}" alt="A &quot;red&quot; [boat] &lt;b&gt; in &#123;fog&#125; &amp; rain" width={640} height={480} />`);
    assert.equal(text('scss'), `url("${path}")`);
  });

  it('escapes what MDX reads as code', () => {
    assert.equal(text('mdx', { ...LINK, path: 'a.png' }), '![A "red" \\[boat\\] \\<b\\> in \\{fog\\} & rain](a.png)');
  });

  it('writes the forms of the languages for papers and books', () => {
    const link = { ...LINK, path: 'a "b" 1%.png' };
    assert.equal(text('restructuredtext', link), '.. image:: a%20%22b%22%201%25.png\n   :alt: A "red" [boat] <b> in {fog} & rain\n   :width: 640\n   :height: 480');
    assert.equal(text('asciidoc', link), 'image::a%20%22b%22%201%25.png["A \\"red\\" [boat\\] <b> in {fog} & rain",640,480]');
    assert.equal(text('typst', link), '#image("a \\"b\\" 1%.png", alt: "A \\"red\\" [boat] <b> in {fog} & rain")');
    assert.equal(text('latex', link), '\\includegraphics[width=\\linewidth, alt={A "red" [boat] <b> in \\{fog\\} \\& rain}]{a "b" 1\\%.png}');
    assert.equal(linkMarkup('latex', { ...LINK, alt: 'a\\b~c' }).alt, 'a\\textbackslash{}b\\textasciitilde{}c');
  });

  it('lets no alt text end its form', () => {
    const html = /^<img src="[^"]*" alt="[^"<>{}]*" width=/;
    const ends: readonly (readonly [string, RegExp])[] = [
      ['html', html],
      ['svelte', html],
      ['typescriptreact', html],
      ['markdown', /^!\[(?:\\.|[^\\[\]])*\]\(/su],
      ['mdx', /^!\[(?:\\.|[^\\[\]{}<>])*\]\(/su],
      ['typst', /, alt: "(?:\\.|[^\\"])*"\)$/su],
    ];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab\\"\'[](){}<>&`*_ \n$%#') }), fc.constantFrom(...ends), (alt, [language, whole]) => {
        assert.match(text(language, { ...LINK, alt }), whole);
      }),
    );
  });

  it('writes the bare path where a language has no form', () => {
    assert.equal(text('plaintext'), LINK.path);
    assert.equal(text('constructor'), LINK.path);
  });
});

describe('encodePath', () => {
  it('is undone by decoding, and leaves nothing that ends a link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (path) => {
        const encoded = encodePath(path);
        assert.equal(decodeURIComponent(encoded), path);
        assert.doesNotMatch(encoded, /[\s"#?()'<>\\]/u);
      }),
    );
  });
});

describe('relativePath', () => {
  it('leads from a document to a file', () => {
    assert.equal(relativePath('/w/README.md', '/w/images/a.png'), 'images/a.png');
    assert.equal(relativePath('/w/docs/en/page.md', '/w/images/a.png'), '../../images/a.png');
    assert.equal(relativePath('/w/a.md', '/w/a.png'), 'a.png');
    assert.equal(relativePath('/w/images/a.md', '/w/images.png'), '../images.png');
    assert.equal(relativePath('/a.md', '/c:d.png'), './c:d.png');
    assert.equal(relativePath('/C:/w/a.md', '/C:/w/b.png'), 'b.png');
  });

  it('leads to the file from anywhere', () => {
    const segment = fc.constantFrom('a', 'b', 'c d', '..e');
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), fc.array(segment, { minLength: 1, maxLength: 4 }), (from, to) => {
        const document = `/${[...from, 'doc.md'].join('/')}`;
        const file = `/${to.join('/')}`;
        const base = new URL(`file://${document.split('/').map(encodeURIComponent).join('/')}`);
        const found = new URL(relativePath(document, file).split('/').map(encodeURIComponent).join('/'), base);
        assert.equal(decodeURIComponent(found.pathname), file);
      }),
    );
  });
});
