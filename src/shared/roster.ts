/** A member's place, to be given back. */
export interface Place<T> {
  readonly member: T;
}

interface Link<T> extends Place<T> {
  before: Link<T>;
  after: Link<T>;
}

/**
 * What is under way, oldest first: joining and leaving take constant time and leave nothing behind.
 *
 * A Map or Set would. V8 rebuilds its table every few deletions, and the dead table points to the one that took its
 * place (OrderedHashMap::Rehash, for iterators that still stand in it). Once one of them is in the old generation, all
 * later ones, and whatever was in them, outlive every scavenge until a full collection. With an entry for each
 * exchange that was half of the collector's work. Hence links between members, cut when one leaves.
 */
export class Roster<T> {
  private readonly ends: Link<T>;
  private members = 0;

  constructor() {
    const ends = { member: undefined as T } as Link<T>;
    ends.before = ends;
    ends.after = ends;
    this.ends = ends;
  }

  get size(): number {
    return this.members;
  }

  add(member: T): Place<T> {
    const { ends } = this;
    const link: Link<T> = { member, before: ends.before, after: ends };
    link.before.after = link;
    ends.before = link;
    this.members += 1;
    return link;
  }

  /** Takes a place that `add` of this roster gave; the second time it changes nothing. */
  remove(place: Place<T>): void {
    const link = place as Link<T>;
    if (link.after === link) return;
    link.before.after = link.after;
    link.after.before = link.before;
    // To itself: a dead place must point to no living one.
    link.before = link;
    link.after = link;
    this.members -= 1;
  }

  /** The members as of now. */
  toArray(): T[] {
    const members: T[] = [];
    for (let link = this.ends.after; link !== this.ends; link = link.after) members.push(link.member);
    return members;
  }
}
