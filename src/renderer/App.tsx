import { useEffect, useState } from 'react';
import type { AppState } from '../shared/ipc.js';
import { bridge } from './bridge.js';

export function App() {
  const [state, setState] = useState<AppState>();
  useEffect(() => {
    bridge.request('app:state', undefined).then((answer) => {
      if (answer.ok) setState(answer.value);
    });
    return bridge.on('push:state', setState);
  }, []);
  return <main>{state?.proxy.status ?? 'starting'}</main>;
}
