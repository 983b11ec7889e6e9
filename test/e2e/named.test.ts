import { keepNamed } from '../support/story';

// Of the whole room, since it stands outside of every `describe`.
before('keep the tests that are looked for', function () {
  const words = process.env['EASEL_TEST_GREP'];
  if (words !== undefined && this.test?.parent) keepNamed(this.test.parent, new RegExp(words));
});
