import { account } from './account.js';
import { dashboard } from './dashboard.js';
import { doctor } from './doctor.js';
import { help } from './help.js';
import { limits } from './limits.js';
import { prices } from './prices.js';
import { proxy } from './proxy.js';
import { tools } from './tools.js';
import { usage } from './usage.js';

/** What only the terminal says, a file for each group of commands. */
export const terminal = {
  ...account,
  ...dashboard,
  ...doctor,
  ...help,
  ...limits,
  ...prices,
  ...proxy,
  ...tools,
  ...usage,
} as const;
