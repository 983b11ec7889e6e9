import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { encodePath } from '../../../../src/core/insertion/escape';
import { FORM_IDS, formsFor } from '../../../../src/core/insertion/forms';
import { addImports } from '../../../../src/core/insertion/imports';
import { FORM_LANGUAGES } from '../../../../src/core/insertion/languages';
import type { PictureLink } from '../../../../src/core/insertion/pictureLink';
import { scanLinks } from '../../../../src/core/links/scanLinks';
import { relativePath } from '../../../../src/core/relativePath';

const LINK: PictureLink = { path: '../my pictures/100% #1 (a).png', alt: 'A "red" [boat] <b>\nin {fog} & rain', extent: { width: 640, height: 480 } };
const PLAIN: PictureLink = { path: 'img/red-boat.png', served: '/red-boat.png', alt: 'A boat', extent: { width: 640, height: 480 }, alternatives: [{ path: 'img/red-boat.avif', type: 'image/avif' }, { path: 'img/red-boat.webp', type: 'image/webp' }] };

function text(languageId: string, link = LINK, form?: string): string {
  const { before, alt, after } = formsFor(languageId, link, form)[0].write(link);
  return before + alt + after;
}

describe('formsFor', () => {
  it('escapes what would break a form', () => {
    const path = '../my%20pictures/100%25%20%231%20%28a%29.png';
    const alt = 'A &quot;red&quot; [boat] &lt;b&gt; in &#123;fog&#125; &amp; rain';
    assert.equal(text('markdown'), `![A "red" \\[boat\\] <b> in {fog} & rain](${path})`);
    assert.equal(text('html'), `<img src="${path}" alt="${alt}" width="640" height="480" loading="lazy">`);
    assert.equal(text('typescriptreact'), `<img src="${path}" alt="${alt}" width={640} height={480} loading="lazy" />`);
    assert.equal(text('scss'), `url("${path}")`);
    assert.equal(text('mdx', { ...LINK, path: 'a.png' }), '![A "red" \\[boat\\] \\<b\\> in \\{fog\\} & rain](a.png)');
    const odd = { ...LINK, path: 'a "b" 1%.png' };
    assert.equal(text('restructuredtext', odd), '.. image:: a%20%22b%22%201%25.png\n   :alt: A "red" [boat] <b> in {fog} & rain\n   :width: 640\n   :height: 480');
    assert.equal(text('asciidoc', odd), 'image::a%20%22b%22%201%25.png["A \\"red\\" [boat\\] <b> in {fog} & rain",640,480]');
    assert.equal(text('typst', odd), '#image("a \\"b\\" 1%.png", alt: "A \\"red\\" [boat] <b> in {fog} & rain")');
    assert.equal(text('latex', odd), '\\includegraphics[width=\\linewidth, alt={A "red" [boat] <b> in \\{fog\\} \\& rain}]{a "b" 1\\%.png}');
    assert.equal(formsFor('latex', LINK)[0].write({ ...LINK, alt: 'a\\b~c' }).alt, 'a\\textbackslash{}b\\textasciitilde{}c');
    assert.equal(text('dart', { ...LINK, path: "../it's $1.png", alt: "it's $1" }), "Image.asset('it\\'s \\$1.png', semanticLabel: 'it\\'s \\$1', width: 640, height: 480)");
  });

  /** Each form of each language, as it is written for one picture. */
  const img = '<img src="img/red-boat.png" alt="A boat" width="640" height="480" loading="lazy">';
  const rows: Readonly<Record<string, string>> = {
    markdown: '![A boat](img/red-boat.png)',
    mdx: '![A boat](img/red-boat.png)',
    html: img,
    picture: `<picture>\n  <source srcset="img/red-boat.avif" type="image/avif">\n  <source srcset="img/red-boat.webp" type="image/webp">\n  ${img}\n</picture>`,
    component: '<img src="/red-boat.png" alt="A boat" width="640" height="480" loading="lazy" />',
    css: 'url("img/red-boat.png")',
    jsx: '<img src="/red-boat.png" alt="A boat" width={640} height={480} loading="lazy" />',
    'jsx-import': '<img src={redBoat} alt="A boat" width={640} height={480} loading="lazy" />',
    next: '<Image src="/red-boat.png" alt="A boat" width={640} height={480} />',
    'next-import': '<Image src={redBoat} alt="A boat" />',
    'vue-import': '<img :src="redBoat" alt="A boat" width="640" height="480" loading="lazy">',
    'svelte-import': '<img src={redBoat} alt="A boat" width="640" height="480" loading="lazy" />',
    astro: '<Image src={redBoat} alt="A boat" />',
    import: 'redBoat',
    url: "new URL('./img/red-boat.png', import.meta.url)",
    restructuredtext: '.. image:: img/red-boat.png\n   :alt: A boat\n   :width: 640\n   :height: 480',
    'restructuredtext-figure': '.. figure:: img/red-boat.png\n   :alt: A boat\n   :width: 640\n   :height: 480\n\n   A boat',
    asciidoc: 'image::img/red-boat.png["A boat",640,480]',
    'asciidoc-inline': 'image:img/red-boat.png["A boat"]',
    typst: '#image("img/red-boat.png", alt: "A boat")',
    'typst-figure': '#figure(image("img/red-boat.png", alt: "A boat"), caption: "A boat")',
    latex: '\\includegraphics[width=\\linewidth, alt={A boat}]{img/red-boat.png}',
    'latex-figure': '\\begin{figure}\n  \\centering\n  \\includegraphics[width=\\linewidth]{img/red-boat.png}\n  \\caption{A boat}\n\\end{figure}',
    flutter: "Image.asset('img/red-boat.png', semanticLabel: 'A boat', width: 640, height: 480)",
    path: 'img/red-boat.png',
  };
  it('has a test for each form, and a language for each', () => {
    assert.deepEqual(Object.keys(rows).sort(), [...FORM_IDS].sort());
    const used = new Set(FORM_LANGUAGES.flatMap((languageId) => formsFor(languageId, PLAIN).map(({ id }) => id)));
    assert.deepEqual([...used].sort(), [...FORM_IDS].sort());
  });
  for (const [id, written] of Object.entries(rows)) it(`writes ${id}`, () => assert.equal(text('plaintext', PLAIN, id), written));

  it('offers only what fits, the usual or the wished one first, the bare path last', () => {
    const ids = (languageId: string, link: PictureLink, preferred?: string): string[] => formsFor(languageId, link, preferred).map(({ id }) => id);
    assert.deepEqual(ids('html', LINK), ['html', 'path']);
    assert.deepEqual(ids('html', PLAIN), ['html', 'picture', 'path']);
    assert.deepEqual(ids('typescriptreact', LINK), ['jsx', 'jsx-import', 'next-import', 'path']);
    assert.deepEqual(ids('typescriptreact', PLAIN, 'next'), ['next', 'jsx', 'jsx-import', 'next-import', 'path']);
    assert.deepEqual(ids('markdown', LINK, 'nonsense'), ['markdown', 'html', 'path']);
    assert.deepEqual(ids('constructor', LINK), ['path']);
  });

  it('names imports so that they are legal', () => {
    const name = (path: string): string => text('typescript', { ...LINK, path });
    assert.deepEqual(['a/my hero-2.png', '1.png', 'class.png', '#.png', 'Héllo_wörld@2x.png'].map(name), ['myHero2', 'image1', 'imageClass', 'image', 'hélloWörld']);
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
      ['dart', /, semanticLabel: '(?:\\.|[^\\'$])*', width/su],
    ];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab\\"\'[](){}<>&`*_ \n$%#') }), fc.constantFrom(...ends), (alt, [language, whole]) => {
        assert.match(text(language, { ...LINK, alt }), whole);
      }),
    );
  });

  it('writes what the scanner reads back', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ab1 ()#%&\'.-é['), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, fc.constantFrom('markdown', 'html', 'css', 'typescriptreact', 'vue', 'svelte', 'astro'), (stem, languageId) => {
        // There Vue takes the form that imports.
        fc.pre(languageId !== 'vue' || !stem.includes("'"));
        const path = `img/x${stem}.png`;
        const link = { ...LINK, path, alt: 'A boat' };
        const written = languageId === 'css' ? `a { background: ${text(languageId, link)} }` : languageId === 'typescriptreact' ? `const a = ${text(languageId, link)};` : text(languageId, link);
        const [found] = scanLinks(languageId, written);
        assert.equal(decodeURIComponent(found?.address ?? ''), path, written);
      }),
    );
  });
});

