import { runnerImport } from 'vite';

const CATALOGUE = /[\\/]src[\\/]words[\\/]en[\\/]index\.ts$/;

/**
 * Bundles the catalogue of words as one piece of JSON, without what only the app says. As objects that are spread into
 * each other, it takes 9 ms of each start of a command; like this, 1 ms.
 */
export function wordsAsJson() {
  return {
    name: 'words-as-json',
    enforce: 'pre' as const,
    async load(id: string) {
      if (!CATALOGUE.test(id)) return undefined;
      const { module } = await runnerImport<{ EN: Readonly<Record<string, string>> }>(id);
      const words = Object.entries(module.EN).filter(([key]) => !key.startsWith('app.'));
      const json = JSON.stringify(Object.fromEntries(words));
      return { code: `export const EN = JSON.parse(${JSON.stringify(json)});`, map: null };
    },
  };
}
