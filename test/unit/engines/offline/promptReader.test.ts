import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { hexToLinear, linearToOklab, oklchToOklab } from '../../../../src/core/oklab';
import type { Oklch } from '../../../../src/core/oklab';
import type { ArtSpec } from '../../../../src/core/pixels';
import { MOTIFS } from '../../../../src/core/pixels';
import { COLOUR_WORDS } from '../../../../src/engines/offline/colourWords';
import { readPrompt } from '../../../../src/engines/offline/promptReader';

const read = (prompt: string, seed = 1): ArtSpec => readPrompt(prompt, { width: 100, height: 80 }, seed);

/** Hue in degrees of the palette's most colourful colour. */
function hueOf({ palette }: ArtSpec): number {
  const labs = palette.map((hex) => linearToOklab(hexToLinear(hex)));
  const [, a, b] = labs.sort((p, q) => q[1] * q[1] + q[2] * q[2] - p[1] * p[1] - p[2] * p[2])[0] ?? [0, 0, 0];
  return ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
}

function meanChroma({ palette }: ArtSpec): number {
  return palette.map((hex) => linearToOklab(hexToLinear(hex))).reduce((sum, [, a, b]) => sum + Math.sqrt(a * a + b * b) / palette.length, 0);
}

describe('reading prompts', () => {
  for (const [prompt, wanted] of [
    ['Misty mountains at dawn', { motif: 'mountains', light: 'dawn' }],
    ['the alps under a clear sky', { motif: 'mountains', light: 'day' }],
    ['a beach at sunset', { motif: 'sea', light: 'dusk' }],
    ['ocean storm', { motif: 'sea', weather: 'storm', tone: 'dark', light: 'day' }],
    ['stürmisches Meer bei Nacht', { motif: 'sea', weather: 'storm', light: 'night' }],
    ['Gewitter über den Bergen', { motif: 'mountains', weather: 'storm' }],
    ['rainy sea', { motif: 'sea', weather: undefined }],
    ['dark pine forest', { motif: 'forest', light: 'night' }],
    ['sand dunes', { motif: 'desert' }],
    ['Tokyo by night', { motif: 'city', light: 'night', tone: 'dark' }],
    ['mesh gradient, pastel', { motif: 'gradient', tone: 'light' }],
    ['abstract waves', { motif: 'waves' }],
    ['low poly mountains', { motif: 'low-poly', ranges: true }],
    ['Low-Poly-Berge bei Nacht', { motif: 'low-poly', ranges: true, light: 'night' }],
    ['low poly ice', { motif: 'low-poly', ranges: undefined }],
    ['low-poly background', { motif: 'low-poly', ranges: undefined }],
    ['halftone dots', { motif: 'dots' }],
    ['a grid of shapes', { motif: 'tiles' }],
    ['isometric cubes', { motif: 'isometric' }],
    ['organic blobs', { motif: 'blobs' }],
    ['layered paper', { motif: 'paper' }],
    ['seamless paper texture', { motif: 'material', material: 'paper', tone: 'light' }],
    ['dark walnut wood', { motif: 'material', material: 'wood', tone: 'dark' }],
    ['black marble', { motif: 'material', material: 'marble', tone: 'dark' }],
    ['isometric wooden cubes', { motif: 'isometric' }],
    ['starry night sky over the desert', { motif: 'desert', light: 'night' }],
    ['galaxies and nebulas', { motif: 'stars', tone: 'dark' }],
    ['night sky', { motif: 'stars', tone: 'dark' }],
    ['northern lights over a lake', { motif: 'aurora', tone: 'dark' }],
    ['topographic map', { motif: 'topographic' }],
    ['app icon for a chat', { motif: 'icon', glyph: 'chat' }],
    ['logo with a heart', { motif: 'icon', glyph: 'heart' }],
    ['logo for a bakery', { motif: 'icon', glyph: 'cake' }],
    ['favicon of a coffee shop', { motif: 'icon', glyph: 'cup' }],
    ['icon for the settings page', { motif: 'icon', glyph: 'gear' }],
    ['synthwave', { motif: 'retro' }],
    ['pastel empty-state illustration of a mailbox', { motif: 'icon', glyph: 'mail', tone: 'light' }],
    ['app icon for a note-taking app', { motif: 'icon', glyph: 'book' }],
    ['coffee', { motif: 'icon', glyph: 'cup' }],
    ['space poster', { motif: 'stars', text: undefined }],
    ['poster “Jazz Night”, mountains', { motif: 'mountains', text: 'Jazz Night' }],
    ['kraft paper background', { motif: 'material', material: 'paper' }],
    ['Sonnenuntergang über dem Meer', { motif: 'sea', light: 'dusk' }],
    ['verschneite Berge bei Nacht', { motif: 'mountains', light: 'night', tone: 'dark' }],
    ['dunkler Hintergrund, abstrakt', { motif: 'gradient', tone: 'dark' }],
    ['nahtlose Papiertextur', { motif: 'material', material: 'paper' }],
    ['App-Icon für eine Notiz-App', { motif: 'icon', glyph: 'book' }],
    ['Illustration eines Briefkastens', { motif: 'icon', glyph: 'mail' }],
    ['calm dark waves', { motif: 'waves', tone: 'dark', energy: 0.15 }],
  ] as const) {
    it(`reads “${prompt}”`, () => {
      const spec = read(prompt);
      for (const [key, value] of Object.entries(wanted)) assert.equal(spec[key as keyof ArtSpec], value, key);
    });
  }

  it('takes a project’s palette, and no word of its style for a text of the picture', () => {
    const near = (hue: number, wanted: number): boolean => Math.abs(((hue - wanted + 540) % 360) - 180) < 25;
    assert.ok(near(hueOf(read('waves\n\nStyle: calm. Colour palette: #c01830.')), 20));
    assert.ok(near(hueOf(read('waves\n\nStyle: calm. Colour palette: #1030c0, #0a2080.')), 266));
    assert.equal(read('"Hello"\n\nStyle: “loud”. Colour palette: #102030.').text, 'Hello');
    assert.doesNotMatch(read('a business card\n\nStyle: flat. Colour palette: #102030.').text ?? '', /flat|102030/);
  });

  for (const [prompt, low, high] of [
    ['red blobs', 5, 50],
    ['an emerald gradient', 135, 185],
    ['blue waves', 240, 280],
    ['purple dots', 285, 325],
    ['orange low poly', 30, 75],
    ['desert in bright daylight', 40, 265],
    ['dunkelblaue Wellen', 240, 285],
    ['grünes Muster', 125, 180],
  ] as const) {
    it(`colours “${prompt}”`, () => {
      for (let seed = 0; seed < 8; seed++) {
        const hue = hueOf(read(prompt, seed));
        assert.ok(hue >= low && hue <= high, `hue ${hue}`);
      }
    });
  }

  it('hears how colours are meant', () => {
    assert.ok(meanChroma(read('neon gradient')) > meanChroma(read('gradient of dreams')));
    assert.ok(meanChroma(read('muted blue gradient')) < 0.7 * meanChroma(read('blue gradient')));
    assert.ok(meanChroma(read('black and white mountains')) < 0.01);
    const lightest = (spec: ArtSpec): number => linearToOklab(hexToLinear(spec.palette[0] ?? 0))[0];
    assert.ok(lightest(read('pastel blobs')) > lightest(read('blobs')) + 0.2);
    assert.ok(lightest(read('light blue waves')) !== lightest(read('dark blue waves')));
  });

  it('shows the colours that are named as they are', () => {
    for (const [prompt, names] of [['teal and orange gradient', ['teal', 'orange']], ['red and blue tiles', ['red', 'blue']], ['türkise und rosa Punkte', ['turquoise', 'pink']]] as const) {
      const labs = read(prompt).palette.map((hex) => linearToOklab(hexToLinear(hex)));
      for (const name of names) {
        const [l, a, b] = oklchToOklab(COLOUR_WORDS[name] as Oklch);
        const nearest = Math.min(...labs.map((lab) => Math.hypot(lab[0] - l, lab[1] - a, lab[2] - b)));
        assert.ok(nearest < 0.035, `${prompt}: ${name} is ${nearest} away`);
      }
    }
  });

  it('gives a named colour to the land, and to the sky its own', () => {
    const skyHue = (spec: ArtSpec): number | undefined => spec.sky && hueOf({ ...spec, palette: spec.sky });
    for (const prompt of ['green hills', 'a lush green rolling meadow', 'grüne Hügel', 'green hills under a blue sky', 'grüne Wiese, blauer Himmel']) {
      const spec = read(prompt);
      assert.ok(hueOf(spec) > 120 && hueOf(spec) < 180, `${prompt}: land ${hueOf(spec)}`);
      const hue = skyHue(spec) ?? NaN;
      assert.ok(hue > 210 && hue < 280, `${prompt}: sky ${hue}`);
    }
    const pink = skyHue(read('green hills under a pink sky')) ?? NaN;
    assert.ok(pink > 335 || pink < 15, `sky ${pink}`);
    assert.deepEqual([read('green hills').light, read('green hills at sunset').light], ['day', 'dusk']);
    for (const prompt of ['hills, green', 'blue waves', 'hills under a pink sky', 'green dots']) assert.equal(read(prompt).sky, undefined, prompt);
  });

  it('shows a thing by its sign, but lays none behind a page', () => {
    assert.equal(read('newsletter').motif, 'icon');
    for (const what of ['background', 'hero banner', 'login page']) assert.notEqual(read(`newsletter ${what}`).motif, 'icon', what);
  });

  it('brings no colour where white, grey or black is all that is named', () => {
    for (const prompt of ['white gradient', 'black blobs', 'charcoal waves', 'grey dots']) {
      const { palette, accent } = read(prompt);
      for (const hex of [...palette, accent]) {
        const [, a, b] = linearToOklab(hexToLinear(hex));
        assert.ok(Math.sqrt(a * a + b * b) < 0.04, prompt);
      }
    }
  });

  it('leaves room for words where the prompt asks for quiet', () => {
    for (const what of ['white background', 'hero image', 'wallpaper', 'login screen', 'x', 'y']) {
      assert.ok(['gradient', 'waves', 'topographic'].includes(read(`minimal ${what}`).motif), what);
    }
    assert.equal(read('minimal mountains').motif, 'mountains');
  });

  it('goes from dark to light', () => {
    fc.assert(
      fc.property(fc.constantFrom('neon', 'pastel', 'muted', 'vivid', ''), fc.constantFrom('navy and gold', 'red, green', 'white', 'black', 'forest', 'sunset', 'x'), fc.integer(), (finish, what, seed) => {
        const { palette } = read(`${finish} ${what}`, seed);
        assert.equal(palette.length, 6);
        const lightness = palette.map((hex) => linearToOklab(hexToLinear(hex))[0]);
        for (let i = 1; i < 6; i++) assert.ok((lightness[i] ?? 0) >= (lightness[i - 1] ?? 0) - 0.01, lightness.join(' '));
      }),
    );
  });

  for (const [prompt, text] of [
    ['a card that says "Ship it"', 'Ship it'],
    ['mountains “Find your trail”', 'Find your trail'],
    ["poster 'Don't panic' in blue", "Don't panic"],
    ["a dog's life and a cat's dream", undefined],
    ['«Bonjour»', 'Bonjour'],
    ['« Bonjour » et « au revoir »', 'Bonjour au revoir'],
    ['Karte »Guten Tag« in blau', 'Guten Tag'],
    ['Karte „Guten Tag“ in blau', 'Guten Tag'],
    ['karta „Dzień dobry”', 'Dzień dobry'],
    ['kort ”God morgon”', 'God morgon'],
    ['Karte ‚Hallo‘, ‹Salut›, ›Na so was‹', 'Hallo Salut Na so was'],
    ['плакат «Привет мир»', 'Привет мир'],
    ['ポスター「東京」『夏』', '東京 夏'],
    ['a 5" screen beside a 7" one', undefined],
    ['"" then "Hello" and ""', 'Hello'],
    ['poster ""', undefined],
    ['poster "First line\r\n second  line\n\n"', 'First line\nsecond line'],
    ['"One" and "two"', 'One two'],
    ['empty "" marks', undefined],
    ['title card: Hello there', 'title card: Hello there'],
  ] as const) {
    it(`takes ${text === undefined ? 'no text' : `“${text}”`} from ${prompt}`, () => {
      assert.equal(read(prompt).text, text);
    });
  }

  it('makes a card of mere text, and an overlay where a motif is named', () => {
    assert.equal(read('"Hello"').motif, 'card');
    assert.equal(read('waves "Hello"').motif, 'waves');
    assert.equal(read(`"${'very long '.repeat(100)}"`).text?.length, 999);
    assert.ok((read(`title card: ${'very long '.repeat(100)}`).text?.length ?? 0) <= 141);
  });

  it('does not take its motif from quoted words', () => {
    assert.equal(read('waves "mountain city dots"').motif, 'waves');
  });

  it('answers the same for the same prompt and seed, another composition for others', () => {
    assert.deepEqual(read('team meeting', 5), read('team meeting', 5));
    assert.notEqual(read('team meeting', 5).seed, read('team meeting', 6).seed);
    assert.notEqual(read('team meeting', 5).seed, read('customer support', 5).seed);
    assert.equal(read('team meeting', 5).motif, read('team meeting', 6).motif);
    const motifs = new Set(Array.from({ length: 60 }, (_, i) => read(`unheard word${i}`).motif));
    assert.ok(motifs.size >= 6, [...motifs].join(' '));
  });

  it('makes a spec of any prompt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer(), (prompt, seed) => {
        const spec = read(prompt, seed);
        assert.ok(MOTIFS.includes(spec.motif));
        assert.ok(spec.palette.every((hex) => Number.isInteger(hex) && hex >= 0 && hex <= 0xffffff));
        assert.ok(Number.isSafeInteger(spec.seed) && spec.energy >= 0 && spec.energy <= 1);
      }),
    );
    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) assert.ok(read(word).palette.length === 6);
    assert.ok(read('mountains '.repeat(4000)).motif === 'mountains');
  });
});
