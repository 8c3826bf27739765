import { expect, test } from 'vitest';
import type { DashboardModel } from '../../../src/terminal/dashboard/dashboard-model.js';
import { widthOf } from '../../../src/terminal/dashboard/line.js';
import { screenLines } from '../../../src/terminal/dashboard/screen-lines.js';
import { active, dashboardModel, NOW, plainLines, record } from '../../helpers/terminal-model.js';

const RECORDS = [
  record(),
  record({
    providerName: 'openai',
    tool: 'Codex',
    path: '/v1/responses',
    status: 429,
    outcome: 'failed',
    errorType: 'rate_limit_exceeded',
    responseModel: undefined,
    requestModel: 'gpt-5.4',
    usage: undefined,
    usageStanding: 'none',
    standing: 'none',
    cost: undefined,
    timeToFirstChunkMs: 31,
    durationMs: 33,
  }),
  record({ outcome: 'interrupted', usageStanding: 'partial', standing: 'partial', errorType: 'client_abort' }),
  record({ responseModel: 'own-model', usageStanding: 'measured', standing: 'unpriced', cost: undefined }),
  record({
    providerName: 'openai',
    responseModel: 'gpt-5.4',
    transport: 'websocket',
    method: 'GET',
    path: '/v1/realtime',
    status: 101,
    usage: undefined,
    usageStanding: 'unmetered',
    standing: 'unmetered',
    cost: undefined,
  }),
];
const UNDER_WAY = [
  { exchange: active({ startedAt: NOW - 3200 }), endedAt: undefined },
  { exchange: active({ startedAt: NOW - 200_000, timeToFirstChunkMs: 1100 }), endedAt: undefined },
];
const BUSY = dashboardModel(RECORDS, { underWay: UNDER_WAY });

function shown(model: DashboardModel, columns: number, rows: number): string {
  return plainLines(screenLines(model, { columns, rows })).join('\n');
}

test('120 x 40: everything', () => {
  expect(`\n${shown(BUSY, 120, 40)}\n`).toMatchInlineSnapshot(`
    "
     Meshbar 1.2.3  ● running  http://127.0.0.1:8766                                                         since 13:32:08

     project prj_1   token the session of a@b.c in ~/.meshagent/settings.json   local key ~/.meshagent/settings.json

     Setup ───────────────────────────────────────────────────────────────────────────────────────────────────────────── sh
     export OPENAI_BASE_URL=http://127.0.0.1:8766/openai/v1
     export OPENAI_API_KEY=k3yk…
     export ANTHROPIC_BASE_URL=http://127.0.0.1:8766/anthropic
     export ANTHROPIC_API_KEY=k3yk…

     Usage since 13:32:08 ───────────────────────────────────────── 1 failed · 1 cut · 1 partial · 1 unpriced · 1 unmetered
     model                              provider  requests     in cached    out  subtotal surcharge     total
     all models                                          5  144 k  120 k 5.76 k   ≥$0.200   ≥$0.010   ≥$0.210
     claude-sonnet-4-6                  anthropic        2 96.2 k 80.0 k 3.84 k   ≥$0.200   ≥$0.010   ≥$0.210
     gpt-5.4                            openai           2      –      –      – unmetered unmetered unmetered
     own-model                          anthropic        1 48.1 k 40.0 k 1.92 k  unpriced  unpriced  unpriced

     Requests ───────────────────────────────────────────────────────────────────────────────────────────────── 2 under way
     time     tool        provider  request                    result          first    took     in cached    out      cost
     14:32:04 Codex       openai    POST /v1/responses         waiting             –   3.2 s      –      –      –         –
     14:28:48 Codex       openai    POST /v1/responses         answering       1.1 s  3m 20s      –      –      –         –
     14:31:08 Claude Code anthropic POST /v1/messages          200 ok         420 ms  12.4 s 48.1 k 40.0 k 1.92 k    $0.105
     14:31:08 Codex       openai    POST /v1/responses         429 rate_lim…   31 ms   33 ms      –      –      –         –
     14:31:08 Claude Code anthropic POST /v1/messages          200 cut        420 ms  12.4 s 48.1 k 40.0 k 1.92 k   ≥$0.105
     14:31:08 Claude Code anthropic POST /v1/messages          200 ok         420 ms  12.4 s 48.1 k 40.0 k 1.92 k  unpriced
     14:31:08 Claude Code openai    WS /v1/realtime            101 ok         420 ms  12.4 s      –      –      – unmetered













     c copy setup   q quit
    "
  `);
});

