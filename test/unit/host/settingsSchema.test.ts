import assert from 'node:assert/strict';
import { checkSettings } from '../../../src/host/settingsSchema';

function read(values: Readonly<Record<string, unknown>>): ReturnType<typeof checkSettings> {
  return checkSettings((key) => values[key]);
}

describe('checkSettings', () => {
  it('takes what is right', () => {
    const settings = read({ engine: 'openai', 'openai.quality': 'low', 'budget.monthlyUsd': 0, 'output.folder': '', purposes: { team: { width: 10, height: 20 } } });
    assert.equal(settings.engine, 'openai');
    assert.equal(settings.quality, 'low');
    assert.equal(settings.monthlyUsd, 0);
    assert.equal(settings.outputFolder, '');
    assert.deepEqual(settings.purposes, [{ id: 'team', label: 'team', width: 10, height: 20 }]);
  });

  it('falls back where a value is wrong, so that no budget is opened by a mistake', () => {
    const settings = read({ engine: 'dalle', 'budget.monthlyUsd': 'lots', 'budget.perCallUsd': Infinity, 'openai.baseUrl': '', 'recipe.embed': 'yes', prices: [] });
    assert.equal(settings.engine, 'auto');
    assert.equal(settings.monthlyUsd, 20);
    assert.equal(settings.perCallUsd, 1);
    assert.equal(settings.baseUrl, 'https://api.openai.com/v1');
    assert.equal(settings.embedRecipe, true);
    assert.deepEqual(settings.prices, {});
    assert.equal(read({ 'budget.monthlyUsd': -1 }).monthlyUsd, 20);
  });
});
