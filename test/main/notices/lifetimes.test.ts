/** Every notice has an end: what must not outlive its cause, over every way from one state to another. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Lifetime, noticeLifetimeOf } from '../../../src/main/notices/lifetimes.js';
import type { SharedState } from '../../../src/main/state/app-state.js';
import type { Settings } from '../../../src/settings/app-settings.js';
import type { ErrorFacts } from '../../../src/shared/errors.js';
import type { ProxyView, SessionView } from '../../../src/shared/ipc.js';
import type { Message, Statement } from '../../../src/words/index.js';
import { appState } from '../../helpers/app-state.js';

const user = { id: 'usr_1', email: 'ada@example.com', name: 'Ada' };
const signedIn: SessionView = { status: 'signed_in', user, expiresAt: undefined, projectId: 'prj_1' };
const SESSIONS: Readonly<Record<string, SessionView>> = {
  signed_in: signedIn,
  environment: { status: 'environment', variable: 'MESHAGENT_TOKEN', projectId: 'prj_1' },
  'signed in as another': { ...signedIn, user: { ...user, id: 'usr_2' } },
  'in another project': { ...signedIn, projectId: 'prj_2' },
  'without a name': { ...signedIn, user: { id: '__local__', email: undefined, name: undefined } },
  signing_in: { status: 'signing_in', url: undefined, projectId: 'prj_1' },
  signed_out: { status: 'signed_out', problem: undefined, projectId: undefined },
  expired: { status: 'expired', user, problem: undefined, projectId: 'prj_1' },
  offline: { status: 'offline', user, retryAt: 1, reason: undefined, projectId: 'prj_1' },
};
const { proxy: running } = appState();
const PROXIES: Readonly<Record<string, ProxyView>> = {
  running,
  starting: { status: 'starting' },
  stopping: { status: 'stopping', inFlight: 1 },
  stopped: { status: 'stopped' },
  failed: { status: 'failed', error: { code: 'port_in_use', message: 'Taken.' } },
};
const STATES: readonly SharedState[] = Object.values(SESSIONS).flatMap((session) =>
  Object.values(PROXIES).map((proxy) => appState({ session, proxy })),
);
/** From each state to each other one. */
const TRANSITIONS = STATES.flatMap((then) => STATES.map((now) => ({ then, now })));

const named = (name: string, values: object = {}) =>
  (/\./.test(name) ? { key: name, values } : { code: name, data: values }) as Statement;
const lifetime = (name: string) => noticeLifetimeOf(named(name));
const isOver = (name: string, now: SharedState, then: SharedState, values: Record<string, unknown> = {}) => {
  const found = lifetime(name);
  if (typeof found === 'string') throw new Error(`${name} is a ${found}.`);
  return found.when?.(now, then, values) ?? false;
};
const withSettings = (changes: Partial<Settings>) => {
  const state = appState();
  return { ...state, settings: { ...state.settings, ...changes } };
};

/** Whatever is reported anywhere in src: `onProblem(say('a.b'`, also with a part filled in. */
const reported = [
  ...new Set(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('terminal'))
      .flatMap((name) => [...readFileSync(path.join('src', name), 'utf8').matchAll(REPORTS())])
      .flatMap(([, key = '']) => ['metrics', 'spans'].map((signal) => key.replace(/\$\{\w+\}/, signal))),
  ),
].sort();

