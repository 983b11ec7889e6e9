import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { sumKnownUsd, sumUsd } from '../../../src/core/money';
import { checkBudget, reserveBudget, type Budget } from '../../../src/jobs/budget';
import { Lease } from '../../../src/jobs/lease';
import { Ledger } from '../../../src/jobs/ledger';
import { formatLedgerCsv } from '../../../src/jobs/ledgerCsv';
import type { LedgerEntry } from '../../../src/jobs/ledgerLines';
import { spendingByDay, spendingByMonth } from '../../../src/jobs/spending';
import { createStorage } from '../../../src/node/storage';
import { FixedClock, MemoryStorage } from '../../support/memory';

const BUDGET: Budget = { monthlyUsd: 2, perCallUsd: 1, allowUnknown: false };
const REQUEST = { operation: 'generate', model: 'm', prices: '2026-11-22' } as const;
const overBudget = { name: 'ImageError', reason: 'over-budget' };

describe('Ledger and budget', () => {
  let clock: FixedClock;
  let storage: MemoryStorage;
  let ledger: Ledger;

  /** The ledger of another window on the same storage. */
  const windowNamed = (session: string): Ledger => new Ledger(storage, clock, new Lease(storage, clock, session));
  const pay = async (usd: number): Promise<void> => ledger.settle(await ledger.sent('job', { ...REQUEST, usd }), { basis: 'actual', usd });

  beforeEach(() => {
    clock = new FixedClock();
    storage = new MemoryStorage();
    ledger = windowNamed('mine');
  });

  it('sums this month alone', async () => {
    clock.time = new Date(2026, 9, 31, 23).getTime();
    await pay(5);
    clock.time = new Date(2026, 10, 1, 1).getTime();
    await pay(0.25);
    await ledger.sent('job', { ...REQUEST, usd: undefined });
    assert.equal(await ledger.taken(), 0.25);
    assert.equal((await ledger.list()).length, 3);
    assert.equal((await ledger.thisMonth()).length, 2);
  });

  it('takes a request for billed until it is known what became of it', async () => {
    const id = await ledger.sent('job', { ...REQUEST, usd: 0.5 });
    assert.deepEqual((await ledger.list()).map(({ usd, basis }) => [usd, basis]), [[0.5, 'maybe']]);
    await ledger.settle(id, { basis: 'actual', usd: 0.4 });
    assert.deepEqual((await ledger.list()).map(({ usd, basis }) => [usd, basis]), [[0.4, 'actual']]);
    await ledger.settle(await ledger.sent('job', { ...REQUEST, usd: 0.5 }), { basis: 'none' });
    assert.equal(await ledger.taken(), 0.4);
  });

  it('reads the lines of earlier versions and passes over what it cannot read', async () => {
    await storage.append('ledger.jsonl', '{"at":1,"operation":"generate","model":"m","usd":0.1,"basis":"actual"}');
    await storage.append('ledger.jsonl', '{"at":1,"operation":"generate","model":"m","usd":0.2,"basis":"maybe"}');
    for (const line of ['', '{"at":', 'null', '7', '{"usd":-1,"basis":"actual","at":1,"operation":"generate","model":"m"}', '{"basis":"gift"}', '[]']) await storage.append('ledger.jsonl', line);
    assert.deepEqual((await ledger.list()).map(({ usd }) => usd), [0.1, 0.2]);
  });

  it('refuses a call above its own limit', async () => {
    await assert.rejects(reserveBudget('a', 1.01, BUDGET, ledger), overBudget);
    await reserveBudget('b', 1, BUDGET, ledger);
  });

  it('refuses what would pass the month, counting jobs that still run', async () => {
    await pay(0.5);
    const giveBack = await reserveBudget('a', 1, BUDGET, ledger);
    await assert.rejects(reserveBudget('b', 0.6, BUDGET, ledger), overBudget);
    await assert.rejects(checkBudget(0.6, BUDGET, ledger), overBudget);
    await checkBudget(0.5, BUDGET, ledger);
    await giveBack();
    assert.equal(await ledger.taken(), 0.5);
    await reserveBudget('b', 0.6, BUDGET, ledger);
  });

  it('counts what a running job has paid out of what was set aside for it', async () => {
    await reserveBudget('job', 1, BUDGET, ledger);
    await pay(0.4);
    assert.equal(await ledger.taken(), 1);
    await pay(0.7);
    assert.equal(await ledger.taken(), 1.1);
  });

  it('counts what another window has set aside, until it is dead', async () => {
    const other = new Lease(storage, clock, 'other');
    (await other.hold())();
    await reserveBudget('a', 1, { ...BUDGET, monthlyUsd: 1.5 }, new Ledger(storage, clock, other));
    await assert.rejects(reserveBudget('b', 1, { ...BUDGET, monthlyUsd: 1.5 }, ledger), overBudget);
    clock.time += 31_000;
    await reserveBudget('b', 1, { ...BUDGET, monthlyUsd: 1.5 }, ledger);
  });

  it('lets exactly as many windows draw at the same moment as the month can pay', async () => {
    const windows = Array.from({ length: 8 }, (_, index) => new Lease(storage, clock, `window-${index}`));
    for (const lease of windows) await lease.renew();
    const asked = windows.map((lease, index) => reserveBudget(`job-${index}`, 0.5, BUDGET, new Ledger(storage, clock, lease)));
    const granted = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled').length;
    assert.ok(granted >= 1 && granted <= 4, `${granted} of 4`);
    assert.equal(await ledger.taken(), granted * 0.5);
  });

  it('lets a person, but no caller, spend what nobody can price', async () => {
    await assert.rejects(reserveBudget('a', undefined, BUDGET, ledger), overBudget);
    await reserveBudget('a', undefined, { ...BUDGET, allowUnknown: true }, ledger);
  });

  it('lets what is free through with the budget used up', async () => {
    await pay(3);
    await reserveBudget('a', 0, BUDGET, ledger);
    await assert.rejects(reserveBudget('b', 0.01, BUDGET, ledger), overBudget);
  });

  it('spends a budget to its last cent', async () => {
    for (let n = 0; n < 19; n += 1) await pay(0.1);
    await reserveBudget('a', 0.1, BUDGET, ledger);
    await ledger.release('a');
    await pay(0.1);
    await assert.rejects(reserveBudget('b', 0.000_001, BUDGET, ledger), overBudget);
  });

  it('loses no line of two windows that write at once, nor the line after one that broke off', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'easel-ledger-'));
    try {
      const file = path.join(folder, 'ledger.jsonl');
      const ledgers = ['a', 'b'].map((session) => {
        const disk = createStorage(folder);
        return new Ledger(disk, clock, new Lease(disk, clock, session));
      });
      await Promise.all(ledgers.flatMap((one) => Array.from({ length: 60 }, () => one.sent('job', { ...REQUEST, usd: 0.01 }))));
      assert.equal((await ledger.list()).length, 0);
      assert.equal((await ledgers[0]?.list())?.length, 120);
      await fs.appendFile(file, '{"at":1795350000000,"id":"x","oper');
      await ledgers[1]?.sent('job', { ...REQUEST, usd: 0.01 });
      assert.equal(await ledgers[0]?.taken(), 1.21);
    } finally {
      await fs.rm(folder, { recursive: true });
    }
  });
});

