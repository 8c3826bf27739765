import type { WebContents } from 'electron';
import type { View } from '../../shared/ipc.js';
import type { AskedViews } from './asked-views.js';
import type { Windows } from './windows.js';

export interface OpenViewOptions {
  readonly windows: Pick<Windows, 'show'>;
  readonly askedViews: Pick<AskedViews<WebContents>, 'show'>;
}

/** Gives what shows the window there is, at that view; undefined: at the one it was left at. */
export function createOpenView({ windows, askedViews }: OpenViewOptions) {
  return async (view: View | undefined): Promise<void> => {
    const page = await windows.show();
    if (page && view) askedViews.show(page, view);
  };
}
