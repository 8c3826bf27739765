import fc from 'fast-check';

/** Cuts bytes at the given places, which may lie anywhere, inside a character too. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (cut > from) pieces.push(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  return pieces;
}

/** Places to cut at: few, many, or (now and then) every single byte. */
export const anyCuts: fc.Arbitrary<readonly number[] | 'every byte'> = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.nat(100_000), { maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constant('every byte' as const) },
);

export function cut(bytes: Buffer, cuts: readonly number[] | 'every byte'): Buffer[] {
  if (cuts !== 'every byte') return cutAt(bytes, cuts);
  return Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
}
