import { findRunning } from '../engine/run-file.js';
import { meshbarPaths } from '../settings/paths.js';
import { print } from './output.js';
import { personText } from './person.js';
import { withSession } from './with-session.js';

/** Removes the session of the active user; other profiles, projects and the local key stay. */
export function runLogout(): Promise<number> {
  return withSession(async (session) => {
    const user = await session.signOut();
    print(user ? `Signed out ${personText(user)}.` : 'Nobody was signed in.');
    const state = await session.ready();
    if (state.status === 'environment') print(`${state.variable} is set here: what reads it goes on with that token.`);
    const running = user && (await findRunning(meshbarPaths()));
    if (running) {
      print(`The proxy on ${running.url} goes on running and answers 401 until you sign in again,`);
      print('unless its token comes from the environment.');
    }
  });
}
