import { expect, test } from 'vitest';
import { createRequests } from '../../../src/main/ipc/requests.js';
import { createMenuActions } from '../../../src/main/menu/actions.js';
import { MeshbarError } from '../../../src/shared/errors.js';

/** What is told when signing in ends so. */
async function toldOf(error: MeshbarError): Promise<readonly string[]> {
  const told: string[] = [];
  const requests = createRequests({ redact: (text) => text, onError: () => {} });
  requests.handle('session:sign-in', () => Promise.reject(error));
  const perform = createMenuActions({ requests, open: async () => {}, onError: ({ code }) => told.push(code) });
  await perform({ ask: 'session:sign-in', input: undefined });
  return told;
}

test('a sign-in that fails is told, one that a person cancels is not', async () => {
  expect(await toldOf(new MeshbarError('sign_in_denied', { why: 'declined' }))).toEqual(['sign_in_denied']);
  expect(await toldOf(new MeshbarError('sign_in_cancelled'))).toEqual([]);
});
