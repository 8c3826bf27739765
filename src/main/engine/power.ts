import { portOwner } from '../../proxy/port-owner.js';
import type { Log } from '../notices/log.js';
import type { Today } from '../usage/today.js';
import type { AppEngine } from './app-engine.js';

export interface PowerOptions {
  readonly engine: AppEngine;
  readonly today: Pick<Today, 'refresh'>;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** Electron's powerMonitor. */
  readonly power: { on(event: 'suspend' | 'resume', listener: () => void): unknown };
}

/**
 * After a sleep the day may be another one, the session's token may have ended, and the proxy is asked whether it still
 * answers: a listener on an address that has gone does not.
 */
export function registerPower({ engine, today, log, power }: PowerOptions): void {
  power.on('suspend', () => log.info('the system goes to sleep'));
  power.on('resume', () => {
    log.info('the system is awake');
    engine.current.session.look();
    void today.refresh();
    void reviveProxy(engine, log);
  });
}

/** Restarts a proxy that is said to run and does not answer. How that went is in the state. */
async function reviveProxy(engine: AppEngine, log: Pick<Log, 'error'>): Promise<void> {
  const { state } = engine.current;
  if (state.status !== 'running') return;
  const { url, port } = state.proxy;
  if (await portOwner(new URL(url).hostname, port)) return;
  if (engine.current.state !== state) return;
  log.error(`The proxy no longer answers at ${url}; it is started again`);
  await engine.restart({ graceMs: 0 }).catch(() => {});
}
