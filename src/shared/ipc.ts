import { z } from 'zod';
import { SHELLS } from './env-block.js';
import type { ErrorInfo } from './errors.js';
import type { Reconciliation } from './reconciliation.js';
import type { Balance, Figure, Project, SavedProfile, SessionState } from './session.js';
import { SETTINGS, type Settings } from './settings.js';
import { SNIPPETS } from './snippets.js';
import type { ActiveExchange, PricedExchange, UsageGroup, UsagePoint, UsageTotals } from './usage.js';

/**
 * THE contract between main and renderer. A request goes from the renderer to main and is answered once; a push goes
 * from main to every window. What comes from a renderer is checked against the schema here before anything else is done
 * with it. No prompt and no secret passes, the local key apart, when a person asks to see it.
 */

export const PERIODS = ['session', '24h', '7d', '30d'] as const;
export type Period = (typeof PERIODS)[number];

/** What the proxy does now, without its secrets. */
export type ProxyView =
  | { readonly status: 'stopped' | 'starting' }
  | { readonly status: 'stopping'; readonly inFlight: number }
  | { readonly status: 'failed'; readonly error: ErrorInfo }
  | {
      readonly status: 'running';
      /** Such as "http://127.0.0.1:8766". */
      readonly url: string;
      readonly host: string;
      readonly port: number;
      readonly insecure: boolean;
      /** Unix milliseconds. */
      readonly startedAt: number;
      readonly projectId: string;
      readonly localKeySource: string;
      readonly upstreamTokenSource: string;
    };

/** Something that went wrong beside the exchanges, or that a person should know, in a sentence. */
export interface Notice {
  readonly id: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly text: string;
}

export type UpdateState =
  /** Where updates can't be had: in development, or where a package manager brings them. */
  | { readonly status: 'off'; readonly reason: string }
  | { readonly status: 'idle' | 'checking' | 'current' }
  | { readonly status: 'downloading' | 'ready'; readonly version: string }
  | { readonly status: 'failed'; readonly reason: string };

/** The price list that is in use. */
export interface PriceListInfo {
  readonly version: string;
  /** Unix milliseconds; undefined: it came with Meshbar. */
  readonly fetchedAt?: number;
}

/** Everything a window shows besides usage. */
export interface AppState {
  readonly version: string;
  readonly platform: string;
  readonly proxy: ProxyView;
  readonly session: SessionState;
  /** A simulator answers: nothing leaves this machine, and nothing costs. */
  readonly demo: boolean;
  readonly settings: Settings;
  /** The file that was set aside because it did not hold settings; told once. */
  readonly settingsSetAside: string | undefined;
  /** Why the shortcut is not in force, such as another program having it. */
  readonly shortcutProblem: string | undefined;
  /** The last few, newest first. */
  readonly notices: readonly Notice[];
  readonly update: UpdateState;
  readonly prices: PriceListInfo;
  /** Something was copied, and no exchange has begun since; undefined: nothing is waited for. */
  readonly waiting: { readonly what: Copyable; readonly since: number } | undefined;
  /** The first exchange that began after the last copy, until the next copy; `model` once it is known. */
  readonly firstSeen: { readonly tool: string; readonly model: string | undefined; readonly at: number } | undefined;
  /** Whether this window is the popover, or the window it was popped out into. */
  readonly window: 'popover' | 'window';
}

/** Figures as they pass; at most ten a second. */
export interface UsagePush {
  /** Exchanges that ended since the last push, oldest first. */
  readonly ended: readonly PricedExchange[];
  readonly active: readonly ActiveExchange[];
  /** Since midnight, local time. */
  readonly today: UsageTotals;
}

export interface UsageView {
  /** Unix milliseconds; `until` is when the question was answered. */
  readonly since: number;
  readonly until: number;
  readonly bucketMs: number | 'day';
  /** By model or tool, as asked. */
  readonly points: readonly UsagePoint[];
  readonly groups: readonly UsageGroup[];
  readonly totals: UsageTotals;
}

export interface CopiedText {
  /** The copied text with the key masked. */
  readonly masked: string;
}

interface SettingsChange {
  readonly settings: Settings;
  /** What a person must do now, such as telling tools the new port; a sentence each. */
  readonly consequences: readonly string[];
}

const NOTHING = z.undefined();
const FILTER = {
  model: z.string().max(200).optional(),
  tool: z.string().max(200).optional(),
};
/** What can be put on the clipboard: an env block for a shell, or a snippet for a tool. */
const COPYABLE = z.union([
  z.object({ kind: z.literal('env'), shell: z.enum(SHELLS) }),
  z.object({ kind: z.literal('snippet'), snippet: z.enum(SNIPPETS) }),
  z.object({ kind: z.enum(['local-key', 'address']) }),
]);
export type Copyable = z.infer<typeof COPYABLE>;

