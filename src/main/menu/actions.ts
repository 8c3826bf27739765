import { type ErrorFacts, toMeshbarError } from '../../shared/errors.js';
import type { View } from '../../shared/ipc.js';
import type { Requests } from '../ipc/requests.js';
import type { MenuAction } from './template.js';

export interface MenuActionsOptions {
  readonly requests: Pick<Requests, 'perform'>;
  readonly open: (view: View | undefined) => Promise<void>;
  readonly onError: (error: ErrorFacts) => void;
}

/** Gives what does an action of the menu: the same as when a window asks. `onError` is called with what did not work. */
export function createMenuActions({ requests, open, onError }: MenuActionsOptions) {
  return async (action: Exclude<MenuAction, { reload: 'projects' }>): Promise<void> => {
    if ('open' in action) {
      await open(action.open);
      return;
    }
    try {
      await requests.perform(action);
    } catch (error) {
      const problem = toMeshbarError(error).facts;
      // Why a start failed is in the proxy's own state. A person who gives up signing in knows it.
      if (action.ask !== 'proxy:start' && problem.code !== 'sign_in_cancelled') onError(problem);
    }
  };
}
