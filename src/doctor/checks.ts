import type { Check } from './check.js';
import { balanceCheck } from './checks/balance.js';
import { clockCheck } from './checks/clock.js';
import { environmentCheck } from './checks/environment.js';
import { ledgerCheck } from './checks/ledger.js';
import { loopbackCheck } from './checks/loopback.js';
import { permissionsCheck } from './checks/permissions.js';
import { portCheck } from './checks/port.js';
import { projectCheck } from './checks/project.js';
import { sessionCheck } from './checks/session.js';
import { tlsCheck } from './checks/tls.js';
import { toolsCheck } from './checks/tools.js';
import { upstreamCheck } from './checks/upstream.js';
import { versionsCheck } from './checks/versions.js';

export const CHECKS: readonly Check[] = [
  versionsCheck,
  portCheck,
  loopbackCheck,
  environmentCheck,
  toolsCheck,
  sessionCheck,
  projectCheck,
  balanceCheck,
  upstreamCheck,
  tlsCheck,
  clockCheck,
  permissionsCheck,
  ledgerCheck,
];
