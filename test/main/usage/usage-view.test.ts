import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createLedger } from '../../../src/ledger/ledger.js';
import { usageView } from '../../../src/main/usage/usage-view.js';
import { englishOf } from '../../../src/words/index.js';
import { exchangeRecord } from '../../helpers/exchange-record.js';
import { tempFolder } from '../../helpers/temp-folder.js';
import { LEDGER_WORKER } from '../../helpers/terminal.js';

async function engineOf(count: number) {
  const ledger = await createLedger({
    path: path.join(tempFolder(), 'ledger.sqlite'),
    workerUrl: pathToFileURL(LEDGER_WORKER),
    onProblem: (problem) => expect.fail(englishOf(problem)),
  });
  onTestFinished(() => ledger.close());
  const now = Date.now();
  for (let n = 0; n < count; n += 1) {
    const responseModel = ['gpt-5.4', 'gpt-5.4-mini', 'no-known-model'][n % 3] as string;
    const outcome = n % 5 === 0 ? 'failed' : 'complete';
    const tool = n % 4 === 0 ? 'Codex' : 'curl';
    ledger.append(exchangeRecord(n, { startedAt: now - n * 7 * 60_000, responseModel, outcome, tool }));
  }
  return { ledger, keys: { list: async () => [] } } as unknown as Parameters<typeof usageView>[0];
}

it('totals what the ledger totals, however the view is parted and filtered', async () => {
  const engine = await engineOf(400);
  for (const input of [
    { period: '24h', by: 'model' },
    { period: '30d', by: 'tool' },
    { period: '7d', by: 'key', model: 'gpt-5.4' },
    { period: '24h', by: 'project', tool: 'Codex' },
    { period: '24h', by: 'model', tool: 'nobody' },
  ] as const) {
    const { since, totals, points } = await usageView(engine, input, 0);
    const filter = {
      model: 'model' in input ? input.model : undefined,
      tool: 'tool' in input ? input.tool : undefined,
    };
    expect(totals).toEqual(await engine.ledger.totals({ since, ...filter }));
    expect(points.reduce((sum, { exchanges }) => sum + exchanges, 0)).toBe(totals.exchanges);
  }
});