describe('addImports', () => {
  const IMPORT = { name: 'boat', from: './boat.png' };
  function added(languageId: string, document: string, imports: Parameters<typeof addImports>[2] = [IMPORT]): string {
    const addition = addImports(languageId, document, imports);
    return addition ? document.slice(0, addition.offset) + addition.text + document.slice(addition.offset) : document;
  }

  it('goes behind the last import, else to the top', () => {
    assert.equal(added('typescriptreact', "'use client';\nimport a from 'a';\nimport {\n  b,\n} from 'b';\n\nconst c = 1;\n"), "'use client';\nimport a from 'a';\nimport {\n  b,\n} from 'b';\nimport boat from './boat.png';\n\nconst c = 1;\n");
    assert.equal(added('typescriptreact', "'use client';\nconst c = 1;\n"), "'use client';\nimport boat from './boat.png';\n\nconst c = 1;\n");
    assert.equal(added('typescript', 'const c = 1;\n', [{ name: 'Image', from: 'astro:assets', braces: true }]), "import { Image } from 'astro:assets';\n\nconst c = 1;\n");
  });

  it('adds none twice', () => {
    const document = "import Image, { x } from 'next/image';\nimport boat from './boat.png';\n";
    assert.equal(added('typescriptreact', document, [{ name: 'Image', from: 'next/image' }, IMPORT]), document);
  });

  it('goes into the script of a component, which it makes where there is none', () => {
    assert.equal(added('vue', '<template/>\n<script setup lang="ts">\n  import a from "a"\n</script>\n'), '<template/>\n<script setup lang="ts">\n  import a from "a"\n  import boat from \'./boat.png\';\n</script>\n');
    assert.equal(added('vue', '<template/>\n'), "<script setup>\nimport boat from './boat.png';\n</script>\n\n<template/>\n");
    assert.equal(added('svelte', '<script>\n</script>\n<p/>'), "<script>\nimport boat from './boat.png';\n</script>\n<p/>");
    assert.equal(added('astro', '---\nconst a = 1;\n---\n<p/>'), "---\nimport boat from './boat.png';\nconst a = 1;\n---\n<p/>");
    assert.equal(added('astro', '<p/>'), "---\nimport boat from './boat.png';\n---\n\n<p/>");
    assert.equal(added('mdx', '---\na: 1\n---\n# Title\n'), "---\na: 1\n---\nimport boat from './boat.png';\n\n# Title\n");
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
