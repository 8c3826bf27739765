import { useEffect, useRef } from 'react';
import type { CopiedText, Copyable } from '../../shared/ipc.js';
import { type Asked, useAnswer } from './use-answer.js';
import { useStore } from './use-store.js';

/** What would be copied, with the key masked; asked for anew when the proxy, its address or the session is another one. */
export function usePreview(what: Copyable): Asked<CopiedText, Copyable> {
  const asked = useAnswer('env:preview', what);
  const { reload } = asked;
  const version = useStore(({ app }) => {
    if (!app) return '';
    const { proxy, settings, session, demo } = app;
    const who = 'user' in session ? session.user.id : '';
    return [proxy.status, settings.host, settings.port, settings.insecure, session.status, who, demo].join(' ');
  });
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current === version) return;
    shown.current = version;
    reload();
  }, [version, reload]);
  return asked;
}

/** Where tools find the proxy, such as "http://127.0.0.1:8766"; undefined until it is known. */
export function useAddress(): string | undefined {
  return usePreview({ kind: 'address' }).value?.masked;
}
