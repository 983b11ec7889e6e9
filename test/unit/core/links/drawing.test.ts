import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extentOfMissing, promptOfMissing } from '../../../../src/core/links/drawing';
import { formatExtent } from '../../../../src/core/geometry';
import { MAX_PIXELS } from '../../../../src/core/image';

describe('extentOfMissing', () => {
  const cases: readonly (readonly [string, Parameters<typeof extentOfMissing>[1], string])[] = [
    ['/w/hero-1600x600.png', { width: 10, height: 10 }, '1600x600'],
    ['/w/a.png', { width: 640, height: 480 }, '640x480'],
    ['/w/a@2x.png', { width: 640, height: 480 }, '1280x960'],
    ['/w/a.png', { width: 640, height: 480, density: 1.5 }, '960x720'],
    ['/w/a.png', { width: 800, height: 400, ownWidth: 1600 }, '1600x800'],
    ['/w/a-wide.png', { ownWidth: 1200 }, '1200x1200'],
    ['/w/hero-1200.jpg', { ownWidth: 1200 }, '1200x600'],
    ['/w/logo.png', { width: 200 }, '200x200'],
    ['/w/banner.png', { width: 640 }, '640x160'],
    ['/w/banner.png', { height: 160 }, '640x160'],
    ['/w/og.png', {}, '1200x630'],
    ['/w/og-image.jpg', {}, '1200x630'],
    ['/w/socialPreview.png', {}, '1280x640'],
    ['/w/readme_banner@2x.png', {}, '2560x640'],
    ['/w/favicon.png', {}, '48x48'],
    ['/w/favicon-32x32.png', {}, '32x32'],
    ['/w/icon-512.png', {}, '512x512'],
    ['/w/icon-64@2x.png', {}, '128x128'],
    ['/w/android-chrome-192x192.png', {}, '192x192'],
    ['/w/apple-touch-icon.png', {}, '180x180'],
    ['/w/landing-hero.png', {}, '1920x960'],
    ['/w/logarithm.png', {}, '1024x1024'],
    ['/w/shot.png', { purpose: 'og-card' }, '1200x630'],
    ['/w/card.png', {}, '1024x1024'],
    ['/w/card@2x.png', {}, '1024x1024'],
    ['/w/a.png', { width: 99_999, height: 99_999 }, '1024x1024'],
  ];
  for (const [path, clues, size] of cases) {
    it(`makes ${path} ${JSON.stringify(clues)} ${size}`, () => assert.equal(formatExtent(extentOfMissing(path, clues)), size));
  }

  it('knows the person’s own purposes', () => {
    const own = [{ id: 'card', label: 'Card', width: 300, height: 200 }];
    assert.equal(formatExtent(extentOfMissing('/w/blog-card.png', {}, own)), '300x200');
  });

  it('is always a size that a picture can have', () => {
    const edge = fc.option(fc.integer({ min: 1, max: 99_999 }), { nil: undefined });
    const clues = fc.record({ width: edge, height: edge, ownWidth: edge, density: fc.constantFrom(0.001, 1, 2.5, 99_999) }, { requiredKeys: [] }) as fc.Arbitrary<Parameters<typeof extentOfMissing>[1]>;
    fc.assert(
      fc.property(fc.constantFrom('a', 'banner', 'icon-16', '1x1', '99999x99999', 'hero@9x'), clues, (stem, given) => {
        const { width, height } = extentOfMissing(`/w/${stem}.png`, given);
        assert.ok(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && width * height <= MAX_PIXELS);
      }),
    );
  });
});

describe('promptOfMissing', () => {
  it('is the alt text, else the heading and the words of the name', () => {
    assert.equal(promptOfMissing('/w/a.png', { alt: ' A misty lake ', heading: 'Trails' }), 'A misty lake');
    assert.equal(promptOfMissing('/w/img/northFace_dawn@2x.png', { heading: 'Mountain Trails' }), 'Mountain Trails: north Face dawn');
    assert.equal(promptOfMissing('/w/hero-1600x600.png', {}), 'hero');
  });
});
