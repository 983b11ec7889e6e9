import assert from 'node:assert/strict';
import Mocha from 'mocha';
import { keepNamed } from '../../support/story';

describe('a run of the tests that words name', () => {
  const left = (words: RegExp): string[] => {
    const root = new Mocha.Suite('');
    root.root = true;
    for (const [title, isStory] of [['apart', false], ['a story', true]] as const) {
      const suite = Mocha.Suite.create(root, title);
      for (const name of ['one', 'two', 'three']) suite.addTest(new Mocha.Test(name));
      if (isStory) Object.assign(suite, { [Symbol.for('easel.story')]: true });
    }
    keepNamed(root, words);
    return root.suites.flatMap(({ tests }) => tests.map((test) => test.fullTitle()));
  };

  it('takes what leads up to them in a story, and nothing else elsewhere', () => {
    assert.deepEqual(left(/two/), ['apart two', 'a story one', 'a story two']);
    assert.deepEqual(left(/story/), ['a story one', 'a story two', 'a story three']);
    assert.deepEqual(left(/nobody/), []);
  });
});
