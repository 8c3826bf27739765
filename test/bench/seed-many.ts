import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openStore } from '../../src/ledger/store.js';
import { exchangeRecord } from '../helpers/exchange-record.js';

const BATCH = 10_000;
const MONTH_MS = 30 * 24 * 3_600_000;
const MODELS = ['claude-sonnet-4-6', 'gpt-5.4', 'claude-haiku-4-5', 'gpt-5.4-mini', 'text-embedding-3-small'];
const TOOLS = ['Claude Code', 'Codex', 'OpenAI SDK · Python', 'LangChain · JS'];

/** Writes `count` records, spread over the last 30 days, into the ledger of a folder; gives the seconds it took. */
export async function seedMany(folder: string, count: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const started = performance.now();
  const ignore = () => {};
  const store = openStore(path.join(folder, 'ledger.sqlite'), { onSetAside: ignore, onProblem: ignore });
  const end = Date.now() - 60_000;
  for (let first = 0; first < count; first += BATCH) {
    store.append(
      Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => {
        const n = first + i;
        const model = MODELS[(n * 7919) % MODELS.length] as string;
        return exchangeRecord(n, {
          startedAt: Math.floor(end - MONTH_MS + (MONTH_MS * n) / count),
          providerName: model.startsWith('claude') ? 'anthropic' : 'openai',
          tool: TOOLS[(n * 104_729) % TOOLS.length] as string,
          requestModel: model,
          responseModel: model,
        });
      }),
    );
  }
  store.close();
  return ((performance.now() - started) / 1000).toFixed(0);
}
