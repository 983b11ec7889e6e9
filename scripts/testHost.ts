import { addCounts } from '../test/support/counts';
import { npmCommand, runOrThrow } from '../test/support/vscode/processes';
import { ROOT } from '../test/support/vscode/root';
import { hostSuite } from './suites';

/** `npm run test:host [-- --grep words]`: builds, then runs the tests in the extension host. */
export async function main(args: readonly string[]): Promise<number> {
  await runOrThrow(...npmCommand(['run', 'build']), { cwd: ROOT });
  const { failed } = (await hostSuite(args)).reduce(addCounts);
  return failed === 0 ? 0 : 1;
}
