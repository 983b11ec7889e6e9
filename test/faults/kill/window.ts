import { Candidates } from '../../../src/jobs/candidates';
import { History } from '../../../src/jobs/history';
import type { JobServices } from '../../../src/jobs/job';
import { Lease } from '../../../src/jobs/lease';
import { Ledger } from '../../../src/jobs/ledger';
import { Outbox } from '../../../src/jobs/outbox';
import { Pacer } from '../../../src/jobs/pacer';
import { createStorage } from '../../../src/node/storage';
import { nodeZlib } from '../../../src/node/zlib';
import type { PixelClient } from '../../../src/pixels/client';
import { RecipeWriter } from '../../../src/pixels/png/recipeWriter';
import { MemoryLog } from '../../support/memory';
import { nodeFiles } from '../../support/nodeFiles';

/** The folders of one try. */
export interface Place {
  readonly session: string;
  readonly workspace: string;
  readonly storage: string;
  /** Where a body is noted by the test as soon as it has arrived. */
  readonly arrived: string;
}

/** What a window works with, on a disk that others have used before; `ahead` milliseconds after the present. */
export function servicesOn({ storage }: Pick<Place, 'storage'>, pixels: PixelClient, session: string, ahead = 0): JobServices {
  const disk = createStorage(storage);
  const clock = { now: () => Date.now() + ahead };
  const lease = new Lease(disk, clock, session);
  return {
    pixels,
    files: nodeFiles,
    outbox: new Outbox(disk, clock, lease),
    history: new History(disk),
    candidates: new Candidates(disk, clock),
    ledger: new Ledger(disk, clock, lease),
    lease,
    recipeFilter: (recipe) => new RecipeWriter(recipe, nodeZlib.crc32),
    pacer: new Pacer((milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds))),
    clock,
    log: new MemoryLog(),
  };
}
