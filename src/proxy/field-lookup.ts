const MAX_REMEMBERED = 500;

/**
 * Looks up what is known of a field by its name, in whatever case: `of` is asked once for a name in lower case that may
 * be one of `names` (of the same length and first letter), every other gets `other`. Clients and upstream send the same
 * few names again and again, and most of them are kept apart without a look at more than that.
 */
export function createFieldLookup<T>(names: readonly string[], of: (lowerName: string) => T, other: T) {
  /** Of each length, the first letters of the names, as bits. */
  const firstLetters = new Uint32Array(1 + Math.max(...names.map(({ length }) => length)));
  for (const name of names) {
    firstLetters[name.length] = (firstLetters[name.length] as number) | (1 << (name.charCodeAt(0) & 31));
  }
  const remembered = new Map<string, T>();
  return (name: string): T => {
    const { length } = name;
    if (length >= firstLetters.length || (((firstLetters[length] as number) >> (name.charCodeAt(0) & 31)) & 1) === 0) {
      return other;
    }
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const value = of(name.toLowerCase());
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(name, value);
    return value;
  };
}
