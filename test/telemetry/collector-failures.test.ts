/** A collector that is down, refuses, hangs or is slow never touches an exchange, and costs a bounded amount of memory. */

import { expect, test } from 'vitest';
import { createTelemetry } from '../../src/telemetry/telemetry.js';
import { englishOf } from '../../src/words/index.js';
import { openaiClient } from '../compat/clients.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { exchangeHead } from '../helpers/meter-exchange.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { LOCAL_KEY } from '../helpers/start-proxy.js';
import { simulated, targetOf } from '../helpers/telemetry.js';
import { waitFor } from '../helpers/wait-for.js';

const QUICK = { metricsEveryMs: 50, spansAfterMs: 10 };
const HEAD = exchangeHead({});

function quickTelemetry(target: { url: string }, problems: string[]) {
  return createTelemetry({
    version: '1.2.3-test',
    metrics: true,
    otlp: targetOf(target),
    active: () => [],
    onProblem: (problem) => problems.push(englishOf(problem)),
    times: QUICK,
  });
}

const said = (problems: readonly string[], pattern: RegExp) => problems.filter((message) => pattern.test(message));

test('a collector that refuses is told of once, and again when it takes again, with what was lost', async () => {
  const receiver = await startOtlpReceiver();
  receiver.status = 401;
  const problems: string[] = [];
  const telemetry = quickTelemetry(receiver, problems);
  for (let n = 0; n < 3; n += 1) telemetry.record(exchangeRecord(n), HEAD);
  await waitFor(() => problems.length === 2, 'both signals to fail');
  const paths = () => receiver.requests.filter(({ path }) => path === '/v1/metrics').length;
  const tried = paths();
  await waitFor(() => paths() > tried + 2, 'more tries');
  expect(said(problems, /^Spans don’t reach the OTLP collector at 127\.0\.0\.1:\d+ \(status 401\)/)).toHaveLength(1);
  expect(said(problems, /^Metrics don’t reach the OTLP collector/)).toHaveLength(1);
  receiver.status = 200;
  telemetry.record(exchangeRecord(3), HEAD);
  await waitFor(() => problems.length === 4, 'both to be well again');
  expect(said(problems, /^Spans reach the OTLP collector at 127\.0\.0\.1:\d+ again; 3 were lost\.$/)).toHaveLength(1);
  expect(said(problems, /^Metrics reach the OTLP collector at 127\.0\.0\.1:\d+ again\.$/)).toHaveLength(1);
  expect(await telemetry.scrape?.()).toMatch(/^meshbar_otlp_spans_dropped_total 3$/m);
  await telemetry.close();
  // Metrics add up: nothing of them was lost.
  expect(receiver.points('meshbar.exchanges').map(({ value }) => value)).toEqual([4]);
  expect(problems).toHaveLength(4);
});

test('spans wait for a slow collector in bounded number; those beyond are counted, and closing does not wait', async () => {
  const receiver = await startOtlpReceiver();
  receiver.status = 'hang';
  const problems: string[] = [];
  const telemetry = quickTelemetry(receiver, problems);
  for (let n = 0; n < 5000; n += 1) telemetry.record(exchangeRecord(n), HEAD);
  await waitFor(() => problems.length > 0, 'it to be said');
  expect(said(problems, /^The OTLP collector at \S+ can’t keep up: spans are being dropped\.$/)).toHaveLength(1);
  expect(await telemetry.scrape?.()).toMatch(new RegExp(`^meshbar_otlp_spans_dropped_total ${5000 - 2048}$`, 'm'));
  await telemetry.close();
  expect(problems.at(-1)).toMatch(/^Spans that the OTLP collector at \S+ did not take: 5,000\.$/);
});

test.each([
  ['is not there', undefined],
  ['hangs', 'hang' as const],
  ['breaks', 500],
])('with a collector that %s exchanges pass as ever, and Meshbar stops', async (_name, status) => {
  const receiver = await startOtlpReceiver();
  receiver.status = status ?? 200;
  const { engine, problems } = await simulated({
    otlpUrl: status === undefined ? 'http://127.0.0.1:9' : receiver.url,
  });
  const { url } = await engine.start();
  for (let i = 0; i < 5; i += 1) {
    const answer = await openaiClient({ url }, { key: LOCAL_KEY }).responses.create({ model: 'gpt-5.4', input: 'Hi' });
    expect(answer.status).toBe('completed');
  }
  await engine.ledger.flush();
  expect((await engine.ledger.totals({})).exchanges).toBe(5);
  await engine.close();
  expect(problems.at(-1)).toMatch(/^Spans that the OTLP collector at \S+ did not take: 5\.$/);
});
