import type { Check } from './check.js';
import { environmentCheck } from './checks/environment.js';
import { loopbackCheck } from './checks/loopback.js';
import { portCheck } from './checks/port.js';

/** In the order in which a request meets them. */
export const CHECKS: readonly Check[] = [portCheck, loopbackCheck, environmentCheck];
