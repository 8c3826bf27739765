const MAX_ENTRIES = 5000;

/** A map that forgets its oldest entries. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  override set(key: Key, value: Value): this {
    super.set(key, value);
    if (this.size > MAX_ENTRIES) this.delete(this.keys().next().value as Key);
    return this;
  }
}
