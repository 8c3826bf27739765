import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { APP_ID } from '../../../src/main/app/app-id.js';

test('the app goes by the id that it is packaged with', () => {
  const builder = readFileSync(path.resolve(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');
  expect(/^appId: (.+)$/m.exec(builder)?.[1]).toBe(APP_ID);
});
