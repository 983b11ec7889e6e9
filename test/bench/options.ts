/** The value of `--name value` on the command line of a benchmark; undefined where it was not given. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** The number of `--name n`, or `otherwise` where it was not given. Throws where it is no positive number: a benchmark of nothing would pass. */
export function numberOption(name: string, otherwise: number): number {
  const given = process.argv.includes(`--${name}`) ? Number(option(name)) : otherwise;
  if (!(given > 0)) throw new Error(`--${name} wants a number above 0 and got ${option(name) ?? 'nothing'}.`);
  return given;
}

/** The seed of `--seed n`, or a fresh one. */
export function seedOption(): number {
  return numberOption('seed', 1 + (Date.now() % 1_000_000));
}

/** What `--name one,two` chooses of all; all where it was not given. Throws for a name that there is not. */
export function choiceOption<T extends string>(name: string, all: readonly T[]): readonly T[] {
  const given = option(name)?.split(',') ?? all;
  const unknown = given.find((one) => !all.some((each) => each === one));
  if (unknown !== undefined) throw new Error(`--${name} has no "${unknown}": ${all.join(', ')}.`);
  return all.filter((each) => given.includes(each));
}
