import { useEffect, useRef } from 'react';
import styles from './App.module.css';
import { Footer } from './components/Footer.js';
import { Notices } from './components/Notices.js';
import { Toasts } from './components/Toasts.js';
import { store, useStore } from './store/use-store.js';
import { followVisibility } from './store/visibility.js';
import { CheckView } from './views/check/CheckView.js';
import { ConnectView } from './views/connect/ConnectView.js';
import { RequestsView } from './views/requests/RequestsView.js';
import { SettingsView } from './views/settings/SettingsView.js';
import { UsageView } from './views/usage/UsageView.js';

const SHOWN = {
  usage: UsageView,
  requests: RequestsView,
  connect: ConnectView,
  settings: SettingsView,
  check: CheckView,
};

/** The frame: what is wrong stands on top, one of the views between, what is always needed at the foot. */
export function App() {
  const view = useStore((state) => state.view);
  const known = useStore((state) => state.app !== undefined);
  const kind = useStore((state) => state.app?.window);
  const theme = useStore((state) => state.app?.settings.theme);
  const main = useRef<HTMLElement>(null);
  const View = SHOWN[view];

  useEffect(() => {
    const disconnect = store.connect();
    const stopFollowing = followVisibility();
    return () => {
      stopFollowing();
      disconnect();
    };
  }, []);

  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'light' || theme === 'dark') dataset.theme = theme;
    else delete dataset.theme;
  }, [theme]);

  useEffect(() => {
    // A dialog and a menu take the key for themselves and don't let it come here.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && kind === 'popover') {
        void store.ask('window:hide', undefined);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [kind]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each view begins at its top
  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [view]);

  if (!known) return null;
  return (
    <div className={styles.frame}>
      <Notices />
      <main className={styles.main} ref={main}>
        <View />
      </main>
      <Footer />
      <Toasts />
    </div>
  );
}
