import { DAY_MS } from '../../shared/calendar.js';
import type { Part } from '../../shared/ipc.js';
import { assign, COLOURS, type ColourAssignment, parseAssignment } from './assign.js';

/** Each kind of name is coloured apart: a chart shows one of them. */
export type Kind = Part;

export const OTHER_COLOUR = 'var(--model-other)';

const known: Record<Kind, ColourAssignment> = {
  model: read('model'),
  tool: read('tool'),
  key: read('key'),
  project: read('project'),
};

/**
 * Gives the names their colours for good, in the order they come; all windows share them. To be called with what is
 * about to be shown, before it is.
 */
export function meet(kind: Kind, names: readonly string[]): void {
  const before = known[kind];
  if (names.every((name) => Object.hasOwn(before, name) && before[name]?.seen === today())) return;
  // Another window may have given some away meanwhile.
  const after = assign(read(kind), names, today());
  known[kind] = after;
  try {
    localStorage.setItem(keyOf(kind), JSON.stringify(after));
  } catch {
    // They last as long as this window, then.
  }
}

/** As CSS; grey for a name beyond the palette. */
export function colourOf(kind: Kind, name: string): string {
  const held = known[kind];
  const colour = Object.hasOwn(held, name) ? held[name]?.colour : undefined;
  return colour === undefined ? OTHER_COLOUR : `var(--model-${colour + 1})`;
}

/** Those of the names that have a colour of their own, in the order of the colours, which does not change with amounts. */
export function coloured(kind: Kind, names: readonly string[]): readonly string[] {
  const held = known[kind];
  const place = (name: string) => (Object.hasOwn(held, name) ? (held[name]?.colour ?? COLOURS) : COLOURS);
  return names.filter((name) => place(name) < COLOURS).sort((a, b) => place(a) - place(b));
}

function today(): number {
  return Math.floor(Date.now() / DAY_MS);
}

function keyOf(kind: Kind): string {
  return `colours.${kind}`;
}

function read(kind: Kind): ColourAssignment {
  try {
    return parseAssignment(localStorage.getItem(keyOf(kind)));
  } catch {
    return {};
  }
}
