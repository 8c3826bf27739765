import { defineConfig } from 'vite';
import { httpAlone } from './vite.http-alone.ts';
import { priceListOfOurProviders } from './vite.price-list.ts';
import { stringWidthOnDemand } from './vite.string-width.ts';
import { wordsAsJson } from './vite.words.ts';

/**
 * Bundles the `meshbar` command with its dependencies, so that it starts fast and runs with plain Node. Each command's
 * code and the dashboard are chunks of their own, loaded when they are needed.
 */
export default defineConfig({
  plugins: [priceListOfOurProviders(), httpAlone(), stringWidthOnDemand(), wordsAsJson()],
  define: {
    'process.env.NODE_ENV': '"production"',
    // CommonJS dependencies (write-file-atomic) use these; in an ES module they are spelt otherwise.
    __filename: 'import.meta.filename',
    __dirname: 'import.meta.dirname',
  },
  ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate'] },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/terminal',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: {
        meshbar: 'src/terminal/main.ts',
        'ledger-worker': 'src/ledger/worker.ts',
        'ledger-check-worker': 'src/doctor/ledger-check-worker.ts',
        simulator: 'src/simulator/main.ts',
      },
      output: {
        entryFileNames: '[name].js',
        // Beside the entries: the ledger's thread is found by its place relative to the code that starts it.
        chunkFileNames: '[name]-[hash].js',
        banner: (chunk) => (chunk.name === 'meshbar' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
