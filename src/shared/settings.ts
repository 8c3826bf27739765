import { z } from 'zod';
import { SHELLS } from './env-block.js';

/** What a person can set in the app, and what each setting is until they do. */

const THEMES = ['system', 'light', 'dark'] as const;
/** What stands beside the icon where the system shows text there (macOS), and first in the tooltip elsewhere. */
const TRAY_TEXTS = ['nothing', 'cost', 'requests', 'tokens'] as const;
/** precise: three digits below a dollar; cents: two digits always. */
const CURRENCY_FORMATS = ['precise', 'cents'] as const;
const UPDATE_CHANNELS = ['latest', 'beta'] as const;

/** Letters, digits, dots, hyphens and colons: names and addresses alike; whether it can be bound shows when it is tried. */
const HOST = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9.:[\]-]{1,253}$/, 'Give an address such as 127.0.0.1.');

export const SETTINGS = z.object({
  port: z
    .number('Give a port from 1024 to 65535.')
    .int('Give a port from 1024 to 65535.')
    .min(1024, 'Give a port from 1024 to 65535.')
    .max(65_535, 'Give a port from 1024 to 65535.'),
  host: HOST,
  /** Start the proxy with the app. */
  autostart: z.boolean(),
  /** Start the app with the login. */
  launchAtLogin: z.boolean(),
  /** Local keys off. */
  insecure: z.boolean(),
  /** The second yes to an insecure proxy that others on the network can reach. */
  allowInsecureExposure: z.boolean(),
  defaultShell: z.enum(SHELLS),
  theme: z.enum(THEMES),
  currencyFormat: z.enum(CURRENCY_FORMATS),
  /** An Electron accelerator such as "CommandOrControl+Shift+M"; empty: none. */
  shortcut: z.string().max(60),
  /** Days that single requests are kept; null: for ever. Daily figures stay. */
  retentionDays: z.number().int().min(1).max(3650).nullable(),
  /** Fetch the public price list once a day. */
  updatePrices: z.boolean(),
  trayText: z.enum(TRAY_TEXTS),
  updateChannel: z.enum(UPDATE_CHANNELS),
  notifyStopped: z.boolean(),
  notifySession: z.boolean(),
  notifyBudget: z.boolean(),
  /** Tell MeshAgent which tool calls. */
  annotateTool: z.boolean(),
  /** Label each request for MeshAgent, and take from it what those cost that were cut. */
  settle: z.boolean(),
  /** Answer GET /metrics. */
  metrics: z.boolean(),
  /** Base URL of the collector that metrics and spans are exported to; empty: none. Main checks the rest. */
  otlpUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'Give an http or https address.' }).max(500)]),
  /** The popover stays when another window is clicked. */
  keepOpen: z.boolean(),
});
export type Settings = z.infer<typeof SETTINGS>;

export const DEFAULT_SETTINGS: Settings = {
  port: 8766,
  host: '127.0.0.1',
  autostart: true,
  launchAtLogin: false,
  insecure: false,
  allowInsecureExposure: false,
  defaultShell: 'sh',
  theme: 'system',
  currencyFormat: 'precise',
  shortcut: 'CommandOrControl+Shift+M',
  retentionDays: null,
  updatePrices: false,
  trayText: 'cost',
  updateChannel: 'latest',
  notifyStopped: true,
  notifySession: true,
  notifyBudget: true,
  annotateTool: false,
  settle: false,
  metrics: false,
  otlpUrl: '',
  keepOpen: false,
};