describe('Sums of money', () => {
  it('are exact, in any order', () => {
    assert.equal(sumUsd(Array.from({ length: 10 }, () => 0.1)), 1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 })), (micros) => {
        const amounts = micros.map((micro) => micro / 1e6);
        assert.equal(sumUsd(amounts), sumUsd(amounts.toReversed()));
        assert.equal(sumUsd(amounts), Math.round(micros.reduce((sum, micro) => sum + micro, 0) * 1e3) / 1e9);
      }),
    );
  });

  it('are not known where a part is not', () => {
    assert.equal(sumKnownUsd([0.1, undefined]), undefined);
    assert.equal(sumKnownUsd([0.1, 0.2]), 0.3);
    assert.equal(sumKnownUsd([]), 0);
  });
});

describe('Spending', () => {
  const entry = (at: Date, change: Partial<LedgerEntry> = {}): LedgerEntry => ({ ...REQUEST, at: at.getTime(), usd: 0.1, basis: 'actual', job: 'j', ...change });

  it('is summed by local day and month, newest first', () => {
    const entries = [entry(new Date(2026, 9, 31, 23, 59)), entry(new Date(2026, 10, 1, 0, 0)), entry(new Date(2026, 10, 1, 23, 59), { usd: 0.2, basis: 'estimate' }), entry(new Date(2026, 10, 2), { usd: undefined })];
    assert.deepEqual(spendingByDay(entries), [
      { period: '2026-11-02', requests: 1, usd: 0, unknown: 1, exact: true },
      { period: '2026-11-01', requests: 2, usd: 0.3, unknown: 0, exact: false },
      { period: '2026-10-31', requests: 1, usd: 0.1, unknown: 0, exact: true },
    ]);
    assert.deepEqual(spendingByMonth(entries).map(({ period, usd, unknown }) => [period, usd, unknown]), [['2026-11', 0.3, 1], ['2026-10', 0.1, 0]]);
  });

  it('goes into a CSV that a spreadsheet reads as text and numbers', () => {
    const at = new Date(2026, 10, 1, 12);
    const csv = formatLedgerCsv([entry(at, { usd: 5e-7 }), entry(at, { model: '=cmd|"x",1', usd: undefined, basis: 'maybe', prices: undefined }), entry(at, { usd: 100 })]);
    const time = at.toISOString();
    assert.equal(
      csv,
      ['time,day,operation,model,usd,basis,prices', `${time},2026-11-01,generate,m,0.0000005,actual,2026-11-22`, `${time},2026-11-01,generate,"'=cmd|""x"",1",,maybe,`, `${time},2026-11-01,generate,m,100,actual,2026-11-22`, ''].join('\r\n'),
    );
  });
});
