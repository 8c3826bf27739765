import type { Check } from './check.js';
import { balanceCheck } from './checks/balance.js';
import { environmentCheck } from './checks/environment.js';
import { ledgerCheck } from './checks/ledger.js';
import { loopbackCheck } from './checks/loopback.js';
import { permissionsCheck } from './checks/permissions.js';
import { portCheck } from './checks/port.js';
import { projectCheck } from './checks/project.js';
import { sessionCheck } from './checks/session.js';

export const CHECKS: readonly Check[] = [
  portCheck,
  loopbackCheck,
  environmentCheck,
  sessionCheck,
  projectCheck,
  balanceCheck,
  permissionsCheck,
  ledgerCheck,
];
