import { faultsSuite } from './suites';

/** `npm run faults [-- --grep words]`: everything that can go wrong, at every point; `npm test` does the same in a short form. */
export async function main(args: readonly string[]): Promise<number> {
  const { failed } = await faultsSuite('full', args);
  return failed === 0 ? 0 : 1;
}