/** Pages that may be opened in the browser; a window never names an address itself. */
export const LINKS = { meshagent: 'https://www.meshagent.com' } as const;
export type Link = keyof typeof LINKS;

/** Parameters of each request. */
export const REQUESTS = {
  'app:state': NOTHING,
  'app:quit': NOTHING,
  'app:open-link': z.object({ link: z.enum(Object.keys(LINKS) as [Link, ...Link[]]) }),
  'app:dismiss-notice': z.object({ id: z.number().int() }),
  'proxy:start': NOTHING,
  /** `now` cuts what is in flight. */
  'proxy:stop': z.object({ now: z.boolean() }),
  'usage:now': NOTHING,
  'usage:view': z.object({ period: z.enum(PERIODS), by: z.enum(['model', 'tool']), ...FILTER }),
  'usage:latest': z.object({
    limit: z.number().int().min(1).max(500),
    outcome: z.enum(['complete', 'failed', 'interrupted']).optional(),
    /** Half-open range of start times, Unix milliseconds. */
    since: z.number().optional(),
    until: z.number().optional(),
    ...FILTER,
  }),
  'usage:billed': z.object({ period: z.enum(['24h', '7d', '30d']) }),
  'prices:priceable': NOTHING,
  'prices:reprice': NOTHING,
  'env:preview': COPYABLE,
  'env:copy': COPYABLE,
  /** Puts what this window shows on the clipboard, such as a record as JSON; no secret. */
  'text:copy': z.object({ text: z.string().min(1).max(100_000) }),
  /** The local key itself, for a person who asked to see it. */
  'key:show': NOTHING,
  'key:rotate': NOTHING,
  'settings:change': SETTINGS.partial(),
  'session:sign-in': NOTHING,
  'session:cancel-sign-in': NOTHING,
  'session:sign-out': NOTHING,
  'session:profiles': NOTHING,
  'session:use-profile': z.object({ id: z.string().max(500) }),
  'session:projects': NOTHING,
  'session:project-source': NOTHING,
  'session:use-project': z.object({ id: z.string().max(500) }),
  'session:balance': NOTHING,
  'demo:leave': NOTHING,
  'update:check': NOTHING,
  'update:install': NOTHING,
  'window:hide': NOTHING,
  'window:pop-out': NOTHING,
} as const;
export type RequestName = keyof typeof REQUESTS;
export type RequestInput<Name extends RequestName> = z.infer<(typeof REQUESTS)[Name]>;

/** What each request is answered with. */
export interface Answers {
  'app:state': AppState;
  'app:quit': undefined;
  'app:open-link': undefined;
  'app:dismiss-notice': undefined;
  'proxy:start': undefined;
  'proxy:stop': undefined;
  'usage:now': UsagePush;
  'usage:view': UsageView;
  'usage:latest': readonly PricedExchange[];
  /** The days of UTC that the period touches; undefined: the user may not see what was billed. */
  'usage:billed': Reconciliation | undefined;
  /** How many requests without a price could have one by the list in use. */
  'prices:priceable': number;
  'prices:reprice': undefined;
  'env:preview': CopiedText;
  'env:copy': CopiedText;
  'text:copy': undefined;
  'key:show': { readonly localKey: string; readonly source: string };
  'key:rotate': { readonly consequences: readonly string[] };
  'settings:change': SettingsChange;
  /** Answered when the sign-in has ended, well or not. */
  'session:sign-in': undefined;
  'session:cancel-sign-in': undefined;
  'session:sign-out': undefined;
  'session:profiles': readonly SavedProfile[];
  'session:use-profile': undefined;
  'session:projects': readonly Project[];
  /** What names the project; undefined: there is none. Only one of `settings` can be changed here. */
  'session:project-source': 'settings' | 'environment' | 'option' | undefined;
  'session:use-project': undefined;
  /** undefined: the user may not see it. */
  'session:balance': Figure<Balance> | undefined;
  'demo:leave': undefined;
  'update:check': undefined;
  'update:install': undefined;
  'window:hide': undefined;
  'window:pop-out': undefined;
}

/** An error a person is told about is an answer too: exceptions lose their code and hint on the way. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorInfo };

export const VIEWS = ['usage', 'requests', 'connect', 'settings'] as const;
export type View = (typeof VIEWS)[number];

export interface Pushes {
  'push:state': AppState;
  'push:usage': UsagePush;
  /** A menu entry asks for a view. */
  'push:show': View;
}
export type PushName = keyof Pushes;

/** What the preload script puts on a window: `window.meshbar`. */
export interface Bridge {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Answer<Answers[Name]>>;
  /** Returns its unsubscribe. */
  on<Name extends PushName>(name: Name, listener: (value: Pushes[Name]) => void): () => void;
}