test('80 x 24: the same without the columns that matter least', () => {
  expect(`\n${shown(BUSY, 80, 24)}\n`).toMatchInlineSnapshot(`
    "
     Meshbar 1.2.3  ● running  http://127.0.0.1:8766                 since 13:32:08
     project prj_1   token the session of a@b.c in ~/.meshagent/settings.json

     Setup ───────────────────────────────────────────────────────────────────── sh
     export OPENAI_BASE_URL=http://127.0.0.1:8766/openai/v1
     export OPENAI_API_KEY=k3yk…
     export ANTHROPIC_BASE_URL=http://127.0.0.1:8766/anthropic
     export ANTHROPIC_API_KEY=k3yk…

     Usage since 13:32:08  1 failed · 1 cut · 1 partial · 1 unpriced · 1 unmetered
     model              requests     in cached    out  subtotal surcharge     total
     all models                5  144 k  120 k 5.76 k   ≥$0.200   ≥$0.010   ≥$0.210
     claude-sonnet-4-6         2 96.2 k 80.0 k 3.84 k   ≥$0.200   ≥$0.010   ≥$0.210
     gpt-5.4                   2      –      –      – unmetered unmetered unmetered
     own-model                 1 48.1 k 40.0 k 1.92 k  unpriced  unpriced  unpriced

     Requests ───────────────────────────────────────────────────────── 2 under way
     time     tool      request                 result        took    out      cost
     14:32:04 Codex     POST /v1/responses      waiting      3.2 s      –         –
     14:28:48 Codex     POST /v1/responses      answering   3m 20s      –         –
     14:31:08 Claude C… POST /v1/messages       200 ok      12.4 s 1.92 k    $0.105
     14:31:08 Codex     POST /v1/responses      429 rate_…   33 ms      –         –

     c copy setup   q quit
    "
  `);
});

test('50 x 15: without the setup', () => {
  expect(`\n${shown(BUSY, 50, 15)}\n`).toMatchInlineSnapshot(`
    "
     Meshbar 1.2.3  ● running  http://127.0.0.1:8766
     project prj_1
     Usage since 13:32:08 ────────── 1 failed · 1 cut
     model           requests     in    out     total
     all models             5  144 k 5.76 k   ≥$0.210
     claude-sonnet-…        2 96.2 k 3.84 k   ≥$0.210
     gpt-5.4                2      –      – unmetered
     own-model              1 48.1 k 1.92 k  unpriced
     Requests ─────────────────────────── 2 under way
     time     request            result          cost
     14:32:04 POST /v1/responses waiting            –
     14:28:48 POST /v1/responses answering          –
     14:31:08 POST /v1/messages  200 ok        $0.105
     14:31:08 POST /v1/responses 429 rate_…         –
     c copy setup   q quit
    "
  `);
});

test('before the first request: how to send it', () => {
  expect(`\n${shown(dashboardModel(), 80, 24)}\n`).toMatchInlineSnapshot(`
    "
     Meshbar 1.2.3  ● running  http://127.0.0.1:8766                 since 13:32:08

     project   prj_1
     token     the session of a@b.c in ~/.meshagent/settings.json
     local key ~/.meshagent/settings.json

     Setup ───────────────────────────────────────────────────────────────────── sh
     export OPENAI_BASE_URL=http://127.0.0.1:8766/openai/v1
     export OPENAI_API_KEY=k3yk…
     export ANTHROPIC_BASE_URL=http://127.0.0.1:8766/anthropic
     export ANTHROPIC_API_KEY=k3yk…

     Usage since 13:32:08 ─────────────────────────────────────────────────────────
     model              requests     in cached    out  subtotal surcharge     total
     all models                0      –      –      –     $0.00     $0.00     $0.00

     Requests ─────────────────────────────────────────────────────────────────────
     Waiting for the first request.
     Press c, paste the setup into another terminal, start your tool there.




     c copy setup   q quit
    "
  `);
});

test('before the first request, in a small terminal too', () => {
  expect(`\n${shown(dashboardModel(), 50, 12)}\n`).toMatchInlineSnapshot(`
    "
     Meshbar 1.2.3  ● running  http://127.0.0.1:8766
     Setup ─────────────────────────────────────── sh
     export OPENAI_BASE_URL=http://127.0.0.1:8766/op…
     export OPENAI_API_KEY=k3yk…
     export ANTHROPIC_BASE_URL=http://127.0.0.1:8766…
     export ANTHROPIC_API_KEY=k3yk…
     Usage since 13:32:08 ───────────────────────────
     model           requests     in    out     total
     all models             0      –      –     $0.00
     Requests ───────────────────────────────────────
     Waiting for the first request.
     c copy setup   q quit
    "
  `);
});

