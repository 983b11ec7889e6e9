import assert from 'node:assert/strict';
import type { Letter } from '../../../../src/pixels/art/text/outline';
import { lettersOf, missingIn } from '../../../../src/pixels/art/text/outline';
import type { Segment } from '../../../../src/pixels/art/text/penPath';

/** Half the pen's width, in font units. */
const PEN = 7.6;

const BASIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ALPHABETS = {
  German: `${BASIC}ÄÖÜäöüß`,
  French: `${BASIC}ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸàâæçèéêëîïôœùûüÿ`,
  Spanish: `${BASIC}ÁÉÍÑÓÚÜáéíñóúüªº`,
  Portuguese: `${BASIC}ÁÂÃÀÇÉÊÍÓÔÕÚáâãàçéêíóôõú`,
  Nordic: `${BASIC}ÅÄÖÆØåäöæøČĐŊŠŽčđŋšž`,
  'Icelandic and Faroese': `${BASIC}ÁÐÉÍÓÚÝÞÆØÖáðéíóúýþæøö`,
  Polish: `${BASIC}ĄĆĘŁŃÓŚŹŻąćęłńóśźż`,
  'Czech and Slovak': `${BASIC}ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽÄĹĽÔŔáčďéěíňóřšťúůýžäĺľôŕ`,
  Hungarian: `${BASIC}ÁÉÍÓÖŐÚÜŰáéíóöőúüű`,
  'Turkish and Azerbaijani': `${BASIC}ÇĞİıÖŞÜçğöşüƏə`,
  Romanian: `${BASIC}ĂÂÎȘȚăâîșț`,
  'Croatian and Maltese': `${BASIC}ČĆĐŠŽčćđšžĊĠĦŻċġħż`,
  Baltic: `${BASIC}ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūžĄĘĖĮŲąęėįųÕõ`,
  Esperanto: `${BASIC}ĈĜĤĴŜŬĉĝĥĵŝŭ`,
  Vietnamese: `${BASIC}ĂÂĐÊÔƠƯăâđêôơưÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ`,
  Russian: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  Ukrainian: 'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  Belarusian: 'АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЬЭЮЯабвгдеёжзійклмнопрстуўфхцчшыьэюя',
  Bulgarian: 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯѝабвгдежзийклмнопрстуфхцчшщъьюя',
  'Serbian and Macedonian': 'АБВГДЂЃЅЕЖЗИЈКЌЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђѓѕежзијкќлљмнњопрстћуфхцчџш',
  Greek: 'ΑΆΒΓΔΕΈΖΗΉΘΙΊΪΚΛΜΝΞΟΌΠΡΣΤΥΎΫΦΧΨΩΏαάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ',
  signs: ' .,:;!?¡¿…-–—_()[]{}/\\|\'"„«»‹›+±−×÷=<>~^`*#%&@§©®™°²³№$€£¥¢₽₴₺₹←→•',
} as const satisfies Record<string, string>;

/** What touches its letter because it belongs to it: horn, cedilla, ogonek. */
const ATTACHED = /[\u031b\u0327\u0328]/;

function one(character: string): Letter {
  const [letter, ...more] = lettersOf(character);
  assert.ok(letter && more.length === 0, `${character} is not one letter`);
  return letter;
}

/** Points along pen lines, at most 3 units apart: x, y, x, y … */
function pointsOn(segments: readonly Segment[]): number[] {
  const points: number[] = [];
  for (const { ax, ay, bx, by } of segments) {
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / 3) || 1;
    for (let i = 0; i <= steps; i++) points.push(ax + ((bx - ax) * i) / steps, ay + ((by - ay) * i) / steps);
  }
  return points;
}

/** The least distance of two groups of pen lines, from centre line to centre line. */
function distance(some: readonly Segment[], others: readonly Segment[]): number {
  const [near, far] = [pointsOn(some), pointsOn(others)];
  let least = Infinity;
  for (let i = 0; i < near.length; i += 2) {
    for (let j = 0; j < far.length; j += 2) least = Math.min(least, ((near[i] ?? 0) - (far[j] ?? 0)) ** 2 + ((near[i + 1] ?? 0) - (far[j + 1] ?? 0)) ** 2);
  }
  return Math.sqrt(least);
}

