import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainMarkdown } from '../../../src/core/plainMarkdown';

describe('plainMarkdown', () => {
  it('escapes every mark that Markdown, HTML or a link could begin with', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('[x](command:y)', '<img onerror=x>', '&lt;', 'https://a.b', '# a\n- b', '`c`', 'a  b')), (text) => {
        const escaped = plainMarkdown(text);
        assert.equal(escaped.replace(/\\([!-/:-@[-`{-~])/g, ''), text.replace(/\s+/g, ' ').trim().replace(/[!-/:-@[-`{-~]/g, ''));
        assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~\n]/);
      }),
    );
  });
});
