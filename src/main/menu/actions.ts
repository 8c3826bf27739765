import type { ErrorInfo } from '../../shared/errors.js';
import { toMeshbarError } from '../../shared/errors.js';
import type { View } from '../../shared/ipc.js';
import type { Handlers } from '../ipc/ipc.js';
import type { MenuAction } from './template.js';

export interface MenuActionsOptions {
  readonly handlers: Handlers;
  readonly open: (view: View | undefined) => Promise<void>;
  readonly onProblem: (error: ErrorInfo) => void;
}

/** Gives what does an action of the menu: the same as when a window asks. `onProblem` is told of what did not work. */
export function createMenuActions({ handlers, open, onProblem }: MenuActionsOptions) {
  return async (action: Exclude<MenuAction, { reload: 'projects' }>): Promise<void> => {
    if ('open' in action) {
      await open(action.open);
      return;
    }
    // The template asks for nothing that depends on which window asks.
    const handler = handlers[action.ask] as (input: unknown) => unknown;
    try {
      await handler(action.input);
    } catch (error) {
      const problem = toMeshbarError(error).toInfo();
      // Why a start failed stands in the proxy's own state. A person who gives up signing in knows it.
      if (action.ask !== 'proxy:start' && problem.code !== 'sign_in_cancelled') onProblem(problem);
    }
  };
}
