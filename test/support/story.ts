const STORY = Symbol.for('easel.story');

/** A `describe` whose tests go on from one another in one window, as a person does: a window for each would take minutes. */
export function story(title: string, tests: () => void): void {
  // The mark is on the suite, since each test file is bundled with a copy of this one.
  Object.assign(describe(title, tests), { [STORY]: true });
}

/** Leaves those tests of a run that words name, by their full titles, and in a story all that lead up to the last of them. */
export function keepNamed(suite: Mocha.Suite, words: RegExp): void {
  const isNamed = (test: Mocha.Test): boolean => words.test(test.fullTitle());
  suite.tests = STORY in suite ? suite.tests.slice(0, suite.tests.findLastIndex(isNamed) + 1) : suite.tests.filter(isNamed);
  for (const inner of suite.suites) keepNamed(inner, words);
}
