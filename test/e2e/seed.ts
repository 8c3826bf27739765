import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openStore } from '../../src/ledger/store.js';
import type { ProviderName } from '../../src/shared/providers.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { englishOf } from '../../src/words/index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Habit {
  readonly providerName: ProviderName;
  readonly tool: string;
  readonly toolVersion: string;
  readonly model: string;
  readonly path: string;
  /** Requests in a busy hour. */
  readonly busy: number;
  readonly inputTokens: number;
  readonly cached: number;
}

export const UNKNOWN_MODEL = 'a-model-nobody-has-a-price-for';

const HABITS: readonly Habit[] = [
  habit('anthropic', 'Claude Code', '2.1.330', 'claude-sonnet-4-6', '/v1/messages', 9, 21_000, 0.81),
  habit('openai', 'Codex', '0.169.0', 'gpt-5.4', '/v1/responses', 5, 13_000, 0.42),
  habit('anthropic', 'Claude Code', '2.1.330', 'claude-haiku-4-5', '/v1/messages', 4, 5_000, 0.12),
  habit('openai', 'OpenAI SDK · Python', '2.8.0', 'gpt-5.4-mini', '/v1/chat/completions', 3, 4_900, 0),
  habit('openai', 'LangChain · JS', '1.6.0', 'text-embedding-3-small', '/v1/embeddings', 1, 900, 0),
  habit('openai', 'curl', '8.7.1', UNKNOWN_MODEL, '/v1/responses', 0.3, 1200, 0),
];

function habit(
  providerName: ProviderName,
  tool: string,
  toolVersion: string,
  model: string,
  requestPath: string,
  busy: number,
  inputTokens: number,
  cached: number,
): Habit {
  return { providerName, tool, toolVersion, model, path: requestPath, busy, inputTokens, cached };
}

/** Writes a month of a developer's days, the same each time, into the ledger of a home folder. */
export async function seedMonth(home: string, now: number = Date.now()): Promise<number> {
  await mkdir(path.join(home, 'meshbar'), { recursive: true });
  const problems: string[] = [];
  const store = openStore(path.join(home, 'meshbar/ledger.sqlite'), {
    onSetAside: (file) => problems.push(file),
    onProblem: (problem) => problems.push(englishOf(problem)),
  });
  const random = randomNumbers(7);
  const records: ExchangeRecord[] = [];
  for (let at = Math.floor((now - 30 * DAY) / HOUR) * HOUR; at < now - 600_000; at += HOUR) {
    const business = businessOf(new Date(at));
    for (const one of HABITS) {
      for (let n = one.busy * business * (0.4 + 1.2 * random()); n > random(); n -= 1) {
        const startedAt = Math.floor(at + random() * HOUR);
        if (startedAt < now - 600_000) records.push(recordOf(one, startedAt, records.length, random));
      }
    }
  }
  records.sort((a, b) => a.startedAt - b.startedAt);
  store.append(records);
  store.close();
  if (problems.length > 0) throw new Error(problems.join(' '));
  return records.length;
}

/** 0 to 1: nights and weekends are quiet. */
function businessOf(date: Date): number {
  const hour = date.getHours();
  const day = hour < 7 ? 0.04 : hour < 9 ? 0.4 : hour < 19 ? 1 : hour < 23 ? 0.35 : 0.08;
  return date.getDay() % 6 === 0 ? day * 0.25 : day;
}

function recordOf(one: Habit, startedAt: number, n: number, random: () => number): ExchangeRecord {
  const fate = random();
  const outcome = fate < 0.012 ? 'failed' : fate < 0.02 ? 'interrupted' : 'complete';
  const inputTokens = Math.round(one.inputTokens * (0.3 + 1.4 * random()));
  const cacheReadInputTokens = one.cached === 0 ? undefined : Math.round(inputTokens * one.cached * random() ** 0.2);
  const outputTokens = one.path === '/v1/embeddings' ? undefined : Math.round(60 + 700 * random() ** 2);
  return {
    id: `seed_${String(n).padStart(9, '0')}`,
    startedAt,
    providerName: one.providerName,
    projectId: 'prj_simulated',
    tool: one.tool,
    toolVersion: one.toolVersion,
    method: 'POST',
    path: one.path,
    transport: 'http',
    streaming: one.cached > 0,
    status: outcome === 'failed' ? 529 : 200,
    requestModel: one.model,
    responseModel: outcome === 'failed' ? undefined : one.model,
    usage: outcome === 'failed' ? undefined : { inputTokens, cacheReadInputTokens, outputTokens },
    usageStanding: outcome === 'failed' ? 'none' : outcome === 'interrupted' ? 'partial' : 'measured',
    timeToFirstChunkMs: 300 + 900 * random(),
    durationMs: 900 + 12_000 * random() ** 2,
    requestBytes: inputTokens * 4,
    responseBytes: (outputTokens ?? 100) * 60,
    outcome,
    errorType: outcome === 'failed' ? 'overloaded_error' : outcome === 'interrupted' ? 'client_abort' : undefined,
    errorReason:
      outcome === 'failed'
        ? 'The provider is overloaded.'
        : outcome === 'interrupted'
          ? 'The client left before the answer ended.'
          : undefined,
  };
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
