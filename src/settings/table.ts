import { SHELLS } from '../shared/env-block.js';
import {
  ADDRESS,
  choice,
  FLAG,
  fraction,
  HOST,
  limit,
  NAME,
  NAMES,
  OPTIONAL_FLAG,
  ORIGINS,
  SECRET,
  type SettingType,
  SHORTCUT,
  SOURCE,
  URL_TYPE,
  type ValueOf,
  whole,
} from './types.js';

/** Where a row of the app stands, in this order. */
export type SettingsSection = 'proxy' | 'app' | 'notifications' | 'advanced' | 'about';

/** The columns of the table. A setting's sentences are in src/words, under "settings.<name>.". */
export interface Setting {
  readonly type: SettingType;
  readonly default: ValueOf<SettingType>;
  /** Part of ProxyConfig. */
  readonly engine?: true;
  /** The proxy reads it when it starts: one that runs is started again for a change to take effect. */
  readonly restart?: true;
  /** Of `meshbar proxy`. */
  readonly option?: `--${string}`;
  /** Says the opposite. */
  readonly off?: `--no-${string}`;
  /** Counts where the option is not given. */
  readonly variable?: `MESHBAR_${string}`;
  /** Not in the help. */
  readonly hidden?: true;
  /** The app keeps it in its settings.json; a type, where the app takes less than the command. */
  readonly stored?: true | SettingType;
  /** Section of the app's settings that has a row for it, in the order of this table. */
  readonly row?: SettingsSection;
}

/**
 * Every setting, each in one place: what the engine is given, what `meshbar proxy` takes and what the app shows and
 * keeps are read off it. Names are those of the app's settings.json, which stay readable from version to version.
 */
