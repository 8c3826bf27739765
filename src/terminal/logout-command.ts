import { findRunning } from '../engine/run-file.js';
import { meshbarPaths } from '../settings/paths.js';
import { t } from '../words/index.js';
import { print } from './output.js';
import { personText } from './person.js';
import { withSession } from './with-session.js';

/** Removes the session of the active user; other profiles, projects and the local key stay. */
export function runLogout(): Promise<number> {
  return withSession(async (session) => {
    const user = await session.signOut();
    print(user ? t('terminal.account.signedOut', { person: personText(user) }) : t('terminal.account.nobody'));
    const state = await session.ready();
    if (state.status === 'environment') print(t('terminal.account.variableStays', { variable: state.variable }));
    const running = user && (await findRunning(meshbarPaths()));
    if (running) print(t('terminal.account.proxyGoesOn', { url: running.url }));
  });
}
