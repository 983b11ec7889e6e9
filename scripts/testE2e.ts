import { packageExtension } from '../test/support/vscode/packaged';
import { e2eSuite } from './suites';

/** `npm run test:e2e [-- --grep words]`: packages the extension, then tests it in a browser. */
export async function main(args: readonly string[]): Promise<number> {
  await packageExtension();
  const { failed } = await e2eSuite(args);
  return failed === 0 ? 0 : 1;
}
