import assert from 'node:assert/strict';
import { behindLink } from '../../../../src/core/insertion/behindLink';

/** The text with `»` where a link goes instead of the selection between `⟦` and `⟧`. */
function placed(languageId: string, marked: string): string | undefined {
  const start = marked.indexOf('⟦');
  const end = marked.indexOf('⟧') - 1;
  const text = marked.replace('⟦', '').replace('⟧', '');
  const at = behindLink(languageId, text, start, end);
  return at === undefined ? undefined : `${text.slice(0, at)}»${text.slice(at)}`;
}

describe('behindLink', () => {
  const inside: readonly (readonly [string, string, string])[] = [
    ['markdown', 'a ![⟦Misty dawn⟧](img/a.png) b', 'a ![Misty dawn](img/a.png)» b'],
    ['markdown', '![x](a.png) ![⟦⟧y](img/b.png)', '![x](a.png) ![y](img/b.png)»'],
    ['markdown', '[![badge⟦⟧](b.svg)](https://example.com) b', '[![badge](b.svg)](https://example.com)» b'],
    ['markdown', '<img src="a.png" alt="⟦⟧">!', '<img src="a.png" alt="">»!'],
    ['html', '<p><img src="a.png"\n  alt="⟦a⟧" width="2"></p>', '<p><img src="a.png"\n  alt="a" width="2">»</p>'],
    ['typescriptreact', '<Image src={a} alt="⟦a⟧" />;', '<Image src={a} alt="a" />»;'],
  ];
  for (const [languageId, marked, wanted] of inside) it(`goes behind the link in ${marked}`, () => assert.equal(placed(languageId, marked), wanted));

  const outside: readonly (readonly [string, string])[] = [
    ['markdown', 'a ⟦⟧![x](a.png)'],
    ['markdown', '![x](a.png)⟦⟧'],
    ['markdown', '⟦![x](a.png)⟧'],
    ['markdown', 'a ⟦b ![x⟧](a.png)'],
    ['markdown', 'a [b⟦⟧] c'],
    ['html', '<p title="⟦⟧">'],
    ['css', 'a { background: url(⟦⟧) }'],
  ];
  for (const [languageId, marked] of outside) it(`leaves the place in ${marked}`, () => assert.equal(placed(languageId, marked), undefined));
});
