import { whyNoSession } from '../../session/why-no-session.js';
import type { ProxyConfig } from '../../settings/config.js';

/**
 * Whether the app begins with the demo: `--demo` always, `--or-demo` where there is nothing to reach MeshAgent with, as
 * in the terminal.
 */
export async function wantsDemo(argv: readonly string[], config: ProxyConfig): Promise<boolean> {
  if (argv.includes('--demo')) return true;
  return argv.includes('--or-demo') && (await whyNoSession(config)) !== undefined;
}
