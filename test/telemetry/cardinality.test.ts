/**
 * Threat: models and tools are names that clients choose. One that makes up a new name each time would fill our memory,
 * and that of every Prometheus behind us.
 */

import { expect, test } from 'vitest';
import { createTelemetry } from '../../src/telemetry/telemetry.js';
import { englishOf } from '../../src/words/index.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { exchangeHead } from '../helpers/meter-exchange.js';
import { priceExchange } from '../helpers/price-exchange.js';
import { parsePrometheus, sumOf } from '../helpers/prometheus-text.js';

const EXCHANGES = 800;

test('series are limited, and what comes beyond the limit is counted all the same', async () => {
  const telemetry = createTelemetry({
    version: '1.2.3-test',
    metrics: true,
    active: () => [],
    onProblem(problem) {
      throw new Error(englishOf(problem));
    },
  });
  for (let n = 0; n < EXCHANGES; n += 1) {
    const record = exchangeRecord(n, {
      requestModel: `model "${n}"\\\n`,
      responseModel: `model ${'x'.repeat(200)}`,
      tool: `tool ${n}`,
      usage: { inputTokens: 1, outputTokens: 2 },
      streaming: true,
    });
    telemetry.record(record, exchangeHead({}));
    telemetry.priced([priceExchange(record)]);
  }
  const text = (await telemetry.scrape?.()) ?? '';
  const families = parsePrometheus(text);
  for (const { name, samples } of families.values()) {
    const series = new Set(samples.map(({ labels: { le: _, ...labels } }) => JSON.stringify(labels)));
    expect(series.size, name).toBeLessThanOrEqual(500);
  }
  expect(sumOf(families, 'gen_ai_client_token_usage_sum')).toBe(3 * EXCHANGES);
  expect(sumOf(families, 'meshbar_exchanges_total')).toBe(EXCHANGES);
  expect(sumOf(families, 'meshbar_exchanges_total', { otel_metric_overflow: 'true' })).toBe(EXCHANGES - 499);
  expect(sumOf(families, 'meshbar_exchanges_unpriced_total')).toBe(EXCHANGES);
  expect(families.get('meshbar_exchanges_total')?.samples[0]?.labels).toMatchObject({
    gen_ai_request_model: 'model "0"\\',
    gen_ai_response_model: `model ${'x'.repeat(94)}`,
  });
  await telemetry.close();
});
