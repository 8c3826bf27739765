import type { SavedProfile } from '../shared/session.js';
import { print, printProblem } from './output.js';
import { personText } from './person.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';
import { withSession } from './with-session.js';

/** Lists the users the settings file knows, the current one marked. */
export function runProfileList(options: { json: boolean }): Promise<number> {
  return withSession(async (session) => {
    const profiles = await session.profiles();
    if (options.json) print(JSON.stringify(profiles, null, 2));
    else if (profiles.length === 0) print('No profiles are saved. `meshbar login` signs in.');
    else print(table(['  profile', 'id', 'service', 'session'], profiles.map(rowOf), 4));
  });
}

/** Makes a saved profile the active one. */
export function runProfileUse(selector: string): Promise<number> {
  return withSession(async (session) => {
    const profile = await session.useProfile(selector);
    print(`Profile: ${personText(profile)}. A running proxy uses it from the next request on.`);
    if (!profile.signedIn) printProblem('It is signed out: `meshbar login` signs in.');
  });
}

function rowOf({ id, email, apiUrl, current, signedIn }: SavedProfile): string[] {
  const cells = [`${current ? '*' : ' '} ${email ?? '-'}`, id, apiUrl ?? '-', signedIn ? 'signed in' : 'signed out'];
  return cells.map(plainText);
}
