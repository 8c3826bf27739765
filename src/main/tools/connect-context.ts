import os from 'node:os';
import type { ConnectContext } from '../../tools/context.js';
import { createReceipts } from '../../tools/files/receipts.js';

/** This machine, as the adapters of tools look at it; `home` is Meshbar's own folder. */
export function appConnectContext(home: string): ConnectContext {
  return { env: process.env, homedir: os.homedir(), platform: process.platform, receipts: createReceipts(home) };
}
