import type { MenuEntry } from '../menu/template.js';
import type { PointerWatch } from './pointer-watch.js';

/** How often a menu that the system holds is replaced at most. */
const MENU_MS = 1000;
/**
 * What only the day's figures change waits until the pointer rests for so long, but not for ever: a menu that is open is
 * closed when it is replaced, and trays of the older kind (XEmbed) don't tell that one is open.
 */
const REST_MS = 5000;
const LONGEST_REST_MS = 60_000;
/** A menu that is open is left alone for this long at most: not every system tells that it was closed. */
const OPEN_MS = 15_000;

/** Of Electron's Menu. */
interface Shown {
  on(event: 'menu-will-show' | 'menu-will-close', listener: () => void): unknown;
}

export interface HeldMenuOptions {
  /** The menu as it should be now. */
  readonly entries: () => readonly MenuEntry[];
  /** The same with figures that never change: what is left differs only where more than a figure does. */
  readonly frame: () => readonly MenuEntry[];
  /** Gives the system a menu of these entries. */
  readonly give: (entries: readonly MenuEntry[]) => Shown;
  /** Called when the menu opens. */
  readonly onOpen: () => void;
  readonly pointer: PointerWatch;
}

/**
 * Keeps a menu that the system holds and opens by itself (Linux) as it should be. Gives what to call when something it
 * shows may have changed.
 */
export function createHeldMenu({ entries, frame, give, onOpen, pointer }: HeldMenuOptions): () => void {
  let lastMenu = '';
  let lastFrame = '';
  let timer: NodeJS.Timeout | undefined;
  let openUntil = 0;

  function replaceSoon(): void {
    if (timer === undefined) timer = setTimeout(replace, lastMenu === '' ? 0 : MENU_MS);
  }

  function replace(): void {
    timer = undefined;
    // Under a pointer, entries must not move.
    if (Date.now() < openUntil) {
      replaceSoon();
      return;
    }
    const next = entries();
    const text = JSON.stringify(next);
    if (text === lastMenu) return;
    const nextFrame = JSON.stringify(frame());
    if (nextFrame === lastFrame && !pointer.rests(REST_MS, LONGEST_REST_MS)) {
      replaceSoon();
      return;
    }
    pointer.reset();
    lastFrame = nextFrame;
    lastMenu = text;
    const menu = give(next);
    menu.on('menu-will-show', () => {
      openUntil = Date.now() + OPEN_MS;
      onOpen();
    });
    menu.on('menu-will-close', () => {
      openUntil = 0;
      // A box that was ticked shows so at once, whether or not the change was taken: the truth comes with the next menu.
      lastMenu = ' ';
      replaceSoon();
    });
  }

  return replaceSoon;
}
