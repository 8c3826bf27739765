import os from 'node:os';
import path from 'node:path';

/** Where Meshbar keeps its own files: the app's user data folder, for the terminal too. */
export interface MeshbarPaths {
  readonly home: string;
  /** SQLite file with the usage records. */
  readonly ledger: string;
  /** The price list, where the user lets it be fetched. */
  readonly prices: string;
  /** The user's own prices. */
  readonly ownPrices: string;
  /** Says where a running proxy listens; mode 0600. */
  readonly runFile: string;
  /** The named local keys, their hashes alone; mode 0600. */
  readonly keys: string;
  /** Mode 0600. */
  readonly budgets: string;
}

/**
 * `MESHBAR_HOME` if set, else Electron's `userData` of this platform (its appData folder plus "Meshbar").
 */
export function meshbarPaths(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): MeshbarPaths {
  const home = env.MESHBAR_HOME ? path.resolve(env.MESHBAR_HOME) : path.join(appDataFolder(env, platform), 'Meshbar');
  return {
    home,
    ledger: path.join(home, 'ledger.sqlite'),
    prices: path.join(home, 'prices.json'),
    ownPrices: path.join(home, 'own-prices.json'),
    runFile: path.join(home, 'proxy.json'),
    keys: path.join(home, 'keys.json'),
    budgets: path.join(home, 'budgets.json'),
  };
}

function appDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  if (platform === 'win32') return env.APPDATA ?? path.join(os.homedir(), 'AppData', 'Roaming');
  return env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config');
}
