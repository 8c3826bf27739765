import type { Log } from '../notices/log.js';
import type { AppEngine } from './app-engine.js';

/** Beyond the time that exchanges in flight are given: for a refresh that is under way, and the last records. */
const CLOSING_MS = 8000;
/** A system that goes down does not wait long. */
const SHUTDOWN_MS = 1500;

interface Preventable {
  preventDefault(): void;
}

export interface QuittingOptions {
  readonly engine: AppEngine;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** Electron's app. */
  readonly app: {
    on(event: 'before-quit', listener: (event: Preventable) => void): unknown;
    on(event: 'window-all-closed', listener: () => void): unknown;
    exit(code: number): void;
  };
  /** Node's process. */
  readonly signals: { on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown };
  /** Electron's powerMonitor, whose type definitions leave the event out. */
  readonly power: { on(event: 'shutdown', listener: (event?: Preventable) => void): unknown };
}

/**
 * Quitting gives exchanges in flight their time, then writes the last records; asked a second time, it cuts them. The
 * same for SIGINT and SIGTERM.
 */
export function registerQuitting({ engine, log, app, signals, power }: QuittingOptions): void {
  let isClosing = false;

  async function close(graceMs: number | undefined): Promise<void> {
    const deadline = setTimeout(() => app.exit(1), (graceMs ?? engine.current.config.drainSeconds * 1000) + CLOSING_MS);
    try {
      await engine.stop({ graceMs });
      await engine.close();
    } catch (error) {
      log.error('Closing failed', error);
    }
    clearTimeout(deadline);
    log.info('quit');
    // Windows are not asked: one that hides instead of closing would keep the app alive.
    app.exit(0);
  }

  function quit(graceMs?: number): void {
    if (isClosing) {
      void engine.stop({ graceMs: 0 });
      return;
    }
    isClosing = true;
    void close(graceMs);
  }

  app.on('before-quit', (event) => {
    event.preventDefault();
    quit();
  });
  // Closing the last window leaves the proxy running.
  app.on('window-all-closed', () => {});
  for (const signal of ['SIGINT', 'SIGTERM'] as const) signals.on(signal, () => quit());
  // Without preventDefault the system does not wait at all (macOS, Linux).
  power.on('shutdown', (event) => {
    event?.preventDefault();
    quit(SHUTDOWN_MS);
  });
}
