import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ImageError } from '../../../../src/core/errors';
import type { ArtSpec, MotifName } from '../../../../src/core/pixels';
import { MOTIFS } from '../../../../src/core/pixels';
import { drawArt } from '../../../../src/pixels/art/drawArt';

const spec = (motif: MotifName, more: Partial<ArtSpec> = {}): ArtSpec => ({
  extent: { width: 48, height: 32 },
  seed: 7,
  motif,
  palette: [0x1b193f, 0x44396e, 0x7d5992, 0xc17aa0, 0xf4aba0, 0xfeecd1],
  accent: 0xff8d69,
  tone: 'dark',
  light: 'dusk',
  energy: 0.5,
  ...more,
});

const never = (): void => undefined;

async function hash(art: ArtSpec): Promise<string> {
  const image = await drawArt(art, never);
  return createHash('sha256').update(image.data).digest('hex').slice(0, 16);
}

/** The drawings as they are: a change here is a change of everybody's recipes, so it must be meant. */
const PINNED: Record<MotifName, string> = {
  gradient: '0e9081f22c0c9a7e',
  mountains: '094fd142889059f7',
  sea: 'db5defcbc5db6f92',
  forest: 'f7dd69da1486d29f',
  desert: '6eadd1eafd427478',
  city: '3df69b2846c7cc7c',
  retro: '249243f951ce3680',
  waves: '7391b0d9b35e8da8',
  'low-poly': '54f9deb9e4416c5a',
  dots: 'a0b06eff77f24005',
  tiles: 'a01b9e68770b11a0',
  isometric: '98f021a942cd8d28',
  blobs: '323214d02b9ae83d',
  paper: '78b6e284d48bf21e',
  stars: 'e315cb16e1ae99b7',
  aurora: 'd588a1c05fd02b3b',
  topographic: '34ef66b6adf64fdc',
  material: 'a2b44c8a6277ca59',
  card: '34dca27c7f94eaba',
  icon: '98ce2ed7a362f820',
};

