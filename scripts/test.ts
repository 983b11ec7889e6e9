import { addCounts, type Counts } from '../test/support/counts';
import { installChromium } from '../test/support/vscode/chromium';
import { hasCodeServer, installCodeServer } from '../test/support/vscode/codeServer';
import { npmCommand, run } from '../test/support/vscode/processes';
import { ROOT } from '../test/support/vscode/root';
import { packageExtension } from '../test/support/vscode/packaged';
import { e2eSuite, faultsSuite, hostSuite, packageSuite, unitSuite } from './suites';
import { type Outcome, summarize } from './summary';

/** `npm test`: types, lint, unit, faults, package, host and browser tests, each to its end whatever the others say. */
export async function main(): Promise<number> {
  // What must be fetched comes while types, lint and unit tests run. Its failure is told by the suites that need it.
  const fetched = Promise.allSettled(hasCodeServer() ? [installCodeServer(console.log), installChromium(console.log)] : []);
  const outcomes: Outcome[] = [
    await check('types', 'check:types'),
    await check('lint', 'check:lint'),
    await suite('unit', () => unitSuite()),
    await suite('faults', () => faultsSuite('short')),
    await suite('package', async () => {
      await packageExtension();
      return packageSuite();
    }),
  ];
  await fetched;
  outcomes.push(await suite('host', async () => (await hostSuite()).reduce(addCounts)), await suite('browser', () => e2eSuite()));
  return summarize(outcomes);
}

/** Runs an npm script that is right or wrong as a whole; shows what it says only where it is wrong. */
async function check(name: string, script: string): Promise<Outcome> {
  const start = Date.now();
  const { code, output } = await run(...npmCommand(['run', '--silent', script]), { cwd: ROOT });
  if (code !== 0) console.log(output);
  console.log(`${name}: ${code === 0 ? 'ok' : 'FAILED'}`);
  return { name, seconds: (Date.now() - start) / 1000, counts: { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }, isCheck: true };
}

async function suite(name: string, tests: () => Promise<Counts>): Promise<Outcome> {
  console.log(`\n${name} tests…`);
  const start = Date.now();
  const counts = await tests().catch((error: unknown): Counts => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  return { name, seconds: (Date.now() - start) / 1000, counts, isCheck: false };
}
