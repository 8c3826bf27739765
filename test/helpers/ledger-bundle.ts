import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { priceListOfOurProviders } from '../../vite.price-list.ts';

export interface LedgerBundle {
  /** The ledger's thread, as the product ships it. */
  readonly workerUrl: URL;
  /** createLedger, for processes of their own. */
  readonly ledgerUrl: URL;
  remove(): Promise<void>;
}

const source = (name: string) => fileURLToPath(new URL(`../../src/ledger/${name}`, import.meta.url));

/** Bundles the ledger as vite.config.ts does: a thread or a process can't run TypeScript with our import names. */
export async function bundleLedger(): Promise<LedgerBundle> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'meshbar-ledger-bundle-'));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [priceListOfOurProviders()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node22',
      minify: false,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: { worker: source('worker.ts'), ledger: source('ledger.ts') },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return {
    workerUrl: new URL(`file://${folder}/worker.mjs`),
    ledgerUrl: new URL(`file://${folder}/ledger.mjs`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
