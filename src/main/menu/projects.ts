import { toMeshbarError } from '../../shared/errors.js';
import { errorText } from '../../words/index.js';
import type { AppEngine } from '../engine/app-engine.js';
import { hasAccount, type ProjectList } from './template.js';

/** The projects that the menu offers, fetched before anybody opens it: a menu can't wait for the network. */
export interface MenuProjects {
  readonly current: ProjectList;
  /** Asks again, if the last answer is older than a minute or was a failure. */
  refresh(): void;
}

const AGE_MS = 60_000;

/** `onChange` is called when `current` has changed. */
export function createMenuProjects(engine: AppEngine, onChange: () => void): MenuProjects {
  let current: ProjectList = { status: 'loading' };
  /** Whose projects these are. */
  let owner: string | undefined;
  let askedAt = 0;

  async function load(): Promise<void> {
    const asked = ownerOf(engine);
    askedAt = Date.now();
    let answer: ProjectList;
    try {
      answer = { status: 'known', projects: await engine.current.account.projects() };
    } catch (error) {
      answer = { status: 'failed', reason: errorText(toMeshbarError(error).facts, 'app').message };
    }
    // Another account may have been taken meanwhile, and asks for itself.
    if (asked !== owner) return;
    current = answer;
    onChange();
  }

  function follow(): void {
    const next = ownerOf(engine);
    if (next === owner) return;
    owner = next;
    current = { status: 'loading' };
    if (next !== undefined) void load();
  }
  engine.onChange(follow);
  follow();
  return {
    get current() {
      return current;
    },
    refresh() {
      if (owner === undefined) return;
      if (current.status === 'failed') {
        current = { status: 'loading' };
        onChange();
        void load();
      } else if (Date.now() - askedAt > AGE_MS) void load();
    },
  };
}

/** undefined: there is no account to ask. */
function ownerOf({ current, isDemo }: AppEngine): string | undefined {
  const session = current.session.state;
  if (!hasAccount({ session })) return undefined;
  return `${isDemo ? 'demo' : 'own'} ${session.status === 'signed_in' || session.status === 'offline' ? session.user.id : session.status}`;
}