function REPORTS(): RegExp {
  return /(?:onProblem|begin|notices\.add)\(\s*(?:(?:count|dropped) > 0\s*\?\s*)?say\(\s*['"`]([\w.${}]+)['"`]/g;
}

test('everything that is reported has a lifetime of its own, or is a fact by choice', () => {
  expect(reported.length).toBeGreaterThan(15);
  const unknown: Lifetime = noticeLifetimeOf({ key: 'no.such' } as unknown as Message);
  expect(unknown).toBe('fact');
  const source = readFileSync('src/main/notices/lifetimes.ts', 'utf8');
  expect(reported.filter((key) => !source.includes(`'${key}'`))).toEqual([]);
});

test.each([
  'session_expired',
  'session_offline',
  'no_upstream_token',
  'no_project',
  'session.signedOut',
  'session.reachable',
  'session.startedOffline',
])('%s is said by the status of the app, never by a notice', (name) => expect(lifetime(name)).toBe('state'));

test('no browser opened: over as soon as the sign-in is, however it ends', () => {
  for (const { then, now } of TRANSITIONS) {
    expect(isOver('sign_in_browser', now, then)).toBe(now.session.status !== 'signing_in');
  }
});

test.each(['sign_in_denied', 'sign_in_timeout', 'sign_in_network', 'sign_in_port_in_use'])(
  '%s: over when another sign-in begins, or somebody is signed in after all',
  (name) => {
    for (const { then, now } of TRANSITIONS) {
      if (now.session.status === then.session.status) continue;
      expect(isOver(name, now, then), `${then.session.status} to ${now.session.status}`).toBe(true);
    }
  },
);

test('a name that could not be read: over when it is known', () => {
  const then = appState({ session: SESSIONS['without a name'] as SessionView });
  expect(isOver('sign_in_profile', then, then)).toBe(false);
  expect(isOver('sign_in_profile', appState({ session: signedIn }), then)).toBe(true);
});

test.each([
  'project_access_denied',
  'account_unavailable',
  'session.unsaved',
  'settings_unwritable',
  'session.accessUnchecked',
  'billing.unsettled',
])('%s: over with another session or project', (name) => {
  const then = withSettings({ settle: true });
  expect(isOver(name, then, then)).toBe(false);
  for (const session of Object.values(SESSIONS)) {
    const isSame = session === signedIn;
    const from = { ...then, session: signedIn };
    expect(isOver(name, { ...then, session }, from), session.status).toBe(!isSame);
  }
});

test.each(['engine.unannounced', 'engine.oldKeyAnnounced', 'proxy.listener', 'session.accessUnchecked'])(
  '%s: over when the proxy that it is about ends',
  (name) => {
    for (const [status, proxy] of Object.entries(PROXIES)) {
      const over = status !== 'running' && status !== 'starting';
      expect(isOver(name, appState({ proxy }), appState()), status).toBe(over);
    }
  },
);

test('temporary keys that stay valid: over when the proxy runs again, which ends them', () => {
  expect(isOver('engine.temporaryKeysStay', appState({ proxy: { status: 'stopped' } }), appState())).toBe(false);
  expect(isOver('engine.temporaryKeysStay', appState(), appState({ proxy: { status: 'stopped' } }))).toBe(true);
});

test('an export that is off, or does not arrive: over with another address', () => {
  const other = withSettings({ otlpUrl: 'http://127.0.0.1:4318' });
  for (const name of ['settings.otlpUrl.off', 'telemetry.metrics.unreached', 'telemetry.spans.dropping']) {
    expect(isOver(name, appState(), appState())).toBe(false);
    expect(isOver(name, other, appState())).toBe(true);
  }
});

test('a setting that can’t be used: over when that setting is changed', () => {
  const over = (changes: Partial<Settings>) =>
    isOver('settings.file.unusable', withSettings(changes), appState(), { name: 'port' });
  expect(over({ port: 9000 })).toBe(true);
  expect(over({ theme: 'dark' })).toBe(false);
});

test('a price list that could not be fetched: over when one was, or none is wanted', () => {
  const then = withSettings({ updatePrices: true });
  expect(isOver('prices_unavailable', then, then)).toBe(false);
  expect(isOver('prices_unavailable', { ...then, prices: { version: '2', fetchedAt: 5 } }, then)).toBe(true);
  expect(isOver('prices_unavailable', withSettings({ updatePrices: false }), then)).toBe(true);
});

test('requests that can’t be settled: over when that is not wanted any more', () => {
  const then = withSettings({ settle: true });
  expect(isOver('billing.unsettled', withSettings({ settle: false }), then)).toBe(true);
});

test.each([
  ['ledger.waiting', 'ledger.writtenAgain'],
  ['ledger.dropping', 'ledger.writtenAgainWithout'],
  ['telemetry.metrics.unreached', 'telemetry.metrics.reachedAgain'],
  ['telemetry.spans.dropping', 'telemetry.spans.reachedAgainWithout'],
])('%s: over with %s', (name, end) => {
  expect(lifetime(name)).toMatchObject({ by: expect.arrayContaining([end]) });
});

test('what an error of that code says ends by a change or by itself, unless it stays true', () => {
  const codes: readonly ErrorFacts['code'][] = ['invalid_option', 'key_unknown', 'tool_file_changed', 'internal'];
  for (const code of codes) expect(lifetime(code)).toMatchObject({ afterMs: expect.any(Number) });
});
