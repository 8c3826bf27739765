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
      return new MeshbarError('port_in_use_by_meshbar', `Meshbar ${owner.version} already runs on port ${port}.`, {
        hint: '`meshbar env` prints its exports; `--port` starts another one beside it.',
      });
    }
    return new MeshbarError('port_in_use', `Port ${port} is taken by another program.`, {
      hint: 'Choose another one with --port, or 0 for a free one.',
    });
  }
  const reason = error.code === 'EACCES' ? 'not permitted' : (error.code ?? 'unknown error');
  return new MeshbarError('listen_failed', `The proxy can't listen on ${host}:${port} (${reason}).`, {
    hint: 'Check --host and --port.',
    cause: error,
  });
}
