import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProvider } from '@pydantic/genai-prices';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { ALL_PROVIDERS } from '../src/providers/registry.js';
import { priceListOfOurProviders } from '../vite.price-list.ts';

const file = fileURLToPath(import.meta.resolve('@pydantic/genai-prices'));
const context = {
  parse: (code: string) => parseAst(code),
  error(message: string): never {
    throw new Error(message);
  },
};
const transform = (code: string, id: string) => priceListOfOurProviders().transform.call(context, code, id);

it('bundles our providers, whole, and no others', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'meshbar-prices-'));
  try {
    const code = transform(await readFile(file, 'utf8'), file)?.code as string;
    expect(code.length).toBeLessThan(200_000);
    await writeFile(path.join(folder, 'prices.mjs'), code);
    const bundled = await import(/* @vite-ignore */ path.join(folder, 'prices.mjs'));
    for (const { priceListId: providerId } of ALL_PROVIDERS) {
      expect(bundled.findProvider({ providerId })).toEqual(findProvider({ providerId }));
    }
    expect(bundled.findProvider({ providerId: 'google' })).toBeUndefined();
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('leaves other modules alone, and fails where the package is not what it was', () => {
  expect(transform('export {}', '/x/index.js')).toBeUndefined();
  expect(() => transform('const a = [{ id: 1 }]', file)).toThrow(/was not found/);
  expect(() => transform('const a = [{ id: "x", models: [] }, { id: "y", models: [] }]', file)).toThrow(/lacks one/);
});
