import { HOUR_MS, MINUTE_MS } from '../../shared/calendar.js';
import type { ErrorCode } from '../../shared/errors.js';
import type { Message, Statement } from '../../words/index.js';
import type { SharedState } from '../state/app-state.js';

/**
 * How long what went wrong is shown: a notice is a state, and ends with it.
 * state: never, as title and reason of the app's status say it while it lasts.
 * news: never, as it only ends others.
 * fact: until a person dismisses it, as it stays true.
 */
export type Lifetime = 'state' | 'news' | 'fact' | Ends;

/** Whichever comes first. */
interface Ends {
  /** Statements after which it is over. */
  readonly by?: readonly Message['key'][];
  /** Whether it is over: `then` is the state when it was first shown, `values` are the statement's. */
  readonly when?: (now: SharedState, then: SharedState, values: Values) => boolean;
  /** Unless it comes again, in milliseconds. */
  readonly afterMs?: number;
}
type Values = Readonly<Record<string, unknown>>;

export function noticeLifetimeOf(statement: Statement): Lifetime {
  if ('code' in statement) return OF_ERRORS[statement.code] ?? ATTEMPT;
  return (OF_MESSAGES as Partial<Record<Message['key'], Lifetime>>)[statement.key] ?? 'fact';
}

/** What a person set off and was refused: they have read it, or have tried something else. */
const ATTEMPT: Ends = { when: isOtherSession, afterMs: 10 * MINUTE_MS };
/** Failed once, with one request: it says nothing of the next. */
const SLIP: Ends = { afterMs: HOUR_MS };
const SIGN_IN: Ends = { when: (now, then) => now.session.status !== then.session.status, afterMs: 10 * MINUTE_MS };
const THIS_RUN: Ends = { when: isEnding };

/** All others are answers to what somebody tried. */
const OF_ERRORS: Readonly<Partial<Record<ErrorCode, Lifetime>>> = {
  no_upstream_token: 'state',
  no_project: 'state',
  session_expired: 'state',
  session_offline: 'state',
  token_endpoint: 'state',

  // The browser did not open: the sign-in waits, and its end is the notice's.
  sign_in_browser: { when: ({ session }) => session.status !== 'signing_in' },
  sign_in_profile: { when: ({ session }) => !('user' in session) || session.user.email !== undefined },
  sign_in_denied: SIGN_IN,
  sign_in_state_mismatch: SIGN_IN,
  sign_in_port_in_use: SIGN_IN,
  sign_in_timeout: SIGN_IN,
  sign_in_cancelled: 'news',
  sign_in_token_refused: SIGN_IN,
  sign_in_network: SIGN_IN,

  settings_unreadable: { when: isOtherSession, afterMs: HOUR_MS },
  settings_unwritable: { when: isOtherSession, afterMs: HOUR_MS },
  prices_unavailable: {
    when: (now, then) => !now.settings.updatePrices || now.prices.fetchedAt !== then.prices.fetchedAt,
  },
  file_unreadable: 'fact',
  file_unwritable: 'fact',
  internal: SLIP,
};

const OF_MESSAGES = {
  'session.signedOut': 'state',
  'session.reachable': 'state',
  'session.startedOffline': 'state',
  'session.unsaved': { when: isOtherSession, afterMs: HOUR_MS },
  'session.accessUnchecked': { when: (now, then) => isOtherSession(now, then) || isEnding(now) },

  'engine.unannounced': THIS_RUN,
  'engine.oldKeyAnnounced': THIS_RUN,
  'engine.temporaryKeysStay': { when: ({ proxy }) => proxy.status === 'running' },
  'proxy.listener': THIS_RUN,
  'proxy.meterFailed': SLIP,
  'proxy.rewriteFailed': SLIP,

  'ledger.waiting': { by: ['ledger.writtenAgain', 'ledger.writtenAgainWithout'] },
  'ledger.dropping': { by: ['ledger.writtenAgain', 'ledger.writtenAgainWithout'] },
  'ledger.writtenAgain': 'news',
  'ledger.writtenAgainWithout': 'fact',
  'ledger.stopped': 'fact',
  'ledger.setAside': 'fact',
  'ledger.lost': 'fact',
  'ledger.senseless': 'fact',
  'limits.keysDamaged': 'fact',
  'limits.budgetsDamaged': 'fact',
  'limits.spentUnknown': 'fact',
  'files.notSetAside': 'fact',
  'billing.unsettled': { when: (now, then) => !now.settings.settle || isOtherSession(now, then) },

  'telemetry.metrics.unreached': endOfExport('metrics'),
  'telemetry.metrics.dropping': endOfExport('metrics'),
  'telemetry.metrics.reachedAgain': 'news',
  'telemetry.metrics.reachedAgainWithout': 'fact',
  'telemetry.metrics.lost': 'fact',
  'telemetry.spans.unreached': endOfExport('spans'),
  'telemetry.spans.dropping': endOfExport('spans'),
  'telemetry.spans.reachedAgain': 'news',
  'telemetry.spans.reachedAgainWithout': 'fact',
  'telemetry.spans.lost': 'fact',
  'telemetry.failed': SLIP,

  'settings.otlpUrl.off': { when: (now, then) => now.settings.otlpUrl !== then.settings.otlpUrl },
  'settings.file.unusable': {
    when: ({ settings: now }, { settings: then }, { name }) =>
      now[name as keyof typeof now] !== then[name as keyof typeof then],
  },
  'settings.file.unreadable': 'fact',
  'settings.file.noSettings': 'fact',
  'settings.file.setAside': 'fact',
  'settings.launchAtLogin.refused': SLIP,

  'app.notices.inside': SLIP,
  'app.notices.windowGivenUp': 'fact',
} satisfies Partial<Record<Message['key'], Lifetime>>;

function endOfExport(signal: 'metrics' | 'spans'): Ends {
  return {
    by: [`telemetry.${signal}.reachedAgain`, `telemetry.${signal}.reachedAgainWithout`, `telemetry.${signal}.lost`],
    when: (now, then) => now.settings.otlpUrl !== then.settings.otlpUrl,
  };
}

/** Somebody else is signed in, or another project is in use. */
function isOtherSession(now: SharedState, then: SharedState): boolean {
  return sessionOf(now) !== sessionOf(then);
}

function sessionOf({ session, demo }: SharedState): string {
  return JSON.stringify([demo, session.status, 'user' in session ? session.user.id : undefined, session.projectId]);
}

function isEnding({ proxy }: SharedState): boolean {
  return proxy.status !== 'running' && proxy.status !== 'starting';
}