export const TABLE = {
  /** Project of MeshAgent that is used and billed; undefined: that of the environment or the session. */
  projectId: { type: NAME, default: undefined, engine: true, option: '--project-id <id>' },
  /** 0 takes a free one. In the app it must stay the same, since tools are pointed at it. */
  port: {
    type: whole(0, 65_535),
    default: 8766,
    engine: true,
    restart: true,
    option: '--port <number>',
    stored: whole(1024, 65_535),
    row: 'proxy',
  },
  /** Address that the proxy listens on. */
  host: {
    type: HOST,
    default: '127.0.0.1',
    engine: true,
    restart: true,
    option: '--host <address>',
    stored: true,
    row: 'proxy',
  },
  /** The local key, given by hand. */
  bearer: { type: SECRET, default: undefined, engine: true, option: '--bearer <key>' },
  /** Name of the environment variable that holds the upstream token. */
  tokenFromEnv: { type: NAME, default: undefined, engine: true, option: '--token-from-env <name>' },
  /** Base URL of MeshAgent; undefined: that of the environment, the profile or the service itself. */
  apiUrl: { type: URL_TYPE, default: undefined, engine: true, option: '--api-url <url>' },
  /** Start the proxy with the app. */
  autostart: { type: FLAG, default: true, stored: true, row: 'proxy' },
  /** Local keys off. */
  insecure: {
    type: FLAG,
    default: false,
    engine: true,
    restart: true,
    option: '--insecure',
    stored: true,
    row: 'proxy',
  },
  /** The second, explicit yes to an insecure proxy that others on the network can reach; in the app a question. */
  allowInsecureExposure: {
    type: FLAG,
    default: false,
    engine: true,
    restart: true,
    option: '--insecure-expose',
    stored: true,
  },
  /** Host names besides loopback and the bound address that a request may name. */
  allowedHosts: { type: NAMES, default: [], engine: true, restart: true, option: '--allow-host <name>' },
  /** Origins of web pages that may call the proxy. */
  allowedOrigins: { type: ORIGINS, default: [], engine: true, restart: true, option: '--allow-origin <origin>' },
  /** Ask for usage on behalf of chat streams that did not, and withhold the extra chunk. */
  askForUsage: { type: FLAG, default: true, engine: true, restart: true, option: '--no-ask-usage' },
  /** Name the calling tool to MeshAgent. */
  annotateTool: {
    type: FLAG,
    default: false,
    engine: true,
    restart: true,
    option: '--annotate-tool',
    stored: true,
    row: 'advanced',
  },
  /** Label each exchange for MeshAgent, and ask it what those were billed whose cost is not sure. */
  settle: {
    type: FLAG,
    default: false,
    engine: true,
    restart: true,
    option: '--settle',
    stored: true,
    row: 'advanced',
  },
  /** Answer GET /metrics. */
  metrics: {
    type: FLAG,
    default: false,
    engine: true,
    restart: true,
    option: '--metrics',
    stored: true,
    row: 'advanced',
  },
  /** Base URL of the collector that metrics and spans are exported to; true: the one that the environment names. */
  otlpUrl: {
    type: SOURCE,
    default: '',
    engine: true,
    restart: true,
    option: '--otlp [url]',
    stored: ADDRESS,
    row: 'advanced',
  },
  /** The second, explicit yes to plain http beyond this machine. */
  allowPlainOtlp: { type: FLAG, default: false, engine: true, restart: true, option: '--otlp-insecure' },
  /** How long stopping waits for exchanges in flight. */
  drainSeconds: { type: fraction(0, 86_400), default: 10, engine: true, option: '--drain <seconds>' },
  /** Start the app with the login. */
  launchAtLogin: { type: FLAG, default: false, stored: true, row: 'app' },
  /** The popover stays when another window is clicked. */
  keepOpen: { type: FLAG, default: false, stored: true, row: 'app' },
  /** Opens the popover from anywhere. */
  shortcut: { type: SHORTCUT, default: 'CommandOrControl+Shift+M', stored: true, row: 'app' },
  /** What copying the variables offers first. */
  defaultShell: { type: choice(SHELLS), default: 'sh', stored: true, row: 'app' },
  theme: { type: choice(['system', 'light', 'dark']), default: 'system', stored: true, row: 'app' },
  /** precise: three digits below a dollar; cents: two digits always. */
  currencyFormat: { type: choice(['precise', 'cents']), default: 'precise', stored: true, row: 'app' },
  /** What a left click on the icon does; where it toggles the proxy, a right click opens the popover. */
  trayClick: { type: choice(['popover', 'toggle']), default: 'popover', stored: true, row: 'app' },
  /** What is beside the icon where the system shows text there (macOS), and first in the tooltip elsewhere. */
  trayText: { type: choice(['nothing', 'cost', 'requests', 'tokens']), default: 'cost', stored: true, row: 'app' },
  /** Whole days of the local calendar that single records are kept; their sums stay. */
  retentionDays: {
    type: limit(1, 3650),
    default: null,
    engine: true,
    option: '--keep-days <days>',
    variable: 'MESHBAR_KEEP_DAYS',
    stored: true,
    row: 'app',
  },
  /** What the content of the ledger's file may take up; the oldest records go first. */
  retentionMegabytes: {
    type: limit(1, 1_000_000),
    default: null,
    engine: true,
    option: '--keep-size <megabytes>',
    variable: 'MESHBAR_KEEP_SIZE',
  },
  /** Where to fetch the price list from, once a day; true: where it is published. */
  updatePrices: {
    type: SOURCE,
    default: false,
    engine: true,
    option: '--update-prices [url]',
    variable: 'MESHBAR_UPDATE_PRICES',
    stored: FLAG,
    row: 'app',
  },
  notifyStopped: { type: FLAG, default: true, stored: true, row: 'notifications' },
  notifySession: { type: FLAG, default: true, stored: true, row: 'notifications' },
  notifyBudget: { type: FLAG, default: true, stored: true, row: 'notifications' },
  updateChannel: { type: choice(['latest', 'beta']), default: 'latest', stored: true, row: 'about' },
  /** Undecided: a dashboard where there is a terminal for it. */
  tui: { type: OPTIONAL_FLAG, default: undefined, option: '--tui', off: '--no-tui' },
  json: { type: FLAG, default: false, option: '--json' },
  demo: { type: FLAG, default: false, option: '--demo' },
  /** Run as a demo where there is no MeshAgent session or token to use: what `npm start` asks for. */
  orDemo: { type: FLAG, default: false, option: '--or-demo', hidden: true },
  /** Form of the printed variables. */
  shell: { type: choice(SHELLS), default: 'sh', option: '--shell <name>' },
} as const satisfies Readonly<Record<string, Setting>>;

type Table = typeof TABLE;
export type SettingName = keyof Table;

/** Names of the settings with this column. */
export type NameWith<Column extends keyof Setting> = {
  [Name in SettingName]: Column extends keyof Table[Name] ? Name : never;
}[SettingName];

/** What these settings hold, by name. */
export type ValuesOf<Name extends SettingName> = { readonly [N in Name]: ValueOf<Table[N]['type']> };

/** In the order of the table. */
export function namesWith<Column extends keyof Setting>(column: Column): readonly NameWith<Column>[] {
  return (Object.keys(TABLE) as NameWith<Column>[]).filter((name) => column in TABLE[name]);
}

/** Something for each name. */
export function byName<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** Of a larger set of values those by these names. */
export function pick<Name extends string, Values extends { readonly [N in Name]: unknown }>(
  values: Values,
  names: readonly Name[],
): Pick<Values, Name> {
  return byName(names, (name) => values[name]) as Pick<Values, Name>;
}

type Defaults = { readonly [Name in SettingName]: Table[Name]['default'] };

/** What every setting is until somebody says otherwise. */
export const DEFAULTS = byName(Object.keys(TABLE) as SettingName[], (name) => TABLE[name].default) as Defaults;
