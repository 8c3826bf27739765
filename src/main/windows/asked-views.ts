import type { View } from '../../shared/ipc.js';

/** Of Electron's WebContents. */
interface Page {
  on(event: 'did-start-loading', listener: () => void): unknown;
}

/** Which view somebody asked for, until the page shows it: what is sent to one that does not listen yet is lost. */
export interface AskedViews<P extends Page> {
  /** Tells the page at once if it listens, else when it asks. */
  show(page: P, view: View): void;
  /** What the page is to begin with; from then on, until it is loaded again, it listens. */
  take(page: P): View | undefined;
}

export function createAskedViews<P extends Page>(tell: (page: P, view: View) => void): AskedViews<P> {
  const listening = new WeakSet<P>();
  const known = new WeakSet<P>();
  const asked = new WeakMap<P, View>();
  return {
    show(page, view) {
      if (listening.has(page)) tell(page, view);
      else asked.set(page, view);
    },
    take(page) {
      if (!known.has(page)) page.on('did-start-loading', () => listening.delete(page));
      known.add(page);
      listening.add(page);
      const view = asked.get(page);
      asked.delete(page);
      return view;
    },
  };
}
