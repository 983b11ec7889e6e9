/** Amounts are US dollars as numbers, exact to a billionth of a dollar: a token of the cheapest model costs more than that. */
const PER_DOLLAR = 1e9;

/** The sum, added in whole billionths: ten times ten cents is a dollar, in whatever order. */
export function sumUsd(amounts: readonly number[]): number {
  return amounts.reduce((total, usd) => total + Math.round(usd * PER_DOLLAR), 0) / PER_DOLLAR;
}

/** The sum where every amount is known, else undefined: what is not known is not nothing. */
export function sumKnownUsd(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((usd) => usd !== undefined);
  return known.length === amounts.length ? sumUsd(known) : undefined;
}
