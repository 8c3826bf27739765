import type { Pushes, PushName } from '../../shared/ipc.js';

/** Of Electron's WebContents. */
interface Listening {
  isDestroyed(): boolean;
  isCrashed(): boolean;
  send(name: string, value: unknown): void;
}

/** Sends something of the contract to a window. */
export type Push<Page> = <Name extends PushName>(to: Page, name: Name, value: Pushes[Name]) => void;

/** A window that is closing, or whose renderer has crashed, gets nothing: it asks when it is back. */
export const push: Push<Listening> = (to, name, value) => {
  if (!to.isDestroyed() && !to.isCrashed()) to.send(name, value);
};
