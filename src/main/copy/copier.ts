import { envBlock } from '../../shared/env-block.js';
import type { Copyable } from '../../shared/ipc.js';
import { snippetOf } from '../../shared/snippets.js';
import type { AppEngine } from '../engine/app-engine.js';
import { proxyAddress } from '../engine/proxy-address.js';
import type { SettingsStore } from '../settings/settings.js';

export interface CopierOptions {
  readonly engine: AppEngine;
  readonly settings: SettingsStore;
  readonly toClipboard: (text: string, options: { isSecret: boolean }) => Promise<void>;
  readonly onCopied: (what: Copyable) => void;
}

export interface Copier {
  /** The text with the local key masked. Rejects with MeshbarError where there is no local key. */
  preview(what: Copyable): Promise<string>;
  /** Puts the text on the clipboard; gives it masked. */
  copy(what: Copyable): Promise<string>;
}

/** Stands for the rest of a key while a text is made: plain for every shell, so that a preview is quoted as the copy. */
const MASK = '0masked0masked0';

/** Makes what tools are pointed at the proxy with: of the running proxy, else as it will be. */
export function createCopier({ engine, settings, toClipboard, onCopied }: CopierOptions): Copier {
  async function textOf(what: Copyable): Promise<{ text: string; masked: string }> {
    const { url, localKey } = await proxyAddress(engine, settings);
    const masked = make(what, url, localKey.slice(0, 4) + MASK).replaceAll(MASK, '…');
    return { text: make(what, url, localKey), masked };
  }

  return {
    async preview(what) {
      return (await textOf(what)).masked;
    },
    async copy(what) {
      const { text, masked } = await textOf(what);
      await toClipboard(text, { isSecret: what.kind !== 'address' });
      onCopied(what);
      return masked;
    },
  };
}

function make(what: Copyable, url: string, localKey: string): string {
  if (what.kind === 'env') return envBlock({ url, localKey, shell: what.shell, part: what.part });
  if (what.kind === 'snippet') return snippetOf(what.snippet, url, localKey).text;
  return what.kind === 'address' ? url : localKey;
}
