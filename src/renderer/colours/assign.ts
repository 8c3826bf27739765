/** Which colour each name keeps. Pure. */

/** Colours there are to give: `--model-1` to `--model-6`. */
export const COLOURS = 6;

/** Days after which a colour nobody has seen any more may go to another name: longer than any period that is shown. */
const FORGET_DAYS = 40;

interface Holder {
  /** From 0 to COLOURS - 1. */
  readonly colour: number;
  /** Days since 1970 when it was last seen. */
  readonly seen: number;
}
export type ColourAssignment = Readonly<Record<string, Holder>>;

/**
 * The assignment after `names` have been seen, in their order: whoever has a colour keeps it, a new name gets the first
 * free one, or that of a name forgotten for the longest. A name for which none is left has none, and may get one later.
 * The same object, where nothing changes.
 */
export function assign(before: ColourAssignment, names: readonly string[], today: number): ColourAssignment {
  const after: Record<string, Holder> = { ...before };
  let changed = false;
  const give = (name: string, colour: number) => {
    after[name] = { colour, seen: today };
    changed = true;
  };
  for (const name of names) {
    const held = Object.hasOwn(after, name) ? after[name] : undefined;
    if (held && held.seen !== today) give(name, held.colour);
  }
  for (const name of names) {
    if (Object.hasOwn(after, name)) continue;
    const taken = new Set(Object.values(after).map((holder) => holder.colour));
    const free = Array.from({ length: COLOURS }, (_, colour) => colour).find((colour) => !taken.has(colour));
    if (free !== undefined) {
      give(name, free);
      continue;
    }
    const forgotten = Object.entries(after)
      .filter(([, holder]) => today - holder.seen > FORGET_DAYS)
      .sort(([, a], [, b]) => a.seen - b.seen)[0];
    if (!forgotten) continue;
    delete after[forgotten[0]];
    give(name, forgotten[1].colour);
  }
  return changed ? after : before;
}

/** What was kept, or nothing where it is not an assignment. */
export function parseAssignment(text: string | null): ColourAssignment {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(([, holder]) => isHolder(holder)));
  } catch {
    return {};
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { colour, seen } = value as Partial<Record<keyof Holder, unknown>>;
  return Number.isInteger(colour) && Number(colour) >= 0 && Number(colour) < COLOURS && Number.isInteger(seen);
}
