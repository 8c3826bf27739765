import type { AppEngine } from './app-engine.js';

/** Stops the proxy. Gives what starts it again, if it ran: how that goes, the state tells. */
export async function pauseProxy(engine: AppEngine): Promise<() => void> {
  const { status } = engine.current.state;
  await engine.stop();
  return () => {
    if (status === 'running') engine.start().catch(() => {});
  };
}
