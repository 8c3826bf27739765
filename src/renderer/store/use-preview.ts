import type { CopiedText, Copyable } from '../../shared/ipc.js';
import { type Asked, useAnswer } from './use-answer.js';
import { useOnChange } from './use-on-change.js';
import { useStore } from './use-store.js';

/** What would be copied, with the key masked; asked for again when the proxy, its address or the session is another one. */
export function usePreview(what: Copyable): Asked<CopiedText, Copyable> {
  const asked = useAnswer('env:preview', what);
  const version = useStore(({ app }) => {
    if (!app) return '';
    const { proxy, settings, session, demo } = app;
    const who = 'user' in session ? session.user.id : '';
    return [proxy.status, settings.host, settings.port, settings.insecure, session.status, who, demo].join(' ');
  });
  useOnChange(version, asked.reload);
  return asked;
}

/** Where tools find the proxy, such as "http://127.0.0.1:8766"; undefined until it is known. */
export function useAddress(): string | undefined {
  return usePreview({ kind: 'address' }).value?.masked;
}