describe('the font', () => {
  for (const [name, alphabet] of Object.entries(ALPHABETS)) {
    it(`draws all of ${name}, each letter as one of its own`, () => {
      assert.deepEqual(missingIn(alphabet), []);
      const drawings = new Map<string, string>();
      for (const character of alphabet.replace(/[…\s]/g, '')) {
        const { segments } = one(character);
        assert.ok(segments.length > 0, `${character} has no ink`);
        for (const { ax, ay, bx, by } of segments) for (const value of [ax, ay, bx, by]) assert.ok(Math.abs(value) < 200, `${character}: ${value}`);
        // A minus is a dash.
        if (character === '−') continue;
        const drawing = JSON.stringify(segments);
        assert.equal(drawings.get(drawing), undefined, `${character} looks like ${drawings.get(drawing) ?? ''}`);
        drawings.set(drawing, character);
      }
    });
  }

  it('draws every printable ASCII character', () => {
    assert.deepEqual(missingIn(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')), []);
  });

  it('keeps marks clear of their letters and of one another', () => {
    for (const character of new Set(Object.values(ALPHABETS).join('').normalize('NFC'))) {
      const parts = [...character.normalize('NFD')];
      const marks = parts.slice(1);
      if (marks.length === 0) continue;
      const { segments } = one(character);
      // Of a letter with two marks, the one with the first of them.
      for (let known = 1; known < parts.length; known++) {
        const added = parts[known] ?? '';
        const before = one(parts.slice(0, known).join('')).segments.filter(({ pen }) => known > 1 || !'ij'.includes(parts[0] ?? '') || pen === 1 || ATTACHED.test(added) || added === '\u0323');
        const after = one(parts.slice(0, known + 1).join('')).segments;
        const mark = after.slice(before.length);
        assert.ok(mark.length > 0 && after.length <= segments.length, `${character} lost a mark`);
        const clear = ATTACHED.test(added) ? Infinity : distance(before, mark);
        assert.ok(clear > 2 * PEN + 1.5, `${character}: ${clear}`);
      }
    }
  });

  it('takes no room for marks over a letter, and room for what stands beside it', () => {
    for (const character of 'éÄůйёΐ') assert.equal(one(character).right, one([...character.normalize('NFD')][0] ?? '').right, character);
    assert.ok(one('ď').right > one('d').right + 15 && one('ơ').right > one('o').right);
    assert.ok(one('Ή').left < one('H').left - 15, 'the tonos stands before a Greek capital');
    assert.equal(one('É').left, one('E').left);
  });

  it('draws what looks alike once, across scripts', () => {
    assert.deepEqual(lettersOf('ТОМ'), lettersOf('TOM'));
    assert.deepEqual(lettersOf('ΡΟΖ'), lettersOf('POZ'));
    assert.deepEqual(lettersOf('ﬁＡ１'), lettersOf('fiA1'));
    assert.notDeepEqual(lettersOf('Ил'), lettersOf('Nл'));
  });

  it('says what it can’t draw: characters as a person sees them, each once, and no invisible ones', () => {
    assert.deepEqual(missingIn('漢字 and 漢'), ['漢', '字']);
    assert.deepEqual(missingIn('한국, שלום'), ['한', '국', 'ש', 'ל', 'ו', 'ם']);
    assert.deepEqual(missingIn('Go 👩‍💻🇩🇪👍🏽❤️!'), ['👩‍💻', '🇩🇪', '👍🏽', '❤️']);
    assert.deepEqual(missingIn('नि ᾳ'), ['नि', 'ᾳ']);
    assert.deepEqual(missingIn('soft\u00adhyphen\u200b\ufeff\u0007 ©\ufe0f\ud800'), []);
    assert.equal(lettersOf('漢a字').length, 1);
  });
});
