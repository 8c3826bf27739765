import { ipcMain } from 'electron';
import type { Requests } from './requests.js';

/** Opens the one channel that windows ask on. Throws where a request of the contract has no handler yet. */
export function registerIpc({ requests }: { readonly requests: Requests }): void {
  if (requests.unhandled.length > 0) throw new Error(`Without a handler: ${requests.unhandled.join(', ')}.`);
  ipcMain.handle('request', requests.answer);
}
