// A process that writes a ledger until it is killed: node ledger-writer.mjs LEDGER_URL WORKER_URL FILE FIRST EVERY_MS.
// Says the number and the time of each record on a line of its own, once it has been appended.
import { writeSync } from 'node:fs';

const [ledgerUrl, workerUrl, path, first, everyMs] = process.argv.slice(2);
const { createLedger } = await import(ledgerUrl);
const ledger = await createLedger({
  path,
  workerUrl: new URL(workerUrl),
  onProblem: (message) => writeSync(2, `${message}\n`),
});
let n = Number(first);
process.on('SIGTERM', async () => {
  clearInterval(writer);
  await ledger.close();
});
const writer = setInterval(() => {
  ledger.append({
    id: `ex_${n}`,
    startedAt: Date.now(),
    providerName: 'openai',
    tool: 'writer',
    method: 'POST',
    path: '/v1/responses',
    transport: 'http',
    streaming: false,
    responseModel: 'gpt-5.4-mini',
    usage: { inputTokens: n, outputTokens: 1 },
    usageStanding: 'measured',
    durationMs: 1,
    requestBytes: 1,
    responseBytes: 1,
    outcome: 'complete',
  });
  writeSync(1, `${n} ${Date.now()}\n`);
  n += 1;
}, Number(everyMs));
