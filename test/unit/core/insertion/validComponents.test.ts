import assert from 'node:assert/strict';
import vm from 'node:vm';
import { transform as compileAstro } from '@astrojs/compiler';
import { compileScript, compileTemplate, parse as parseVue } from '@vue/compiler-sfc';
import * as esbuild from 'esbuild';
import { compile as compileSvelte } from 'svelte/compiler';
import { formsFor } from '../../../../src/core/insertion/forms';
import { addImports } from '../../../../src/core/insertion/imports';
import type { PictureLink } from '../../../../src/core/insertion/pictureLink';

const EXTENT = { width: 640, height: 480 };
const PICTURES: readonly PictureLink[] = [
  { path: 'img/red-boat.png', served: '/red-boat.png', alt: 'A boat', extent: EXTENT, alternatives: [{ path: 'img/red-boat.webp', type: 'image/webp' }] },
  { path: "../my pictures/100% #1, (a) \"b\" & it's.png", alt: 'A "red" <b> & \'wild\' {boat} ${x} {{ y }} `z` \\n\nsea </script>', extent: EXTENT, alternatives: [{ path: 'a, b.webp', type: 'image/webp' }] },
  { path: 'class.png', alt: '', extent: EXTENT },
];

/** What a compiler finds wrong with a document; it throws or answers its complaints. */
type Complain = (text: string) => Promise<readonly unknown[]>;

/** The languages' own compilers and, for JSX, esbuild's: a document with a place for the link, and what they say of it. */
const LANGUAGES: Readonly<Record<string, { readonly documents: readonly string[]; readonly complain: Complain }>> = {
  vue: { documents: ['<template>\n  <div>|</div>\n</template>\n', "<script setup lang=\"ts\">\nimport x from './x';\nx();\n</script>\n\n<template>|</template>\n"], complain: complaintsOfVue },
  svelte: { documents: ['<p>|</p>\n', "<script lang=\"ts\">\n  import x from './x';\n  x();\n</script>\n\n{#if x}|{/if}\n"], complain: async (text) => compileSvelte(text, { generate: 'client' }).warnings.map(({ message }) => message) },
  astro: { documents: ['<main>|</main>\n', "---\nimport x from './x';\n---\n{x && <p>|</p>}\n"], complain: complaintsOfAstro },
  javascriptreact: { documents: ['export const A = () => <p>|</p>;\n'], complain: (text) => complaintsOf(text, 'jsx') },
  typescriptreact: { documents: ["'use client';\nimport x from './x';\n\nexport const A = (): unknown => <p>{x}|</p>;\n"], complain: (text) => complaintsOf(text, 'tsx') },
  css: { documents: ['.a { background: | center; }\n'], complain: (text) => complaintsOf(text, 'css') },
};
/** What is no markup. */
const CODE = ['path'];

async function complaintsOf(text: string, loader: esbuild.Loader): Promise<readonly unknown[]> {
  const { warnings } = await esbuild.transform(text, { loader, logLevel: 'silent' });
  return warnings.map((warning) => warning.text);
}

async function complaintsOfVue(text: string): Promise<readonly unknown[]> {
  const { descriptor, errors } = parseVue(text);
  const options = { filename: 'a.vue', id: 'a' };
  const script = descriptor.scriptSetup ? compileScript(descriptor, options).content : '';
  const template = compileTemplate({ ...options, source: descriptor.template?.content ?? '' });
  return [...errors, ...template.errors, ...template.tips, ...(await complaintsOf(script, 'ts')), ...(await complaintsOf(template.code, 'js'))];
}

async function complaintsOfAstro(text: string): Promise<readonly unknown[]> {
  const { code, diagnostics } = await compileAstro(text);
  return [...diagnostics.map((diagnostic) => diagnostic.text), ...(await complaintsOf(code, 'ts'))];
}

/** A document with a link at its `|`, and with what that imports. */
function written(languageId: string, document: string, form: string, picture: PictureLink): string {
  const [{ id, write }] = formsFor(languageId, picture, form);
  assert.equal(id, form);
  const { before, alt, after, imports = [] } = write(picture);
  const text = document.replace('|', () => before + alt + after);
  const addition = addImports(languageId, text, imports);
  return addition ? text.slice(0, addition.offset) + addition.text + text.slice(addition.offset) : text;
}

describe('what is inserted into components', () => {
  it('is seen through where it is wrong', async () => {
    const wrong: Readonly<Record<string, string>> = {
      vue: '<template><img src="a" :alt="{"></template>',
      svelte: '<img src={a" alt="x">',
      astro: '---\nconst a = ;\n---\n<p>{a}</p>',
      javascriptreact: 'const a = <img src="a">;',
      typescriptreact: 'const a: = <img />;',
      css: '.a { background: url("a }',
    };
    for (const [languageId, text] of Object.entries(wrong)) {
      const complaints = await LANGUAGES[languageId]?.complain(text).catch((error: unknown) => [error]);
      assert.notDeepEqual(complaints, [], languageId);
    }
  });

  for (const [languageId, { documents, complain }] of Object.entries(LANGUAGES)) {
    it(`compiles in ${languageId}, in every form`, async () => {
      for (const picture of PICTURES) {
        for (const { id } of formsFor(languageId, picture)) {
          if (CODE.includes(id)) continue;
          for (const document of documents) {
            const text = written(languageId, document, id, picture);
            assert.deepEqual(await complain(text), [], `${id}:\n${text}`);
          }
        }
      }
    });
  }

  it('leaves out for Vue what its compiler stumbles on', () => {
    const odd = PICTURES[1];
    assert.ok(odd);
    assert.deepEqual(formsFor('vue', odd).map(({ id }) => id), ['vue-import', 'path']);
    assert.deepEqual(formsFor('vue', { ...odd, served: "/it's.png" }).map(({ id }) => id), ['component', 'vue-import', 'path']);
    assert.deepEqual(formsFor('svelte', odd).map(({ id }) => id), ['component', 'svelte-import', 'picture', 'path']);
  });

  it('says the very alt text, in JSX as in Vue', async () => {
    for (const picture of PICTURES) {
      const wanted = picture.alt.replace(/\s+/g, ' ').trim();
      const jsx = await esbuild.transform(`result = ${written('javascriptreact', '|', 'jsx', picture)}`, { loader: 'jsx', jsxFactory: 'h' });
      const scope = { h: (_tag: string, props: unknown) => props, result: undefined as { readonly alt: string } | undefined };
      vm.runInNewContext(jsx.code, scope);
      assert.equal(scope.result?.alt, wanted);
      const [img] = parseVue(written('vue', '<template>|</template>', 'component', { ...picture, served: '/a.png' })).descriptor.template?.ast?.children ?? [];
      const alt = img && 'props' in img ? img.props.find(({ name }) => name === 'alt') : undefined;
      assert.equal(alt && 'value' in alt ? (alt.value?.content ?? '') : undefined, wanted);
    }
  });
});
