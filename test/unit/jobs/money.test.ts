import assert from 'node:assert/strict';
import { reserveBudget, type Budget } from '../../../src/jobs/budget';
import { Ledger } from '../../../src/jobs/ledger';
import { FixedClock, MemoryStorage } from '../../support/memory';

const BUDGET: Budget = { monthlyUsd: 2, perCallUsd: 1, allowUnknown: false };
const overBudget = { name: 'ImageError', reason: 'over-budget' };

describe('Ledger and budget', () => {
  let clock: FixedClock;
  let ledger: Ledger;

  beforeEach(() => {
    clock = new FixedClock();
    ledger = new Ledger(new MemoryStorage(), clock);
  });

  it('sums this month alone', async () => {
    clock.time = new Date(2026, 9, 31, 23).getTime();
    await ledger.record({ operation: 'generate', model: 'm', usd: 5, basis: 'actual' });
    clock.time = new Date(2026, 10, 1, 1).getTime();
    await ledger.record({ operation: 'generate', model: 'm', usd: 0.25, basis: 'actual' });
    await ledger.record({ operation: 'generate', model: 'm', basis: 'maybe' });
    assert.equal(await ledger.spentThisMonth(), 0.25);
    assert.equal((await ledger.list()).length, 3);
  });

  it('refuses a call above its own limit', async () => {
    await assert.rejects(reserveBudget(1.01, BUDGET, ledger), overBudget);
    await reserveBudget(1, BUDGET, ledger);
  });

  it('refuses what would pass the month, counting jobs that still run', async () => {
    await ledger.record({ operation: 'generate', model: 'm', usd: 0.5, basis: 'actual' });
    const giveBack = await reserveBudget(1, BUDGET, ledger);
    await assert.rejects(reserveBudget(0.6, BUDGET, ledger), overBudget);
    giveBack();
    giveBack();
    assert.equal(await ledger.spentThisMonth(), 0.5);
    await reserveBudget(0.6, BUDGET, ledger);
  });

  it('lets a person, but no caller, spend what nobody can price', async () => {
    await assert.rejects(reserveBudget(undefined, BUDGET, ledger), overBudget);
    await reserveBudget(undefined, { ...BUDGET, allowUnknown: true }, ledger);
  });

  it('lets what is free through with the budget used up', async () => {
    await ledger.record({ operation: 'generate', model: 'm', usd: 3, basis: 'actual' });
    await reserveBudget(0, BUDGET, ledger);
    await assert.rejects(reserveBudget(0.01, BUDGET, ledger), overBudget);
  });
});
