import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Machine, machine, startMachine } from '../compat/machine.js';
import { expectMetered, tokensBilled, tokensOf } from '../compat/metered.js';
import { exchangeWith, expectNoSocketLeft, newName } from './simulator-client.js';
import { HTTP_ROWS, type Row, SOCKET_ROWS } from './simulator-rows.js';

const running = machine();

/** Does what a row says once for each of its kinds, all at once. */
async function expectEndings(on: Machine, { plan, kinds, leave, client, record }: Row): Promise<void> {
  await Promise.all(
    kinds.map(async (kind) => {
      const name = newName();
      const got = await exchangeWith(on, kind, name, plan, leave);
      expect({ kind, ...got }).toMatchObject({ kind, ...client });
      const seen = await on.recordOf(name);
      // A row before may have left a dead connection: what went out on it was sent again, and is no longer sure.
      const unsure = { measured: 'partial', none: 'unmetered' }[String(record.standing)];
      const expected = seen.sentTwice && unsure ? { ...record, standing: unsure } : record;
      expect({ kind, ...seen }).toMatchObject({ kind, ...expected });
      expect(seen.errorReason ?? '').not.toContain('hello');
      if (record.standing !== 'measured') return;
      const bills = on.simulator.billed.filter(({ annotations }) => annotations.name === name);
      // A service that has said goodbye may still serve what crosses its farewell, and bill it: hence it is not sure.
      expect(bills.length - 1).toBeLessThanOrEqual(seen.sentTwice ? 1 : 0);
      const billed = bills.at(-1);
      // Audio and pictures have no price in the simulator that the public list shares.
      if (kind === 'realtime socket') expect(tokensOf(seen.usage)).toEqual(tokensBilled(billed));
      // How sure it is has been looked at above.
      else expectMetered({ ...seen, standing: record.standing }, billed);
    }),
  );
}

describe('each fault ends as documented', () => {
  let ownSockets: number | undefined;
  beforeAll(async () => {
    ownSockets = await running().openSockets();
  });
  // Nothing else runs then: whatever is open was left behind.
  afterAll(async () => {
    // As many connections as exchanges ran beside each other may be kept idle.
    await expectNoSocketLeft(running(), HTTP_ROWS.length, ownSockets);
    const { simulator } = running();
    simulator.dropConnections('end');
    await expectNoSocketLeft(running(), 0, ownSockets);
  });

  test.concurrent.each(HTTP_ROWS)('$plan ($kinds)', async (row) => expectEndings(running(), row));
  test.concurrent.each(SOCKET_ROWS)('$plan ($kinds)', async (row) => expectEndings(running(), row));
});

describe('a kept connection that is dead', () => {
  test.each(['message', 'chat stream', 'responses socket', 'realtime socket'] as const)(
    'costs a %s nothing but the certainty of its figures',
    async (kind) => {
      const [before, name] = [newName(), newName()];
      await exchangeWith(running(), 'message', before, 'fault=stale');
      expect(await exchangeWith(running(), kind, name, '')).toMatchObject({ complete: true });
      expect(await running().recordOf(before)).toMatchObject({ outcome: 'complete' });
      // A handshake that is sent twice bills nothing.
      const record = kind.endsWith('socket') ? { standing: 'measured' } : { standing: 'partial', sentTwice: true };
      expect(await running().recordOf(name)).toMatchObject({ outcome: 'complete', ...record });
    },
  );
});

test('with a session, a request refused once is sent again with another token', async () => {
  const signedIn = await startMachine({ session: true });
  try {
    // Tokens that are refused one after the other, however new, are not traded for ever.
    for (const kind of ['response stream', 'responses socket'] as const) {
      const name = newName();
      const got = await exchangeWith(signedIn, kind, name, 'fault=unauthorized-once; id=NAME');
      expect({ kind, ...got }).toMatchObject({ kind, complete: true });
      expect(await signedIn.recordOf(name)).toMatchObject({ outcome: 'complete', standing: 'measured' });
      expect(signedIn.forwarded().filter(({ headers }) => headers['user-agent'] === name)).toHaveLength(2);
    }
    expect(signedIn.untaken).toEqual([]);
  } finally {
    await signedIn.close();
  }
});
