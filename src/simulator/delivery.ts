/** How far an answer got. */
export interface Delivery {
  /** All of it went out, and the other side was there to take it. */
  readonly isWhole: boolean;
  /** The share of its output that had been made by then, 0 to 1: nobody is billed for more. */
  readonly generated: number;
}

/** The same pieces, counted as they are taken: a piece is made when it is asked for. */
export function counted<T>(pieces: Iterable<T>): { readonly pieces: Iterable<T>; generated(): number } {
  const all = pieces[Symbol.iterator]();
  let taken = 0;
  return {
    pieces: {
      *[Symbol.iterator]() {
        for (let next = all.next(); !next.done; next = all.next()) {
          taken += 1;
          yield next.value;
        }
      },
    },
    generated() {
      let left = 0;
      while (!all.next().done) left += 1;
      // The usage is in the last piece, or before a word of farewell: who was told it pays it.
      return left <= 1 && taken > 0 ? 1 : taken / (taken + left || 1);
    },
  };
}
