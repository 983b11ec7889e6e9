import assert from 'node:assert/strict';
import fc from 'fast-check';
import { darkPictureMarkup } from '../../../src/core/darkPicture';

const EXTENT = { width: 16, height: 9 };

describe('darkPictureMarkup', () => {
  it('shows the dark one to those who prefer dark pages, in HTML and in JSX', () => {
    assert.equal(
      darkPictureMarkup('html', { light: 'img/a b.png', dark: 'img/a b-dark.png', alt: 'A "fox"', extent: EXTENT }),
      '<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="img/a%20b-dark.png">\n  <img src="img/a%20b.png" alt="A &quot;fox&quot;" width="16" height="9">\n</picture>',
    );
    const jsx = darkPictureMarkup('typescriptreact', { light: 'a.png', dark: 'a-dark.png', alt: '', extent: EXTENT });
    assert.match(jsx, /srcSet="a-dark\.png" \/>/);
    assert.match(jsx, /width=\{16\} height=\{9\} \/>/);
  });

  it('lets no text out of its attribute, and no comma divide a srcset', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom('html', 'typescriptreact'), (alt, path, language) => {
        const markup = darkPictureMarkup(language, { light: path, dark: path, alt, extent: EXTENT });
        assert.equal(markup.match(/[<>]/g)?.length, 8);
        assert.equal(markup.match(/"/g)?.length, language === 'html' ? 12 : 8);
        assert.doesNotMatch(/srcset="([^"]*)"/i.exec(markup)?.[1] ?? '', /[,\s]/);
      }),
    );
  });
});
