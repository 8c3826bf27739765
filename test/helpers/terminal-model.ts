import { addExchanges, addToModels, EMPTY_TOTALS } from '../../src/shared/totals.js';
import type { ActiveExchange, PricedExchange } from '../../src/shared/usage.js';
import type { DashboardModel } from '../../src/terminal/dashboard/dashboard-model.js';
import type { Line } from '../../src/terminal/dashboard/line.js';

/** 14:32:08 on some day, local time. */
export const NOW = new Date(2026, 4, 6, 14, 32, 8).getTime();

let lastId = 0;

export function record(fields: Partial<PricedExchange> = {}): PricedExchange {
  lastId += 1;
  return {
    id: `ex_${String(lastId).padStart(6, '0')}`,
    startedAt: NOW - 60_000,
    providerName: 'anthropic',
    tool: 'Claude Code',
    method: 'POST',
    path: '/v1/messages',
    transport: 'http',
    streaming: true,
    status: 200,
    requestModel: 'claude-sonnet-4-6',
    responseModel: 'claude-sonnet-4-6',
    usage: { inputTokens: 48_100, cacheReadInputTokens: 40_000, outputTokens: 1920 },
    usageStanding: 'measured',
    standing: 'measured',
    cost: { costNanoUsd: 100_000_000, surchargeNanoUsd: 5_000_000, priceListVersion: 'test' },
    timeToFirstChunkMs: 420,
    durationMs: 12_400,
    requestBytes: 1,
    responseBytes: 1,
    outcome: 'complete',
    ...fields,
  };
}

export function active(fields: Partial<ActiveExchange> = {}): ActiveExchange {
  lastId += 1;
  return {
    id: `ex_${String(lastId).padStart(6, '0')}`,
    startedAt: NOW - 3200,
    providerName: 'openai',
    tool: 'Codex',
    method: 'POST',
    path: '/v1/responses',
    transport: 'http',
    ...fields,
  };
}

/** What the dashboard shows after these exchanges, the last to end first. */
export function dashboardModel(
  records: readonly PricedExchange[] = [],
  fields: Partial<DashboardModel> = {},
): DashboardModel {
  return {
    version: '1.2.3',
    url: 'http://127.0.0.1:8766',
    insecure: false,
    projectId: 'prj_1',
    upstreamTokenSource: 'the session of a@b.c in ~/.meshagent/settings.json',
    localKeySource: '~/.meshagent/settings.json',
    startedAt: NOW - 3_600_000,
    remarks: [],
    shell: 'sh',
    setup: [
      'export OPENAI_BASE_URL=http://127.0.0.1:8766/openai/v1',
      'export OPENAI_API_KEY=k3yk…',
      'export ANTHROPIC_BASE_URL=http://127.0.0.1:8766/anthropic',
      'export ANTHROPIC_API_KEY=k3yk…',
    ],
    totals: addExchanges(EMPTY_TOTALS, records),
    models: addToModels([], records),
    latest: records,
    underWay: [],
    problem: undefined,
    notice: undefined,
    draining: undefined,
    hasKeys: true,
    now: NOW,
    ...fields,
  };
}

/** Lines as a person reads them, without what stands for nothing at their ends. */
export function plainLines(lines: readonly Line[]): string[] {
  return lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}
