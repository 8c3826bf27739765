import { z } from 'zod';
import type { AppStatus } from './app-status.js';
import { BUDGET_PERIODS, type BudgetState } from './budgets.js';
import type { Finding } from './doctor.js';
import { ENV_PARTS, SHELLS } from './env-block.js';
import type { ErrorInfo } from './errors.js';
import type { NamedKey } from './keys.js';
import type { Overhead } from './overhead.js';
import type { Reconciliation } from './reconciliation.js';
import type { Balance, Figure, Project, SavedProfile, SessionState } from './session.js';
import type { Settings } from './settings.js';
import { SNIPPETS } from './snippets.js';
import { TOOL_IDS, type ToolId, type ToolPlan, type ToolReport } from './tools.js';
import type { ActiveExchange, PricedExchange, UsageDimension, UsageGroup, UsagePoint, UsageTotals } from './usage.js';

/**
 * THE contract between main and renderer. A request goes from the renderer to main and is answered once; a push goes
 * from main to the windows it concerns. What comes from a renderer is checked against the schema here before anything else is done
 * with it. No prompt and no secret passes, local keys apart: the shared one when a person asks to see it, a named one when it
 * is made.
 */

export const PERIODS = ['session', '24h', '7d', '30d'] as const;
export type Period = (typeof PERIODS)[number];

/** What usage can be parted by. */
const PARTS = ['model', 'tool', 'key', 'project'] as const satisfies readonly UsageDimension[];
export type Part = (typeof PARTS)[number];

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

/** The session, with what is wrong with it in the app's words. */
export type SessionView = SessionState<ErrorInfo>;

/** Something that went wrong beside the exchanges, or that a person should know, in a sentence. */
export interface AppNotice {
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
  /** What all shells of it say: the parts below have the details. */
  readonly status: AppStatus;
  readonly proxy: ProxyView;
  readonly session: SessionView;
  /** A simulator answers: nothing leaves this machine, and nothing costs. */
  readonly demo: boolean;
  readonly settings: Settings;
  /** How each stands, limits of keys included. */
  readonly budgets: readonly BudgetState[];
  /** Why the shortcut is not in force, such as another program having it. */
  readonly shortcutProblem: string | undefined;
  /** The last few, newest first. */
  readonly notices: readonly AppNotice[];
  readonly update: UpdateState;
  readonly prices: PriceListInfo;
  /** Something was copied or a tool connected, and no exchange has begun since; undefined: nothing is waited for. */
  readonly waiting: { readonly what: Copyable | ConnectedTool; readonly since: number } | undefined;
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
  /** Since midnight, local time; undefined while it is not known. */
  readonly today: UsageTotals | undefined;
}

export interface ShownUsage {
  /** Unix milliseconds; `until` is when the question was answered. */
  readonly since: number;
  readonly until: number;
  readonly bucketMs: number | 'day';
  /** As asked for; groups by key have the key's label. */
  readonly points: readonly UsagePoint[];
  readonly groups: readonly UsageGroup[];
  readonly totals: UsageTotals;
}

