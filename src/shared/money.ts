/** Money is counted in whole nano-USD. */
export const NANO_PER_USD = 1e9;
/** Prices and counts are such that what is meant as a half comes this close to one, and nothing else does. */
const HALF_TOLERANCE = 1e-5;

/**
 * Whole nano-USD; a half goes to the even neighbour. Five per cent of whole nano-USD often end in a half: always
 * upwards, ten thousand exchanges would add up to a millionth of a dollar more than was billed.
 */
export function nanoUsd(usd: number): number {
  return roundHalfEven(usd * NANO_PER_USD);
}

/** The same of what is in nano-USD already. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  if (Math.abs(value - below - 0.5) > HALF_TOLERANCE) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
