import type { ProxyConfig } from '../settings/config.js';
import { type ErrorCode, MeshbarError } from '../shared/errors.js';
import { createSession } from './create-session.js';
import type { Session } from './session.js';

/** There is nothing to reach MeshAgent with: what `--or-demo` takes as its cue, in the terminal and in the app. */
const NO_SESSION: ReadonlySet<ErrorCode> = new Set([
  'no_upstream_token',
  'no_project',
  'settings_unreadable',
  'session_expired',
]);

/**
 * Looked at before anything is opened: a demo leaves no ledger behind. Undefined also where something else is wrong:
 * that is the start's to report.
 */
export async function whyNoSession(config: ProxyConfig): Promise<MeshbarError | undefined> {
  const session = createSession({ config });
  try {
    await session.ready();
    return await whyNoAccess(session);
  } finally {
    await session.close();
  }
}

/** The same of a session that is followed already. */
export async function whyNoAccess(session: Session): Promise<MeshbarError | undefined> {
  try {
    await session.access();
    return undefined;
  } catch (error) {
    return error instanceof MeshbarError && NO_SESSION.has(error.code) ? error : undefined;
  }
}