/** A named key in use, and what it does. */
export interface KeyView extends NamedKey {
  /** undefined: the ledger did not answer. */
  readonly use?: {
    /** Of the exchanges that began since midnight. */
    readonly today: UsageTotals;
    /** The day of the last exchange within 90 days, its first moment in Unix milliseconds; undefined: there was none. */
    readonly lastUsedOn: number | undefined;
  };
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
/** What a person may have entered wrong: `why` of invalid_option. */
export const AMOUNT_FAULTS = ['amount_low', 'amount_high'] as const;

/** Ids and amounts as the engine keeps them; it says what is wrong with the rest. */
const ID = z.string().min(1).max(250);
const AMOUNT = z.number().int().min(1_000_000, AMOUNT_FAULTS[0]).max(1_000_000e9, AMOUNT_FAULTS[1]);
const KEY_LIMIT = z.object({ limitNanoUsd: AMOUNT, period: z.enum(BUDGET_PERIODS) });

/** What can be put on the clipboard: an env block for a shell, or a snippet for a tool. */
const COPYABLE = z.union([
  z.object({ kind: z.literal('env'), shell: z.enum(SHELLS), part: z.enum(ENV_PARTS).optional() }),
  z.object({ kind: z.literal('snippet'), snippet: z.enum(SNIPPETS) }),
  z.object({ kind: z.enum(['local-key', 'address']) }),
]);
export type Copyable = z.infer<typeof COPYABLE>;

export interface ConnectedTool {
  readonly kind: 'tool';
  readonly id: ToolId;
  readonly title: string;
}

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
  'usage:view': z.object({ period: z.enum(PERIODS), by: z.enum(PARTS), ...FILTER }),
  /** What there is more than one of in that time. */
  'usage:parts': z.object({ period: z.enum(PERIODS) }),
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
  'keys:list': NOTHING,
  'keys:create': z.object({
    label: z.string().max(200),
    limit: KEY_LIMIT.optional(),
    /** Unix milliseconds. */
    expiresAt: z.number().int().optional(),
  }),
  /** Puts the key that was made last on the clipboard; until `keys:put-away`. */
  'keys:copy-new': z.object({ id: ID }),
  'keys:put-away': NOTHING,
  'keys:revoke': z.object({ id: ID }),
  'keys:limit': z.object({ id: ID, limit: KEY_LIMIT.optional() }),
  /** Takes the place of the budget of the same scope and period. */
  'budgets:set': z.object({
    scope: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('all') }),
      z.object({ kind: z.literal('project'), projectId: z.string().min(1).max(200) }),
    ]),
    period: z.enum(BUDGET_PERIODS),
    amountNanoUsd: AMOUNT,
    /** Percentages; without: the usual ones. */
    alerts: z.array(z.number().int().min(1).max(100)).max(10).optional(),
    hardStop: z.boolean(),
  }),
  'budgets:remove': z.object({ id: ID }),
  /** Lets requests pass until the period ends; of a key's limit, by the key's id. */
  'budgets:lift': z.object({ id: ID }),
  /** Names and values. What each setting may be is said by their table, which whoever changes them goes by. */
  'settings:change': z.custom<Partial<Settings>>(
    (changes) => z.record(z.string(), z.unknown()).safeParse(changes).success,
  ),
  'session:sign-in': NOTHING,
  'session:cancel-sign-in': NOTHING,
  'session:sign-out': NOTHING,
  'session:profiles': NOTHING,
  'session:use-profile': z.object({ id: z.string().max(500) }),
  'session:projects': NOTHING,
  'session:project-source': NOTHING,
  'session:use-project': z.object({ id: z.string().max(500) }),
  'session:balance': NOTHING,
  'tools:list': NOTHING,
  'tools:plan': z.object({
    id: z.enum(TOOL_IDS),
    action: z.enum(['connect', 'disconnect']),
    /** Also over what was changed by hand. */
    force: z.boolean(),
  }),
  /** Carries out the plan that was shown last, by its number. */
  'tools:connect': z.object({ id: z.enum(TOOL_IDS), plan: z.number().int() }),
  'tools:disconnect': z.object({ id: z.enum(TOOL_IDS), plan: z.number().int() }),
  'check:run': NOTHING,
  'check:stop': NOTHING,
  'check:copy-report': NOTHING,
  'overhead:read': NOTHING,
  'demo:leave': NOTHING,
  'update:check': NOTHING,
  'update:install': NOTHING,
  'window:hide': NOTHING,
  'window:pop-out': NOTHING,
  'window:asked-view': NOTHING,
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
  'usage:view': ShownUsage;
  'usage:parts': readonly Part[];
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
  /** Those in use. */
  'keys:list': readonly KeyView[];
  'keys:create': { readonly key: string; readonly info: NamedKey };
  'keys:copy-new': undefined;
  'keys:put-away': undefined;
  'keys:revoke': undefined;
  'keys:limit': undefined;
  'budgets:set': undefined;
  'budgets:remove': undefined;
  'budgets:lift': undefined;
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
  /** None in the demo, which connects nothing. */
  'tools:list': readonly ToolReport[];
  'tools:plan': ToolPlan;
  'tools:connect': undefined;
  'tools:disconnect': undefined;
  /** Worst first, when all has been looked at; undefined: it was called off. */
  'check:run': readonly Finding[] | undefined;
  'check:stop': undefined;
  'check:copy-report': undefined;
  'overhead:read': Overhead;
  'demo:leave': undefined;
  'update:check': undefined;
  'update:install': undefined;
  'window:hide': undefined;
  'window:pop-out': undefined;
  /** What this window is to show, asked for before it listened to `push:show`. */
  'window:asked-view': View | undefined;
}

/** An error a person is told about is an answer too: exceptions lose their code and hint on the way. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorInfo };

export const VIEWS = ['usage', 'requests', 'connect', 'settings', 'check'] as const;
export type View = (typeof VIEWS)[number];

export interface Pushes {
  'push:state': AppState;
  'push:usage': UsagePush;
  /** A menu entry asks for a view. */
  'push:show': View;
  /** Of the check that this window has set off, as it comes. */
  'push:finding': Finding;
}
export type PushName = keyof Pushes;

/** What the preload script puts on a window: `window.meshbar`. */
export interface Bridge {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Answer<Answers[Name]>>;
  /** Returns its unsubscribe. */
  on<Name extends PushName>(name: Name, listener: (value: Pushes[Name]) => void): () => void;
}
