import { waitFor } from './wait-for.js';

/** Resolves when a number has stayed the same for a good while: nothing moves any more. */
export async function settled(read: () => number): Promise<void> {
  let last = Number.NaN;
  let same = 0;
  await waitFor(() => {
    const now = read();
    same = now === last ? same + 1 : 0;
    last = now;
    return same > 30;
  }, 'a number to settle');
}
