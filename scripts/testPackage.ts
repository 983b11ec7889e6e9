import { packageExtension } from '../test/support/vscode/packaged';
import { packageSuite } from './suites';

/** `npm run test:package`: packs the extension and looks at what is in it. */
export async function main(args: readonly string[]): Promise<number> {
  await packageExtension();
  const { failed } = await packageSuite(args);
  return failed === 0 ? 0 : 1;
}
