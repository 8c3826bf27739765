import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportText } from '../../src/ledger/export-records.js';
import { openReader } from '../../src/ledger/reader.js';
import { openStore } from '../../src/ledger/store.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { priceExchange } from '../helpers/price-exchange.js';
import { tempFolder } from '../helpers/temp-folder.js';

const priced = priceExchange(exchangeRecord(1, { projectId: 'prj, "1"', serviceTier: 'default' }));
const unmetered = priceExchange(
  exchangeRecord(2, {
    tool: '=cmd()',
    status: undefined,
    usage: undefined,
    rawUsage: undefined,
    usageStanding: 'unmetered',
    outcome: 'interrupted',
    errorType: 'client_abort',
    errorReason: 'The client left.',
  }),
);

test('CSV: a head and a line for each record; what nobody knows is empty', () => {
  const [head, first, second, end] = [...exportText([priced, unmetered], 'csv')].join('').split('\r\n');
  const names = (head as string).split(',');
  expect(first).toContain(',"prj, ""1""",curl,8.7.1,POST,/v1/responses,http,false,200,complete,');
  const cells = (second as string).split(',');
  const cellOf = (name: string) => cells[names.indexOf(name)];
  expect(cells).toHaveLength(names.length);
  expect(cellOf('tool')).toBe("'=cmd()");
  expect(['status', 'input_tokens', 'output_tokens', 'cost_usd', 'surcharge_usd'].map(cellOf)).toEqual(
    Array(5).fill(''),
  );
  expect([cellOf('standing'), cellOf('error_type')]).toEqual(['unmetered', 'client_abort']);
  expect(end).toBe('');
});

/** Whose it is, and what makes its cost unsure. */
const unsure = priceExchange(
  exchangeRecord(3, {
    keyId: 'key_1',
    sentTwice: true,
    inferenceGeo: 'us',
    usage: { inputTokens: 1, outputTokens: 1, webSearches: 2 },
  }),
);

test('CSV and spans say whose key it was, and what makes a cost unsure', () => {
  const [head, line, plain] = [...exportText([unsure, priced], 'csv')].join('').split('\r\n');
  const cellsOf = (text = '') =>
    ['key_id', 'sent_twice', 'inference_geo', 'web_searches'].map(
      (name) => text.split(/,(?! )/)[(head as string).split(',').indexOf(name)],
    );
  expect(cellsOf(line)).toEqual(['key_1', 'true', 'us', '2']);
  expect(cellsOf(plain)).toEqual(['', 'false', '', '']);
  const [span, plainSpan] = [...exportText([unsure, priced], 'otel')].map((text) => JSON.parse(text).attributes);
  const names = ['meshbar.key.id', 'meshbar.sent_twice', 'meshbar.inference_geo'];
  expect(names.map((name) => span[name])).toEqual(['key_1', true, 'us']);
  expect(names.map((name) => plainSpan[name])).toEqual([undefined, undefined, undefined]);
});

test('JSON Lines: the records themselves; a cost that nobody knows is null', () => {
  const lines = [...exportText([priced, unmetered], 'jsonl')].map((line) => JSON.parse(line));
  expect(lines[0]).toEqual(JSON.parse(JSON.stringify(priced)));
  expect(lines[1]).toMatchObject({ cost: null, standing: 'unmetered', outcome: 'interrupted' });
});

test('OpenTelemetry: spans under the names of the GenAI conventions', () => {
  const [first, second] = [...exportText([priced, unmetered], 'otel')].map((line) => JSON.parse(line));
  expect(first).toMatchObject({
    name: 'chat gpt-5.4-mini',
    kind: 'CLIENT',
    startTime: '2026-09-21T14:13:20.001Z',
    status: { code: 'UNSET' },
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5.4-mini',
      'gen_ai.response.model': 'gpt-5.4-mini',
      'gen_ai.usage.input_tokens': 1001,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.cache_read.input_tokens': 1,
      'http.response.status_code': 200,
      'meshbar.standing': 'measured',
    },
  });
  expect(first.attributes['meshbar.cost.usd']).toBeCloseTo(0.000795, 6);
  expect(second).toMatchObject({ status: { code: 'ERROR' }, attributes: { 'error.type': 'client_abort' } });
  expect(Object.keys(second.attributes).filter((name) => /tokens|cost/.test(name))).toEqual([]);
});

test('every record comes once, oldest first, however many stand in one millisecond', () => {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  const store = openStore(file, { onSetAside() {}, onProblem() {} });
  onTestFinished(() => store.close());
  const records = Array.from({ length: 2600 }, (_, n) =>
    exchangeRecord(n, {
      startedAt: 1_790_000_000_000 + Math.floor(n / 900),
      tool: n % 2 ? 'curl' : 'Codex',
      outcome: n % 3 ? 'complete' : 'failed',
    }),
  );
  store.append(records);
  const reader = openReader(file);
  const ids = (query: object) => [...(reader?.records(query) ?? [])].map(({ id }) => id);
  expect(ids({})).toEqual(records.map(({ id }) => id));
  expect(ids({ tool: 'curl', outcome: 'failed', since: 1_790_000_000_001, until: 1_790_000_000_002 })).toEqual(
    records.filter((_, n) => n >= 900 && n < 1800 && n % 2 === 1 && n % 3 === 0).map(({ id }) => id),
  );
  reader?.close();
});
