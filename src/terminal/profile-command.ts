import type { SavedProfile } from '../shared/session.js';
import { t } from '../words/index.js';
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
    else if (profiles.length === 0) print(t('terminal.account.noProfiles'));
    else {
      const head = [
        `  ${t('terminal.account.head.profile')}`,
        t('terminal.account.head.id'),
        t('terminal.account.head.service'),
        t('terminal.account.head.session'),
      ];
      print(table(head, profiles.map(rowOf), head.length));
    }
  });
}

/** Makes a saved profile the active one. */
export function runProfileUse(selector: string): Promise<number> {
  return withSession(async (session) => {
    const profile = await session.useProfile(selector);
    print(t('terminal.account.profileUsed', { person: personText(profile) }));
    if (!profile.signedIn) printProblem(t('terminal.account.profileSignedOut'));
  });
}

function rowOf({ id, email, apiUrl, current, signedIn }: SavedProfile): string[] {
  const session = t(signedIn ? 'terminal.account.isSignedIn' : 'terminal.account.isSignedOut');
  return [`${current ? '*' : ' '} ${email ?? '-'}`, id, apiUrl ?? '-', session].map(plainText);
}