test('parts go in the order of their importance as the terminal gets lower', () => {
  const parts: [string, RegExp][] = [
    ['gaps', /^$/m],
    ['token', /token /],
    ['setup', /OPENAI_BASE_URL/],
    ['titles', /Usage since/],
    ['models', /claude-sonnet/],
    ['usage', /all models/],
    ['requests', /rate_limit|answering/],
    ['keys', /c copy setup/],
    ['address', /127\.0\.0\.1:8766/],
  ];
  const gone: string[] = [];
  for (let rows = 40; rows >= 1; rows--) {
    const screen = shown(BUSY, 120, rows);
    for (const [name, pattern] of parts) if (!pattern.test(screen) && !gone.includes(name)) gone.push(name);
  }
  expect(gone).toEqual(['gaps', 'token', 'setup', 'titles', 'models', 'usage', 'requests', 'address']);
});

test('at every size exactly the terminal is filled, and no line is too long', () => {
  const models = [
    dashboardModel(),
    BUSY,
    dashboardModel(RECORDS, {
      problem,
      remarks: ['A remark that is long enough to be wrapped in a small terminal, and cut in a tiny one.'],
    }),
  ];
  for (const model of models) {
    for (const columns of [1, 2, 5, 10, 20, 39, 40, 41, 60, 79, 80, 100, 120, 160, 250]) {
      for (const rows of [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 24, 40, 60]) {
        const lines = screenLines(model, { columns, rows });
        expect(lines).toHaveLength(rows);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }
    }
  }
});

const problem = { at: NOW, message: 'The disk does not keep up: usage records are being dropped.', count: 3 };

test.each([
  [120, 40],
  [80, 24],
  [60, 8],
])('a problem is seen at %i x %i', (columns, rows) => {
  const screen = shown(dashboardModel(RECORDS, { problem }), columns, rows);
  expect(screen).toMatch(/\n ?14:32:08 The disk does not keep up/);
});

test('the clock of a running request ticks, and nothing else on the screen moves', () => {
  const before = shown(BUSY, 120, 40).split('\n');
  const after = shown({ ...BUSY, now: NOW + 200 }, 120, 40).split('\n');
  const changed = before.flatMap((line, i) => (line === after[i] ? [] : [[line, after[i]]]));
  expect(changed).toHaveLength(1);
  expect(changed[0]?.[0]?.replace('3.2 s', '3.4 s')).toBe(changed[0]?.[1]);
});

test('a request that ends keeps its row while others run', () => {
  const rowOf = (model: DashboardModel, pattern: RegExp) =>
    shown(model, 120, 40)
      .split('\n')
      .findIndex((line) => pattern.test(line));
  const exchange = active({ path: '/v1/embeddings' });
  const running = dashboardModel(RECORDS, { underWay: [{ exchange, endedAt: undefined }] });
  const ended = dashboardModel(RECORDS, { underWay: [{ exchange, endedAt: NOW }] });
  const recorded = dashboardModel([record({ path: '/v1/embeddings' }), ...RECORDS]);
  expect(rowOf(ended, /embeddings/)).toBe(rowOf(running, /embeddings/));
  // The sums above gain a model's row when a new one comes; its own table has not moved it.
  expect(rowOf(recorded, /embeddings/)).toBe(rowOf(running, /embeddings/));
});

test('however many run, the last results stay in sight', () => {
  const underWay = Array.from({ length: 50 }, () => ({ exchange: active(), endedAt: undefined }));
  const screen = shown(dashboardModel(RECORDS, { underWay }), 120, 30);
  expect(screen).toMatch(/50 under way/);
  expect(screen).toMatch(/200 ok/);
});

test('stopping says for what it waits, and how not to', () => {
  const screen = shown({ ...BUSY, draining: 10 }, 80, 24);
  expect(screen).toMatch(/● stopping/);
  expect(screen).toMatch(/Waiting up to 10 s for 2 requests in flight {3}Ctrl-C cuts them$/);
});

test('without local keys it says so where it is seen', () => {
  expect(shown({ ...BUSY, insecure: true }, 80, 24).split('\n')[0]).toMatch(/no local key/);
});

test('where no keys can be pressed none are offered', () => {
  const screen = shown(dashboardModel([], { hasKeys: false }), 80, 24);
  expect(screen).not.toMatch(/copy setup|Press c/);
  expect(screen).toMatch(/Ctrl-C quits$/);
});
