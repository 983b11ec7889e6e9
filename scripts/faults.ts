import { packageExtension } from '../test/support/vscode/packaged';
import { faultsSuite, killsSuite } from './suites';

/**
 * `npm run faults [-- --grep words | -- kills]`: everything that can go wrong, at every point; `npm test` does the same in a short form. `kills` are those in a real workbench,
 * which are left out where words choose tests.
 */
export async function main(args: readonly string[]): Promise<number> {
  const onlyKills = args[0] === 'kills';
  const inNode = onlyKills ? 0 : (await faultsSuite('full', args)).failed;
  if (args.length > 0 && !onlyKills) return inNode === 0 ? 0 : 1;
  await packageExtension();
  const { failed } = await killsSuite();
  return inNode + failed === 0 ? 0 : 1;
}
