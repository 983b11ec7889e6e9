import assert from 'node:assert/strict';
import { costWords, paidWords } from '../../src/host/words';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { bytesOf, configure, easel, inWorkspace, one, refused, remove, unconfigure } from './easel';

describe('the ledger', () => {
  let server: ImagesServer;
  before(async () => {
    server = await startImagesServer();
    await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
    await easel('setApiKey', { key: server.key });
  });
  after(async () => {
    await easel('clearApiKey', {});
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality', 'openai.model');
    await remove('images');
    await remove('costs');
    await server.close();
  });

  it('is exported as CSV into a new file, with a line for each request', async () => {
    const before = await lines('costs/before.csv');
    await easel('generate', { prompt: 'a fox', width: 1024, height: 1024 });
    const after = await lines('costs/after.csv');
    assert.equal(before[0], 'time,day,operation,model,usd,basis,prices');
    assert.equal(after.length, before.length + 1);
    assert.match(after.at(-1) ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z,\d{4}-\d\d-\d\d,generate,gpt-image-2\.6-sunburst,0\.\d+,actual,\d{4}-\d\d-\d\d$/);
    const again = one(await easel('exportLedger', inWorkspace('costs/after.csv'), {}));
    assert.equal(again.path.split('/').pop(), 'after-2.csv');
    await refused('bad-argument', 'exportLedger', {});
  });

  it('has no sum, and not zero, where nobody knows what a model costs', async () => {
    const local = await startImagesServer({ profile: 'sd-server' });
    try {
      await configure({ engine: 'openai', 'openai.baseUrl': local.url, 'openai.model': 'sd-cpp-local' });
      await easel('generate', { prompt: 'a fox', width: 256, height: 256 });
      assert.match((await lines('costs/unknown.csv')).at(-1) ?? '', /,generate,sd-cpp-local,,estimate,$/);
      assert.deepEqual([costWords(undefined, true), paidWords(undefined, true), costWords(0.2, true)], ['cost unknown', 'cost unknown', 'about $0.20']);
    } finally {
      await configure({ engine: 'auto', 'openai.baseUrl': server.url });
      await local.close();
    }
  });

  async function lines(name: string): Promise<string[]> {
    const file = one(await easel('exportLedger', inWorkspace(name), {}));
    return (await bytesOf(file)).toString('utf8').trimEnd().split('\r\n');
  }
});
