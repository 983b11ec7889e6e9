import assert from 'node:assert/strict';
import { ImageError } from '../../../src/core/errors';
import { checkOptions, EDIT_OPTIONS, GENERATE_OPTIONS, KEY_OPTIONS, optionKeys, WIDEN_OPTIONS } from '../../../src/host/commands/options';

function refused(check: () => unknown): ImageError {
  try {
    check();
  } catch (error) {
    assert.ok(error instanceof ImageError);
    assert.equal(error.reason, 'bad-argument');
    return error;
  }
  return assert.fail('It was accepted.');
}

describe('options of callers', () => {
  it('are those of the contract', () => {
    assert.deepEqual(optionKeys(GENERATE_OPTIONS), ['prompt', 'width', 'height', 'purpose', 'anchor', 'transparent', 'count', 'folder', 'fileName', 'format', 'seed']);
    assert.deepEqual(checkOptions(GENERATE_OPTIONS, { prompt: 'x', count: 10, format: 'jpeg' }), { prompt: 'x', count: 10, format: 'jpeg' });
    assert.deepEqual(checkOptions(WIDEN_OPTIONS, { ratio: '21:9', anchor: { x: 0, y: 1 } }), { ratio: '21:9', anchor: { x: 0, y: 1 } });
  });

  it('name what is wrong', () => {
    for (const options of [{ count: 0 }, { count: 11 }, { count: 1.5 }, { count: '1' }]) assert.match(refused(() => checkOptions(GENERATE_OPTIONS, options)).message, /"count"/);
    assert.match(refused(() => checkOptions(EDIT_OPTIONS, { region: { x: 0.5, y: 0, width: 1, height: 1 } })).message, /"region\.x"/);
    assert.match(refused(() => checkOptions(EDIT_OPTIONS, { region: { x: -1, y: 0, width: 1, height: 1 } })).message, /"region\.x"/);
    assert.match(refused(() => checkOptions(WIDEN_OPTIONS, { anchor: 'middle' })).message, /"anchor"/);
    assert.match(refused(() => checkOptions(GENERATE_OPTIONS, { prompt: 'x', promt: 'y' })).message, /"promt"/);
  });

  it('never repeat a value, which may be a key', () => {
    assert.doesNotMatch(refused(() => checkOptions(KEY_OPTIONS, { key: ['sk-secret'] })).message, /secret/);
    assert.doesNotMatch(refused(() => checkOptions(KEY_OPTIONS, { key: 'sk-secret', other: 'sk-other' })).message, /secret|sk-other/);
  });
});
