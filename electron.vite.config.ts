import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { priceListOfOurProviders } from './vite.price-list.ts';

const HOST = '127.0.0.1';
const DEV_PORT = 5317;

/**
 * Bundles the app. Main and preload are CommonJS with their dependencies inside: a sandboxed preload script can be
 * nothing else, and an app that reads one file starts sooner than one that searches node_modules.
 */
export default defineConfig({
  main: {
    plugins: [priceListOfOurProviders()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      minify: false,
      // In kB. Nothing is downloaded: it is read from the disk, once.
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        // The command loads undici with its first call (net/service-call.ts); the app has it from the start.
        checks: { ineffectiveDynamicImport: false },
        input: {
          index: 'src/main/index.ts',
          'ledger-worker': 'src/ledger/worker.ts',
          'ledger-check-worker': 'src/doctor/ledger-check-worker.ts',
        },
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      minify: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    // The pages keep the app's own scheme, so that the client must be given the server's address.
    server: {
      host: HOST,
      port: DEV_PORT,
      strictPort: true,
      hmr: { protocol: 'ws', host: HOST, clientPort: DEV_PORT },
    },
    optimizeDeps: { include: ['react', 'react-dom/client', 'recharts', 'intl-messageformat'] },
    build: {
      outDir: 'out/renderer',
      chunkSizeWarningLimit: 5000,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.resolve(import.meta.dirname, 'src/renderer/index.html') },
    },
  },
});
