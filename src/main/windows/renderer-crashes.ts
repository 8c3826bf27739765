import { app } from 'electron';
import { createLimit } from '../notices/limit.js';
import type { Log } from '../notices/log.js';

/** A page that crashes this often in this time would crash for ever. */
const RELOADS = 3;
const WINDOW_MS = 60_000;

/** A crashed window is loaded again; it asks for all it shows when it is back. `onProblem` is told when it is given up. */
export function registerRendererCrashes(log: Log, onProblem: (message: string) => void): void {
  const mayReload = createLimit(RELOADS, WINDOW_MS);
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error(`A window's process ended: ${reason} (${exitCode})`);
    if (contents.isDestroyed()) return;
    if (mayReload()) contents.reload();
    else
      onProblem(
        'A window of Meshbar crashed again and again and was given up. The proxy goes on; quit and start the app to see it.',
      );
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error(`A process of the app ended: ${type}, ${reason} (${exitCode})`);
  });
}
