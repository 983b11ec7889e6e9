import assert from 'node:assert/strict';
import { withTyped, type Choice } from '../../../src/host/dialogue/typedChoices';

const CHOICES: readonly Choice<number>[] = [{ label: 'Square', description: '1024x1024', value: 1 }, { label: 'Instagram story', value: 2 }];
const read = (text: string): Choice<number> | string => (/^\d+$/.test(text) ? { label: text, value: Number(text) } : 'Type a number.');
const labels = (text: string): string[] => withTyped(CHOICES, text, read).map(({ label }) => label);

describe('a list in which one may type', () => {
  it('begins with what was typed where that means something', () => {
    assert.deepEqual(labels(' 7 '), ['7', 'Square', 'Instagram story']);
  });

  it('is left alone while something in it has what was typed', () => {
    assert.deepEqual([labels(''), labels('squ'), labels('gram s'), labels('24x')], Array.from({ length: 4 }, () => ['Square', 'Instagram story']));
  });

  it('says why what was typed means nothing, by an entry that cannot be chosen', () => {
    const list = withTyped(CHOICES, '0x0', read);
    assert.deepEqual(list.at(-1), { label: '$(info) Type a number.', alwaysShow: true });
  });
});
