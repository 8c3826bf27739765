import { app } from './app/index.js';
import { billed } from './billed.js';
import { billing } from './billing.js';
import { budget } from './budget.js';
import { columns } from './columns.js';
import { count } from './count.js';
import { doctor } from './doctor.js';
import { engine } from './engine.js';
import { errors } from './errors.js';
import { files } from './files.js';
import { firstRequest } from './first-request.js';
import { ledger } from './ledger.js';
import { limits } from './limits.js';
import { meter } from './meter.js';
import { overhead } from './overhead.js';
import { providers } from './providers.js';
import { proxy } from './proxy.js';
import { session } from './session.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { snippet } from './snippet.js';
import { telemetry } from './telemetry.js';
import { terminal } from './terminal/index.js';
import { tools } from './tools.js';
import { totals } from './totals.js';

/**
 * Every sentence a person reads, in English. A file an area; the key begins with the file's path. What is here is
 * ICU MessageFormat: {name} is filled in, {count, plural, one {# request} other {# requests}} follows a number.
 */
export const EN = {
  ...app,
  ...billed,
  ...billing,
  ...budget,
  ...columns,
  ...count,
  ...doctor,
  ...engine,
  ...errors,
  ...files,
  ...firstRequest,
  ...ledger,
  ...limits,
  ...meter,
  ...overhead,
  ...providers,
  ...proxy,
  ...session,
  ...settings,
  ...shell,
  ...snippet,
  ...telemetry,
  ...terminal,
  ...tools,
  ...totals,
} as const;
