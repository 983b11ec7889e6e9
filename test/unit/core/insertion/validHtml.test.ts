import assert from 'node:assert/strict';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { darkPictureMarkup } from '../../../../src/core/darkPicture';
import { iconTags } from '../../../../src/core/icons';
import { formsFor } from '../../../../src/core/insertion/forms';
import type { PictureLink } from '../../../../src/core/insertion/pictureLink';

const EXTENT = { width: 640, height: 480 };
const PICTURES: readonly PictureLink[] = [
  { path: 'img/red-boat.png', alt: 'A boat', extent: EXTENT, alternatives: [{ path: 'img/red-boat.avif', type: 'image/avif' }, { path: 'img/red-boat.webp', type: 'image/webp' }] },
  { path: '../my pictures/100% #1, (a) "b" & c.png', served: '/a b.png', alt: 'A "red" <b> & \'wild\'\nboat', extent: EXTENT, alternatives: [{ path: 'a, b.webp', type: 'image/webp' }] },
  { path: 'plain.png', alt: '', extent: EXTENT },
];

// By a validator that no one here wrote.
describe('the HTML that is inserted', () => {
  const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'] }));

  async function check(head: string, body: string): Promise<string[]> {
    const page = `<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>Page</title>\n${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
    const { results } = await validator.validateString(page);
    return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} — ${page.split('\n')[line - 1]}`));
  }

  it('is seen through where it is wrong', async () => {
    const found = new Set((await check('', '<picture><b>x</b><img src="a.png" alt="x" width="3 px"></picture>')).map((message) => message.split(':')[0]));
    assert.deepEqual(found, new Set(['element-permitted-content', 'attribute-allowed-values']));
  });

  for (const id of ['html', 'picture']) {
    for (const language of ['html', 'markdown']) {
      it(`is valid as ${id} in ${language}`, async () => {
        for (const picture of PICTURES) {
          const [form] = formsFor(language, picture, id);
          assert.equal(form.id, id === 'picture' && !picture.alternatives ? form.id : id);
          const { before, alt, after } = form.write(picture);
          if (before.startsWith('<')) assert.deepEqual(await check('', before + alt + after), []);
        }
      });
    }
  }

  it('is valid as the two pictures of light and dark pages, and as the tags of an icon set', async () => {
    for (const { path, alt } of PICTURES) assert.deepEqual(await check('', darkPictureMarkup('html', { light: path, dark: path, alt, extent: EXTENT })), []);
    assert.deepEqual(await check(iconTags((name) => `/my icons/${name}`), ''), []);
  });
});