describe('drawing art', () => {
  for (const motif of MOTIFS) {
    it(`draws ${motif} to the bit`, async () => {
      assert.equal(await hash(spec(motif)), PINNED[motif]);
    });

    it(`draws ${motif} opaque, in several tones and other for another seed`, async () => {
      const image = await drawArt(spec(motif, { tone: 'light', light: 'day' }), never);
      const colours = new Set<number>();
      for (let o = 0; o < image.data.length; o += 4) {
        assert.equal(image.data[o + 3], 255);
        colours.add(((image.data[o] as number) << 16) | ((image.data[o + 1] as number) << 8) | (image.data[o + 2] as number));
      }
      assert.ok(colours.size > 8, `${colours.size} colours`);
      assert.notEqual(await hash(spec(motif, { seed: 8 })), PINNED[motif]);
    });
  }

  it('draws a city by day and a sea by day to the bit', async () => {
    assert.deepEqual(await Promise.all((['city', 'sea'] as const).map((motif) => hash(spec(motif, { light: 'day', tone: 'light' })))), ['d15ba5cb89ff2134', 'd4799b0c85d55feb']);
  });

  it('draws ranges of low polygons to the bit', async () => {
    assert.equal(await hash(spec('low-poly', { ranges: true })), '97566746bd23590c');
  });

  it('lets no gap between facets of ranges', async () => {
    for (const [width, height] of [[1, 1], [300, 20], [20, 300], [150, 100]] as const) {
      const { data } = await drawArt(spec('low-poly', { ranges: true, extent: { width, height }, palette: [0xffffff, 0xffffff] }), never);
      assert.ok(data.every((level) => level > 225), `${width}x${height}: ${Math.min(...data)}`);
    }
  });

  it('draws a storm to the bit, and no sun in it', async () => {
    const light = async (art: ArtSpec): Promise<number> => (await drawArt(art, never)).data.reduce((most, level, o) => (o % 4 === 1 && o < 48 * 14 * 4 ? Math.max(most, level) : most), 0);
    const fair = spec('sea', { light: 'day' });
    const storm = spec('sea', { light: 'day', weather: 'storm' });
    assert.equal(await hash(storm), 'f082b0458aca488b');
    assert.ok((await light(fair)) > 220 && (await light(storm)) < 150, `${await light(fair)}, ${await light(storm)}`);
  });

  it('gives the sky its own colours', async () => {
    const sky = [0x002030, 0x40a0f0];
    const [plain, blue] = await Promise.all([drawArt(spec('mountains'), never), drawArt(spec('mountains', { sky }), never)]);
    assert.ok((blue.data[2] as number) > (blue.data[0] as number) + 20 && (plain.data[2] as number) < (plain.data[0] as number) + 40, 'the first pixel');
    assert.equal(await hash(spec('mountains', { sky: spec('mountains').palette })), PINNED.mountains);
    assert.equal(await hash(spec('waves', { sky })), PINNED.waves);
  });

  it('sets text to the bit', async () => {
    const extent = { width: 160, height: 100 };
    const texts = ['Ship it', 'Привет', 'Καλημέρα', 'Łódź'];
    assert.deepEqual(await Promise.all(texts.map((text) => hash(spec('card', { extent, text })))), ['61401b9268ad5486', '05792715d4ef196c', 'dbe8f04fa871a14c', '1ca90c5e7465189b']);
  });

  it('draws any extent', async () => {
    for (const [width, height] of [[1, 1], [1, 300], [300, 1], [3, 2], [200, 9]] as const) {
      for (const motif of MOTIFS) {
        const image = await drawArt(spec(motif, { extent: { width, height }, text: 'Hello' }), never);
        assert.equal(image.data.length, width * height * 4);
        assert.equal(image.data[image.data.length - 1], 255);
      }
    }
  });

  it('draws each material so that its edges join', async () => {
    for (const material of ['paper', 'linen', 'wood', 'marble', 'stone', 'metal'] as const) {
      const [width, height] = [144, 96];
      const { data } = await drawArt(spec('material', { material, extent: { width, height } }), never);
      const step = (a: number, b: number): number => Math.abs((data[4 * a + 1] ?? 0) - (data[4 * b + 1] ?? 0));
      const columns = Array.from({ length: width }, (_, x) => Array.from({ length: height }, (_row, y) => step(y * width + x, y * width + ((x + 1) % width))).reduce((a, b) => a + b, 0));
      const rows = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_column, x) => step(y * width + x, ((y + 1) % height) * width + x)).reduce((a, b) => a + b, 0));
      // The step over the edge is like any other.
      assert.ok((columns.at(-1) ?? 0) <= Math.max(...columns.slice(0, -1)), `${material}, left and right`);
      assert.ok((rows.at(-1) ?? 0) <= Math.max(...rows.slice(0, -1)), `${material}, top and bottom`);
    }
  });

  it('looks the same at twice the size', async () => {
    for (const motif of ['gradient', 'mountains', 'waves', 'paper', 'desert'] as const) {
      const small = await drawArt(spec(motif, { extent: { width: 96, height: 64 } }), never);
      const large = await drawArt(spec(motif, { extent: { width: 192, height: 128 } }), never);
      let difference = 0;
      for (let y = 0; y < 64; y++) {
        for (let x = 0; x < 96; x++) {
          const o = (y * 96 + x) * 4;
          const p = (2 * y * 192 + 2 * x) * 4;
          const mean = ((large.data[p] as number) + (large.data[p + 4] as number) + (large.data[p + 768] as number) + (large.data[p + 772] as number)) / 4;
          difference += Math.abs((small.data[o] as number) - mean);
        }
      }
      assert.ok(difference / (96 * 64) < 6, `${motif} differs by ${difference / (96 * 64)}`);
    }
  });

  it('sets text that can be told from its ground', async () => {
    for (const motif of ['card', 'mountains', 'tiles', 'icon', 'gradient'] as const) {
      const extent = { width: 240, height: 120 };
      const without = await drawArt(spec(motif, { extent, text: '漢字' }), never);
      const withText = await drawArt(spec(motif, { extent, text: 'HI' }), never);
      let strokes = 0;
      for (let o = 0; o < without.data.length; o += 4) if (Math.abs((without.data[o + 1] as number) - (withText.data[o + 1] as number)) > 60) strokes++;
      assert.ok(strokes > 60, `${motif}: ${strokes} pixels of text`);
    }
  });

  it('tells what became of its text, and sets no half of a title', async () => {
    const extent = { width: 240, height: 120 };
    const plain = await hash(spec('card', { extent }));
    for (const [text, report, drawn] of [
      ['Привет', { missing: [], set: 'whole' }, true],
      ['Ship it 🚀', { missing: ['🚀'], set: 'whole' }, true],
      ['東京 Tokyo', { missing: ['東', '京'], set: 'none' }, false],
      ['🚀', { missing: ['🚀'], set: 'none' }, false],
      ['Much too much of it. '.repeat(40), { missing: [], set: 'shortened' }, true],
    ] as const) {
      const art = spec('card', { extent, text });
      assert.deepEqual((await drawArt(art, never)).text, report, text);
      assert.equal((await hash(art)) !== plain, drawn, text);
    }
    assert.deepEqual((await drawArt(spec('card', { extent: { width: 12, height: 12 }, text: 'Hello 🚀' }), never)).text, { missing: [], set: 'none' });
    assert.equal((await drawArt(spec('card', { extent }), never)).text, undefined);
  });

  it('draws the glyph that the spec names, and one of its own for a strange name', async () => {
    const heart = await hash(spec('icon', { glyph: 'heart' }));
    assert.notEqual(heart, await hash(spec('icon', { glyph: 'bolt' })));
    assert.equal(await hash(spec('icon', { glyph: 'toString' })), await hash(spec('icon')));
  });

  it('stops where the checkpoint throws', async () => {
    let calls = 0;
    const cancel = (): void => {
      if (++calls === 3) throw new ImageError('cancelled', 'Cancelled.');
    };
    await assert.rejects(drawArt(spec('tiles', { extent: { width: 512, height: 2048 } }), cancel), { reason: 'cancelled' });
    assert.equal(calls, 3);
  });

  it('refuses what can not be drawn', async () => {
    await assert.rejects(drawArt(spec('tiles', { extent: { width: 0, height: 5 } }), never), { reason: 'bad-argument' });
    await assert.rejects(drawArt(spec('tiles', { extent: { width: 1.5, height: 5 } }), never), { reason: 'bad-argument' });
    await assert.rejects(drawArt(spec('tiles', { extent: { width: 20_000, height: 20_000 } }), never), { reason: 'too-large' });
    await assert.rejects(drawArt(spec('tiles', { palette: [0] }), never), { reason: 'bad-argument' });
    await assert.rejects(drawArt(spec('mountains', { sky: [0] }), never), { reason: 'bad-argument' });
    await assert.rejects(drawArt(spec('constructor' as MotifName), never), { reason: 'bad-argument' });
    await assert.rejects(drawArt(spec('tiles', { seed: NaN }), never), { reason: 'bad-argument' });
  });
});
