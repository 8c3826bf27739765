import { MeshbarError } from '../shared/errors.js';
import { shownHost } from '../shared/proxy-url.js';
import { portOwner } from './port-owner.js';

/** What to tell of an address that can't be listened on, and what to do about it. */
export async function listenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MeshbarError> {
  if (error.code === 'EADDRINUSE') {
    const owner = await portOwner(shownHost(host), port);
    if (owner) {
      return new MeshbarError('port_in_use_by_meshbar', { port: String(port), version: owner.version });
    }
    return new MeshbarError('port_in_use', { port: String(port) });
  }
  const data = { host, port: String(port) };
  if (error.code === 'EACCES') return new MeshbarError('listen_failed', { why: 'not_permitted', ...data });
  return new MeshbarError('listen_failed', { why: 'code', ...data, reason: error.code ?? '' }, { cause: error });
}
