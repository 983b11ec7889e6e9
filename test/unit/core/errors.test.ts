import assert from 'node:assert/strict';
import { ImageError, toImageError } from '../../../src/core/errors';

describe('ImageError', () => {
  it('is known from another bundle, which has a class of its own', () => {
    const theirs = Object.assign(new Error('Refused.'), { reason: 'refused-by-safety', files: [] });
    assert.equal(toImageError(theirs, 'bad-answer').reason, 'bad-answer');
    Object.defineProperty(theirs, Symbol.for('easel.ImageError'), { value: true });
    assert.ok(theirs instanceof ImageError);
    assert.equal(toImageError(theirs, 'bad-answer').reason, 'refused-by-safety');
  });

  it('keeps everything when it learns of files', () => {
    const error = new ImageError('network', 'Gone.', { requestId: 'r1', httpStatus: 502, retryAfterSeconds: 3, cause: new Error('reset') }).withFiles(['file:///a.png']);
    assert.deepEqual([error.reason, error.message, error.requestId, error.httpStatus, error.retryAfterSeconds, error.files], ['network', 'Gone.', 'r1', 502, 3, ['file:///a.png']]);
    assert.ok(error.cause instanceof Error);
  });

  it('takes an abort for a cancel', () => {
    assert.equal(toImageError(new DOMException('stop', 'AbortError'), 'network').reason, 'cancelled');
  });
});
