import fs from 'node:fs';
import Mocha from 'mocha';
import type { Counts } from './counts';

/** Mocha's `spec` reporter, which also leaves the counts in the file that the environment's `EASEL_TEST_COUNTS` names, so that suites can be added up. */
class CountsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env['EASEL_TEST_COUNTS'];
    if (!file) return;
    // After each test, so that a run that never ends has its counts, too.
    const write = (): void => {
      const counts: Counts = { passed: this.stats.passes, failed: this.stats.failures, skipped: this.stats.pending };
      fs.writeFileSync(file, JSON.stringify(counts));
    };
    runner.on('test end', write).on('end', write);
  }
}

// Mocha loads a reporter by path and takes what the module is.
export = CountsReporter;
