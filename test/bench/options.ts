/** The value of `--name value` on the command line of a benchmark; undefined where it was not given. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}
