import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ImageLink } from '../../../../src/core/links/imageLink';
import { LINK_LANGUAGES } from '../../../../src/core/links/languages';
import { scanLinks } from '../../../../src/core/links/scanLinks';

/** The addresses of a document; each must stand where its link says, but for escapes. */
function addresses(languageId: string, text: string): string[] {
  return scanLinks(languageId, text).map((link) => {
    const written = text.slice(link.start, link.end);
    if (!/[\\&]/.test(written)) assert.equal(written, link.address);
    return link.address;
  });
}

/** The only link of a document, without its offsets. */
function only(languageId: string, text: string): Omit<ImageLink, 'start' | 'end'> {
  const [link, ...more] = scanLinks(languageId, text);
  assert.ok(link, 'no link was found');
  assert.deepEqual(more, []);
  const { start: _, end: __, ...rest } = link;
  return rest;
}

describe('scanLinks', () => {
  describe('in Markdown', () => {
    it('finds inline links with alt text, heading, title and size', () => {
      assert.deepEqual(only('markdown', '# Mountain *Trails*\n\nHello ![A misty *lake*](img/hero.png "At dawn")'), { address: 'img/hero.png', kind: 'url', alt: 'A misty lake', heading: 'Mountain Trails' });
      assert.deepEqual(only('markdown', 'Title\n===\n![a [b] c](<my img.png>)'), { address: 'my img.png', kind: 'url', alt: 'a [b] c', heading: 'Title' });
      assert.deepEqual(only('markdown', '![x](a.png =640x480)'), { address: 'a.png', kind: 'url', alt: 'x', width: 640, height: 480 });
      assert.deepEqual(only('markdown', '![x](a.png){width=320 height=200px}'), { address: 'a.png', kind: 'url', alt: 'x', width: 320, height: 200 });
      assert.deepEqual(addresses('markdown', '[![one](a.png)](b.png) ![two\nlines](c(1).png) ![](d%20e.jpg?v=2#top)'), ['a.png', 'b.png', 'c(1).png', 'd%20e.jpg?v=2#top']);
      assert.deepEqual(addresses('markdown', '![a](img\\hero.png) ![b](a\\_b.png)'), ['img\\hero.png', 'a_b.png']);
    });

    it('finds references, each with the alt text of its first use', () => {
      assert.deepEqual(only('markdown', '![The boat][ Hero ] and ![again][hero]\n\n[hero]: img/boat.png "x"'), { address: 'img/boat.png', kind: 'url', alt: 'The boat' });
      assert.deepEqual(only('markdown', '![A fox]\n\n[a fox]: <fox.png>'), { address: 'fox.png', kind: 'url', alt: 'A fox' });
    });

    it('finds HTML in it, and pictures of the front matter', () => {
      assert.deepEqual(only('markdown', '<h1 align="center">Trails</h1>\n\n<p align="center">\n  <img src="docs/logo.png" alt="The logo" width="200">\n</p>'), {
        address: 'docs/logo.png',
        kind: 'url',
        alt: 'The logo',
        heading: 'Trails',
        width: 200,
      });
      assert.deepEqual(only('markdown', '---\ntitle: "Dawn"\ncoverImage: \'./cover.jpg\'\ndraft: true\n---\nText'), { address: './cover.jpg', kind: 'url', heading: 'Dawn' });
      assert.deepEqual(only('markdown', '+++\nog_image = "/og.png"\n+++\n'), { address: '/og.png', kind: 'url', purpose: 'og-card' });
    });

    it('sees none in code and comments', () => {
      const hidden = ['```md\n![x](a.png)\n```', '~~~\n![x](a.png)\n\n![x](b.png)', '    ![x](a.png)', '`![x](a.png)`', '`` ![x](a.png) ` ``', '<!-- ![x](a.png)\n\n![y](b.png) -->', '\\![x]\\(a.png)', '<pre>\n![x](a.png)\n</pre>', '> ```\n> ![x](a.png)\n> ```'];
      for (const text of hidden) assert.deepEqual(addresses('markdown', text), [], text);
      assert.deepEqual(addresses('markdown', 'a `b` ![x](a.png) `c`'), ['a.png']);
      assert.deepEqual(addresses('markdown', '- item\n\n    ![x](a.png)\n\n  ```\n  ![y](b.png)\n  ```\n\n![z](c.png)'), ['a.png', 'c.png']);
      assert.deepEqual(addresses('markdown', '> ```\n> ![x](a.png)\n\n![y](b.png)'), ['b.png']);
    });

    it('reads imports and tags in MDX', () => {
      const text = "import hero from './hero.png'\n\n# Trails\n\n<Image src={hero} alt=\"A lake\" width={800} height={400} />\n\n<Card image={'/card.png'} icon={<b>{1}</b>} />";
      assert.deepEqual(scanLinks('mdx', text).map(({ address, alt, width, kind }) => [address, alt, width, kind]), [
        ['./hero.png', 'A lake', 800, 'module'],
        ['/card.png', undefined, undefined, 'url'],
      ]);
    });
  });

  describe('in HTML', () => {
    it('finds each place for a picture, with what it says of the size', () => {
      const text = [
        '<head><title>Trails &amp; Lakes</title>',
        '<link rel="icon" sizes="32x32" href="/favicon-a.png"><link rel="apple-touch-icon" href="/apple.png">',
        '<meta property="og:image" content="/og.png"><meta name="twitter:image" content="https://example.org/og.png"></head>',
        '<img src=plain.png alt=Plain width=64 height="48px"> <img SRC=\'single.png\' width="100%">',
        '<picture><source srcset="wide.png 1600w, narrow.png 800w"><source srcset="a.png, a@2x.png 2x"></picture>',
        '<video poster="poster.jpg"></video><input type="image" src="go.png"><svg><image href="in.png" xlink:href="old.png"/></svg>',
        '<div style="background: url(bg.png)"></div><a href="large.png">Large</a><a href="page.html"></a>',
      ].join('\n');
      const found = scanLinks('html', text).map(({ address, width, height, density, ownWidth, purpose }) => [address, width, height, density, ownWidth, purpose]);
      assert.deepEqual(found, [
        ['/favicon-a.png', 32, 32, undefined, undefined, 'favicon'],
        ['/apple.png', undefined, undefined, undefined, undefined, 'apple-touch-icon'],
        ['/og.png', undefined, undefined, undefined, undefined, 'og-card'],
        ['plain.png', 64, 48, undefined, undefined, undefined],
        ['single.png', undefined, undefined, undefined, undefined, undefined],
        ['wide.png', undefined, undefined, undefined, 1600, undefined],
        ['narrow.png', undefined, undefined, undefined, 800, undefined],
        ['a.png', undefined, undefined, undefined, undefined, undefined],
        ['a@2x.png', undefined, undefined, 2, undefined, undefined],
        ['poster.jpg', undefined, undefined, undefined, undefined, 'youtube-thumbnail'],
        ['go.png', undefined, undefined, undefined, undefined, undefined],
        ['in.png', undefined, undefined, undefined, undefined, undefined],
        ['old.png', undefined, undefined, undefined, undefined, undefined],
        ['bg.png', undefined, undefined, undefined, undefined, undefined],
        ['large.png', undefined, undefined, undefined, undefined, undefined],
      ]);
      assert.equal(scanLinks('html', text)[3]?.heading, 'Trails & Lakes');
    });

    it('takes the heading above, and decodes what HTML escapes', () => {
      assert.deepEqual(only('html', '<h2>The <em>north</em> face</h2><img src="a&amp;b.png" alt="&quot;It&#39;s&quot;">'), { address: 'a&b.png', kind: 'url', alt: '"It\'s"', heading: 'The north face' });
    });

    it('reads its scripts and style sheets as what they are', () => {
      const text = "<style>a { background: url('a.png') } /* url(no.png) */</style><script>import x from './b.png'; const s = '<img src=\"no.png\">'; // './no.png'</script><img src=c.png>";
      assert.deepEqual(addresses('html', text), ['a.png', './b.png', 'c.png']);
    });

    it('sees none in comments, templates and other places', () => {
      const hidden = ['<!-- <img src="a.png"> -->', '<img src="{{ base }}/a.png">', '<img src="<%= a %>.png">', '<img src="//cdn.example.org/a.png">', '<img src="data:image/png;base64,AAAA.png">', '<img src="HTTPS://a/b.png">', '<textarea><img src="a.png"></textarea>', '<img src="a.svg"><img src="a.gif">', '<img src=".png"><img src="a/.png">', '<img src="%PUBLIC_URL%/a.png">', '<img alt="src=a.png">'];
      for (const text of hidden) assert.deepEqual(addresses('html', text), [], text);
    });

    it('goes on behind what is being typed', () => {
      assert.deepEqual(addresses('html', '<img src="a.png\n<img alt=x src=b.png>'), ['b.png']);
      assert.deepEqual(addresses('html', '<p <img src="b.png">'), ['b.png']);
    });
  });

  describe('in style sheets', () => {
    it('finds url() and image-set(), quoted or not', () => {
      const text = 'a { background: url(a.png), URL( "b c.png" ) ; src: url(font.woff2) }\n@media x { b { background-image: image-set("d.png" 1x, "e.png" 2x); content: "f.png" } } c { background: url(g\\(1\\).png) }';
      assert.deepEqual(addresses('css', text), ['a.png', 'b c.png', 'd.png', 'e.png', 'g(1).png']);
    });

    it('sees none in comments and interpolations', () => {
      assert.deepEqual(addresses('css', '/* url(a.png) */ a { content: "url(b.png)" } // url(c.png)'), ['c.png']);
      assert.deepEqual(addresses('scss', '// url(a.png)\n a { background: url("#{$base}/b.png"), url($c), url(~@/d.png) }'), ['~@/d.png']);
      assert.deepEqual(addresses('less', 'a { background: url("@{base}/b.png"); } b { background: url(c.png) }'), ['c.png']);
    });
  });

  describe('in JSX', () => {
    it('finds literals in attributes, with what stands beside them', () => {
      const text = 'export default () => <main><h1>Trails</h1><Image src="/hero.png" alt="A lake" width={1200} height={600} priority /></main>;';
      assert.deepEqual(only('typescriptreact', text), { address: '/hero.png', kind: 'url', alt: 'A lake', heading: 'Trails', width: 1200, height: 600 });
      assert.deepEqual(addresses('javascriptreact', "const a = <img src={'/a.png'} srcSet={`b.png 1x, c.png 2x`} />;"), ['/a.png', 'b.png', 'c.png']);
      assert.deepEqual(addresses('javascriptreact', "const a = <img src={dark ? '/dark.png' : '/light.png'} />;"), ['/dark.png', '/light.png']);
      assert.deepEqual(addresses('typescriptreact', "const a = <img src={require('@/a.png')} alt=\"A\" />;"), ['@/a.png']);
    });

    it('describes an imported picture by the tag that shows it', () => {
      const text = "import Image from 'next/image';\nimport hero from '../public/hero.png';\nexport const A = () => <Image src={hero} alt=\"A lake\" />;";
      assert.deepEqual(only('typescriptreact', text), { address: '../public/hero.png', kind: 'module', alt: 'A lake' });
    });

    it('finds modules, URLs and styles in code', () => {
      const text = "require('./a.png'); await import('./b.png'); new URL('./c.png', import.meta.url); export { default } from './d.png'; import './e.png?url';\nconst s = { backgroundImage: 'url(/f.png)' }; const t = css`\n a { background: url(./g.png) } ${x} b { background: url(./h.png) }`;";
      assert.deepEqual(addresses('javascript', text), ['./a.png', './b.png', './c.png', './d.png', './e.png?url', '/f.png', './g.png', './h.png']);
      assert.deepEqual(addresses('typescript', "const a = <T>x; import b from './b.png';"), ['./b.png']);
    });

    it('is not led astray by apostrophes, slashes, types and nested tags', () => {
      const text = [
        "const re = /[\"'/]<img/; const q = a / b / c; type F<T> = Array<T>; const g = <T extends object>(x: T) => x; const h = <T,>(x: T) => x;",
        "const a = b < c && d > e ? <p title={`it's ${<i>{\"}\"}</i>}`}>Don't {x /* ' */} <img src=\"/a.png\"/> it's</p> : <></>;",
        'const b = () => { return (<ul>{list.map((x) => <li key={x}><img src="/b.png" alt={x}/></li>)}</ul>); };',
        "import c from './c.png';",
      ].join('\n');
      assert.deepEqual(addresses('typescriptreact', text), ['/a.png', '/b.png', './c.png']);
    });

    it('sees none in comments, in joined texts and in other literals', () => {
      const hidden = ["// import a from './a.png'", "/* <img src='a.png'/> */", "const a = <img src={'/img/' + name + '.png'} />", "const a = <img src={base + '/a.png'} />", 'const a = <img src={`${base}/a.png`} />', "const a = './a.png';", "const a = <p>{/* <img src='/a.png' /> */}</p>"];
      for (const text of hidden) assert.deepEqual(addresses('javascriptreact', text), [], text);
    });
  });

  describe('in components', () => {
    it('reads Vue’s template, script and style', () => {
      const text = "<script setup lang=\"ts\">\nimport hero from '@/assets/hero.png'\nconst a: Array<string> = []\n</script>\n<template>\n  <img :src=\"hero\" alt=\"A lake\"><img :src=\"'/a.png'\"><img :src=\"require('@/b.png')\"><img :src=\"dynamic\"><img src=\"./c.png\">{{ x < y }}\n</template>\n<style scoped lang=\"scss\">\n// url(no.png)\n.a { background: url('~@/d.png') }\n</style>";
      assert.deepEqual(scanLinks('vue', text).map(({ address, alt, kind }) => [address, alt, kind]), [
        ['@/assets/hero.png', 'A lake', 'module'],
        ['/a.png', undefined, 'url'],
        ['@/b.png', undefined, 'module'],
        ['./c.png', undefined, 'url'],
        ['~@/d.png', undefined, 'module'],
      ]);
    });

    it('reads Svelte’s', () => {
      const text = "<script>\n  import hero from '$lib/hero.png';\n</script>\n{#if a < b}<img src={hero} alt=\"A lake\" on:click={() => a > b}>{/if}\n<img src=\"{base}/no.png\"><img src=\"/b.png\">\n<style>div { background: url(/c.png) }</style>";
      assert.deepEqual(scanLinks('svelte', text).map(({ address, alt }) => [address, alt]), [['$lib/hero.png', 'A lake'], ['/b.png', undefined], ['/c.png', undefined]]);
    });

    it('reads Astro’s', () => {
      const text = "---\nimport { Image } from 'astro:assets';\nimport hero from '../assets/hero.png';\nconst list: string[] = [];\n---\n<html><h1>Trails</h1>{list.map((x) => <li><img src=\"/a.png\" alt={x} /></li>)}<Image src={hero} alt=\"A lake\" /><img src=\"/b.png\"></html>\n<style>a { background: url(/c.png) }</style>";
      assert.deepEqual(scanLinks('astro', text).map(({ address, alt }) => [address, alt]), [['../assets/hero.png', 'A lake'], ['/a.png', undefined], ['/b.png', undefined], ['/c.png', undefined]]);
    });
  });

  it('reads each language', () => {
    const link = "import a from './a.png'; ![](a.png) <img src='a.png'> url(a.png)";
    for (const language of LINK_LANGUAGES) assert.ok(scanLinks(language, link).length > 0, language);
  });

  it('reads no other language', () => {
    assert.deepEqual(scanLinks('plaintext', '![x](a.png)'), []);
    assert.deepEqual(scanLinks('constructor', '![x](a.png)'), []);
  });

  const pieces = ['<', '>', '</', '/>', '<!--', '-->', '"', "'", '`', '``', '```', '{', '}', '${', '(', ')', '](', '![', '[', ']', ']:', '\\', '/', '/*', '*/', '//', '\n', '\n\n', ' ', '=', '+', '<img src=', 'a.png', '<script>', '</script>', '<style>', 'url(', 'image-set(', ',', 'import x from ', '---\n', '#', '&amp;', '<T extends ', '2x', '>\u2028'];

  it('puts every link where its address stands, whatever the text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LINK_LANGUAGES), fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (languageId, parts) => {
        const text = parts.join('');
        let last = 0;
        for (const { start, end, address } of scanLinks(languageId, text)) {
          assert.ok(start >= last && end > start && end <= text.length);
          if (!/[\\&]/.test(text.slice(start, end))) assert.equal(text.slice(start, end).trim(), address);
          last = start;
        }
      }),
      { numRuns: 600 },
    );
  });

  it('takes time in proportion to the text, whatever the text', () => {
    // A piece repeated, and two of them: eight times the text must not take sixty-four times as long. What is quadratic would not end at all.
    fc.assert(
      fc.property(fc.constantFrom(...LINK_LANGUAGES), fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }), fc.array(fc.constantFrom(...pieces), { maxLength: 3 }), (languageId, before, after) => {
        scanLinks(languageId, before.join('').repeat(3000) + after.join('').repeat(3000));
      }),
      { numRuns: 150 },
    );
  });
});
