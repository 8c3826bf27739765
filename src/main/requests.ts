import { clipboard, shell, type WebContents } from 'electron';
import { envBlock } from '../shared/env-block.js';
import { MeshbarError } from '../shared/errors.js';
import { type AppState, type Copyable, LINKS } from '../shared/ipc.js';
import { snippetOf } from '../shared/snippets.js';
import type { Engine } from './engine.js';
import type { Handlers } from './ipc.js';
import type { SettingsStore } from './settings.js';
import { usageNow } from './usage-pushes.js';
import { usageView } from './usage-view.js';

export interface RequestsOptions {
  readonly engine: Engine;
  readonly settings: SettingsStore;
  readonly stateFor: (sender: WebContents) => AppState;
  readonly onSettings: () => void;
  readonly quit: () => void;
  readonly hide: (sender: WebContents) => void;
}

/** What each request of the contract does. */
export function createHandlers({ engine, settings, stateFor, onSettings, quit, hide }: RequestsOptions): Handlers {
  let signIn: AbortController | undefined;
  let sessionStart = Date.now();
  engine.onChange(() => {
    const { state } = engine.core;
    if (state.status === 'running') sessionStart = state.proxy.startedAt;
  });

  async function textOf(what: Copyable): Promise<{ text: string; masked: string }> {
    const { state } = engine.core;
    const { host, port } = settings.current;
    const url = state.status === 'running' ? state.proxy.url : `http://${host}:${port}`;
    const localKey = state.status === 'running' ? state.proxy.localKey : (await engine.core.session.localKey()).key;
    const make = (key: string): string => {
      if (what.kind === 'env') return envBlock({ url, localKey: key, shell: what.shell });
      if (what.kind === 'snippet') return snippetOf(what.snippet, url, key).text;
      return what.kind === 'address' ? url : key;
    };
    return { text: make(localKey), masked: make(`${localKey.slice(0, 4)}…`) };
  }

  return {
    'app:state': (_input, sender) => stateFor(sender),
    'app:quit': () => quit(),
    'app:open-link': ({ link }) => shell.openExternal(LINKS[link]),
    'app:dismiss-notice': () => undefined,
    'proxy:start': () => engine.start(),
    'proxy:stop': ({ now }) => engine.stop(now ? { graceMs: 0 } : undefined),
    'usage:now': () => usageNow(engine),
    'usage:view': (input) => usageView(engine.core, input, sessionStart),
    'usage:latest': (query) => engine.core.ledger.latest(query),
    'usage:billed': ({ period }) => {
      const days = { '24h': 1, '7d': 7, '30d': 30 }[period];
      return engine.core.account.billedUsage({ since: Date.now() - days * 86_400_000 });
    },
    'env:preview': async (what) => ({ masked: (await textOf(what)).masked }),
    'env:copy': async (what) => {
      const { text, masked } = await textOf(what);
      clipboard.writeText(text);
      return { masked };
    },
    'text:copy': ({ text }) => clipboard.writeText(text),
    'key:show': async () => {
      const { key, source } = await engine.core.session.localKey();
      return { localKey: key, source };
    },
    'key:rotate': () => engine.core.rotateLocalKey(),
    'settings:change': (changes) => {
      settings.change(changes);
      onSettings();
      return { settings: settings.current, consequences: [] };
    },
    'session:sign-in': async () => {
      signIn?.abort();
      signIn = new AbortController();
      await engine.core.session.signIn({ signal: signIn.signal });
    },
    'session:cancel-sign-in': () => signIn?.abort(),
    'session:sign-out': () => engine.core.session.signOut(),
    'session:profiles': () => engine.core.session.profiles(),
    'session:use-profile': ({ id }) => engine.core.session.useProfile(id),
    'session:projects': () => engine.core.account.projects(),
    'session:use-project': ({ id }) => engine.core.session.setProject(id),
    'session:balance': () => engine.core.account.balance(),
    'demo:leave': () => engine.leaveDemo(),
    'update:check': () => undefined,
    'update:install': () => undefined,
    'window:hide': (_input, sender) => hide(sender),
    'window:pop-out': () => {
      throw new MeshbarError('internal', 'There is no such window yet.');
    },
  };
}
