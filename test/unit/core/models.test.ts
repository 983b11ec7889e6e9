import assert from 'node:assert/strict';
import { daysLeft, isEnding, MODELS, offeredModels } from '../../../src/core/models';

describe('models', () => {
  it('are those of the server that draw, with the day they end, and the one in use', () => {
    const served = [{ id: 'gpt-5' }, { id: 'gpt-image-1.5' }, { id: 'gpt-image-9', endsOn: '2030-01-01' }];
    assert.deepEqual(offeredModels('mine', served), [{ id: 'mine' }, { id: 'gpt-image-1.5', endsOn: '2026-12-01' }, { id: 'gpt-image-9', endsOn: '2030-01-01' }]);
    assert.deepEqual(offeredModels('a', [{ id: 'a' }]).map(({ id }) => id), ['a']);
    assert.deepEqual(offeredModels(MODELS[0]?.id ?? '', undefined).map(({ id }) => id), MODELS.map(({ id }) => id));
  });

  it('have days left', () => {
    assert.equal(daysLeft('2026-12-01', Date.UTC(2026, 10, 22, 12)), 9);
    assert.equal(daysLeft('2026-12-01', Date.UTC(2026, 11, 1)), 0);
    assert.ok(daysLeft('2026-12-01', Date.UTC(2026, 11, 3)) < 0);
    assert.deepEqual([-1, 30, 31].map((days) => isEnding('2026-12-31', Date.UTC(2026, 11, 31 - days))), [true, true, false]);
  });
});
