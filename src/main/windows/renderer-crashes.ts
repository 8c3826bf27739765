import type { Statement } from '../../words/index.js';
import { say } from '../../words/say.js';
import { createLimit } from '../notices/limit.js';
import type { Log } from '../notices/log.js';

/** A page that crashes this often in this time would crash for ever. */
const RELOADS = 3;
const WINDOW_MS = 60_000;

interface Gone {
  readonly reason: string;
  readonly exitCode: number;
}
interface CrashedPage {
  isDestroyed(): boolean;
  reload(): void;
}

export interface RendererCrashesOptions {
  readonly log: Pick<Log, 'error'>;
  /** Called when a window is given up. */
  readonly onProblem: (problem: Statement) => void;
  /** Electron's app. */
  readonly app: {
    on(event: 'render-process-gone', listener: (event: unknown, page: CrashedPage, details: Gone) => void): unknown;
    on(event: 'child-process-gone', listener: (event: unknown, details: Gone & { type: string }) => void): unknown;
  };
}

/** A crashed window is loaded again; it asks for all it shows when it is back. */
export function registerRendererCrashes({ log, onProblem, app }: RendererCrashesOptions): void {
  const mayReload = createLimit(RELOADS, WINDOW_MS);
  app.on('render-process-gone', (_event, page, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error(`A window's process ended: ${reason} (${exitCode})`);
    if (page.isDestroyed()) return;
    if (mayReload()) page.reload();
    else onProblem(say('app.notices.windowGivenUp'));
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error(`A process of the app ended: ${type}, ${reason} (${exitCode})`);
  });
}
