/** What providers report, and what is right to make of it: one row a fact, and where the right value comes from. */
import { describe, expect, it } from 'vitest';
import { pricingOf } from '../../src/pricing/pricing.js';
import type { ExchangeRecord, Pricing } from '../../src/shared/usage.js';
import { sse } from '../fixtures/sse.js';
import { type MeteredExchange, meterExchange } from '../helpers/meter-exchange.js';
import { cut } from '../helpers/splits.js';

const FABLE = 'claude-fable-5';
const OPUS = 'claude-opus-4-8';
const AUTUMN_2026 = Date.parse('2026-11-01T12:00:00Z');

/** Whose word it is. */
const COOKBOOK = 'Anthropic: refusals and fallback, billing';
const ITERATIONS = 'Anthropic: usage.iterations';
const TOOLS = 'MeshAgent: tool fees have no price; list: $10 a thousand web searches, $2.50 file searches';
const COUNTS = 'a count that is none is not known';
const IMAGES = 'OpenAI: image streaming';
const SPLIT = 'a part that nobody said is not known';

/** The record as far as it must be, and what it costs. */
interface Right {
  readonly model?: string;
  readonly standing: Pricing['standing'];
  /** Nano-USD. */
  readonly cost?: number;
  readonly possible?: number;
  readonly list?: number;
  readonly missing?: string;
  readonly gaps?: string;
  readonly usage?: ExchangeRecord['usage'];
}

type Fact = readonly [shows: string, exchange: MeteredExchange, right: Right, source: string];

const turn = (type: string, model: string | null, input: number, output: number, more: object = {}) => ({
  type,
  ...(model === null ? {} : { model }),
  input_tokens: input,
  output_tokens: output,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  ...more,
});

const said = [{ type: 'text', text: 'partial' }];

/** A whole answer of Anthropic's. */
const message = (model: string, usage: object, more: object = {}): MeteredExchange => ({
  providerName: 'anthropic',
  path: '/v1/messages',
  request: { model: FABLE },
  answer: {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model,
    content: said,
    stop_reason: 'end_turn',
    usage,
    ...more,
  },
});

/** The same as a stream that begins with a model and ends with a usage object. */
const stream = (
  model: string,
  first: object,
  last: object,
  { stop_reason = 'end_turn', container = null, blocks = 1 } = {},
): MeteredExchange => {
  const block = (index: number) => [
    { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index, delta: { type: 'text_delta', text: 'partial' } },
    { type: 'content_block_stop', index },
  ];
  const events: { type: string }[] = [
    { type: 'message_start', ...{ message: { id: 'm', type: 'message', model, content: [], usage: first } } },
    ...Array.from({ length: blocks }, (_, i) => block(i)).flat(),
    { type: 'message_delta', ...{ delta: { stop_reason, container }, usage: last } },
    { type: 'message_stop' },
  ];
  const answer = sse(events.map((data) => ({ event: data.type, data })));
  return { providerName: 'anthropic', path: '/v1/messages', request: { model: FABLE, stream: true }, answer };
};

const response = (model: string, usage: object, more: object = {}): MeteredExchange => ({
  path: '/v1/responses',
  request: { model },
  answer: { id: 'r', object: 'response', model, status: 'completed', output: [], usage, ...more },
});
const responseStream = (model: string, usage: object, more: object = {}): MeteredExchange => ({
  path: '/v1/responses',
  request: { model, stream: true },
  answer: sse(
    [
      { type: 'response.created', response: { id: 'r', model, output: [], usage: null } },
      { type: 'response.output_text.delta', delta: 'Hello' },
      { type: 'response.completed', response: { id: 'r', model, status: 'completed', output: [], usage, ...more } },
    ].map((data) => ({ event: data.type, data })),
  ),
});
const call = (type: string, more: object = {}) => ({ id: 'c', type, status: 'completed', ...more });
const big = (items: object[]) => ({
  output: [...items, { type: 'message', content: [{ type: 'output_text', text: '"web_search_call" '.repeat(4000) }] }],
});
const image = (usage: object) => ({
  event: 'image_generation.completed',
  data: { type: 'image_generation.completed', b64_json: 'AA', usage },
});
const painted = (input: number, output: number) => ({
  ...{ input_tokens: input, output_tokens: output, total_tokens: input + output },
  input_tokens_details: { text_tokens: input, image_tokens: 0 },
});
const images = (request: object, answer: unknown, end: MeteredExchange['end'] = {}): MeteredExchange => ({
  path: '/v1/images/generations',
  request: { model: 'gpt-image-1.5', ...request },
  answer,
  end,
});
const left = { outcome: 'interrupted', errorType: 'client_abort', errorReason: 'The client left.' } as const;
const chat = (model: string, usage: object): MeteredExchange => ({
  path: '/v1/chat/completions',
  request: { model },
  answer: { id: 'c', object: 'chat.completion', model, choices: [], usage },
});

const nothingSaid = { stop_reason: 'refusal', content: [] };
const refusedUsage = { input_tokens: 180_000, output_tokens: 0, cache_read_input_tokens: 0 };
const refusedPossible = 180_000 * 10_000 * 1.05;

const REFUSALS: readonly Fact[] = [
  [
    'refused before any output, whole',
    message(FABLE, refusedUsage, nothingSaid),
    { standing: 'refused', possible: refusedPossible },
    COOKBOOK,
  ],
  [
    'refused before any output, streamed',
    stream(FABLE, { ...refusedUsage, output_tokens: 0 }, refusedUsage, { stop_reason: 'refusal', blocks: 0 }),
    { standing: 'refused', possible: refusedPossible },
    COOKBOOK,
  ],
  [
    'streamed, where the first event had counted a token',
    stream(FABLE, { ...refusedUsage, output_tokens: 1 }, refusedUsage, { stop_reason: 'refusal', blocks: 0 }),
    { standing: 'refused', possible: refusedPossible + 50_000 * 1.05 },
    COOKBOOK,
  ],
  [
    'refused by a model that nobody has a price for',
    message('claude-fable-9', refusedUsage, nothingSaid),
    // The request's model is in.
    { standing: 'refused', possible: refusedPossible },
    COOKBOOK,
  ],
  [
    'refused in mid-answer is billed',
    stream(FABLE, { input_tokens: 1000, output_tokens: 1 }, { output_tokens: 200 }, { stop_reason: 'refusal' }),
    { standing: 'measured', cost: 1000 * 10_000 + 200 * 50_000 },
    COOKBOOK,
  ],
  [
    'refused in mid-answer, whole',
    message(FABLE, { input_tokens: 1000, output_tokens: 200 }, { stop_reason: 'refusal' }),
    { standing: 'measured', cost: 1000 * 10_000 + 200 * 50_000 },
    COOKBOOK,
  ],
  [
    'an empty answer that is no refusal is billed',
    message(FABLE, { input_tokens: 1000, output_tokens: 2 }, { content: [] }),
    { standing: 'measured', cost: 1000 * 10_000 + 2 * 50_000 },
    COOKBOOK,
  ],
  [
    'cut at its limit is billed',
    message(FABLE, { input_tokens: 1000, output_tokens: 5 }, { stop_reason: 'max_tokens' }),
    { standing: 'measured', cost: 1000 * 10_000 + 5 * 50_000 },
    COOKBOOK,
  ],
];

const cached = { cache_read_input_tokens: 560_186 };
const bothTurns = [turn('message', FABLE, 2, 299, cached), turn('fallback_message', OPUS, 3, 900, cached)];
const bothCost = 2 * 10_000 + 299 * 50_000 + 560_186 * 1000 + 3 * 5000 + 900 * 25_000 + 560_186 * 500;
const opusTotals = { input_tokens: 3, output_tokens: 900, ...cached, cache_creation_input_tokens: 0 };

const FALLBACKS: readonly Fact[] = [
  [
    'a fallback after a refusal before output: the second model alone',
    message(OPUS, {
      ...{ input_tokens: 412, output_tokens: 264 },
      iterations: [turn('message', FABLE, 408, 0), turn('fallback_message', OPUS, 412, 264)],
    }),
    { model: OPUS, standing: 'measured', cost: 412 * 5000 + 264 * 25_000 },
    COOKBOOK,
  ],
  [
    'a fallback in mid-answer: each at its own price',
    message(OPUS, { ...opusTotals, iterations: bothTurns }),
    { model: OPUS, standing: 'measured', cost: bothCost },
    COOKBOOK,
  ],
  [
    'the same streamed, which begins with the first model',
    stream(FABLE, { input_tokens: 2, output_tokens: 1, ...cached }, { ...opusTotals, iterations: bothTurns }),
    { model: OPUS, standing: 'measured', cost: bothCost },
    COOKBOOK,
  ],
  [
    'two hops, the second of which said nothing',
    message(OPUS, {
      ...{ input_tokens: 10, output_tokens: 20 },
      iterations: [
        turn('message', FABLE, 8, 5),
        turn('message', 'claude-opus-5', 9, 0),
        turn('fallback_message', OPUS, 10, 20),
      ],
    }),
    { model: OPUS, standing: 'measured', cost: 8 * 10_000 + 5 * 50_000 + 10 * 5000 + 20 * 25_000 },
    COOKBOOK,
  ],
  [
    'all models refused, and none had said anything',
    message(
      OPUS,
      {
        ...{ input_tokens: 9, output_tokens: 0 },
        iterations: [turn('message', FABLE, 8, 0), turn('message', OPUS, 9, 0)],
      },
      nothingSaid,
    ),
    { model: OPUS, standing: 'refused', possible: Math.round((8 * 10_000 + 9 * 5000) * 1.05) },
    COOKBOOK,
  ],
  [
    'the last refused with nothing said, after the first had said something: that may be billed',
    message(
      OPUS,
      {
        ...{ input_tokens: 9, output_tokens: 0 },
        iterations: [turn('message', FABLE, 8, 5), turn('message', OPUS, 9, 0)],
      },
      { stop_reason: 'refusal' },
    ),
    { model: OPUS, standing: 'partial', cost: 8 * 10_000 + 5 * 50_000, gaps: 'iterations' },
    COOKBOOK,
  ],
  [
    'a compaction, which the totals leave out, is the answering model’s',
    message(FABLE, {
      ...{ input_tokens: 23_000, output_tokens: 1000 },
      iterations: [turn('compaction', null, 180_000, 3500), turn('message', null, 23_000, 1000)],
    }),
    {
      model: FABLE,
      standing: 'measured',
      cost: 203_000 * 10_000 + 4500 * 50_000,
      usage: { inputTokens: 203_000, outputTokens: 4500 },
    },
    ITERATIONS,
  ],
  [
    'an advisor is another model',
    message(FABLE, {
      ...{ input_tokens: 100, output_tokens: 10 },
      iterations: [turn('message', FABLE, 100, 10), turn('advisor_message', 'claude-haiku-4-5', 40, 7)],
    }),
    { model: FABLE, standing: 'measured', cost: 100 * 10_000 + 10 * 50_000 + 40 * 1000 + 7 * 5000 },
    ITERATIONS,
  ],
  [
    'turns of a kind that comes later go by the model they name',
    message(FABLE, {
      ...{ input_tokens: 100, output_tokens: 10 },
      iterations: [turn('message', FABLE, 100, 10), turn('judge_message', 'claude-haiku-4-5', 40, 7)],
    }),
    { model: FABLE, standing: 'measured', cost: 100 * 10_000 + 10 * 50_000 + 40 * 1000 + 7 * 5000 },
    ITERATIONS,
  ],
  [
    'one that names no model costs what nobody knows',
    message(FABLE, {
      ...{ input_tokens: 100, output_tokens: 10 },
      iterations: [turn('message', FABLE, 100, 10), turn('judge_message', null, 40, 7)],
    }),
    { model: FABLE, standing: 'partial', cost: 100 * 10_000 + 10 * 50_000, missing: 'other_model' },
    ITERATIONS,
  ],
  [
    'a model without a price leaves the rest',
    message(FABLE, {
      ...{ input_tokens: 100, output_tokens: 10 },
      iterations: [turn('message', FABLE, 100, 10), turn('advisor_message', 'claude-haiku-9', 40, 7)],
    }),
    { model: FABLE, standing: 'partial', cost: 100 * 10_000 + 10 * 50_000, missing: 'other_model' },
    ITERATIONS,
  ],
  [
    'turns of one model are added up',
    message(FABLE, {
      ...{ input_tokens: 300, output_tokens: 30 },
      iterations: [turn('message', FABLE, 100, 10), turn('message', FABLE, 200, 20)],
    }),
    { model: FABLE, standing: 'measured', cost: 300 * 10_000 + 30 * 50_000 },
    ITERATIONS,
  ],
  [
    'turns that come to less than the total are not the whole',
    message(FABLE, { ...{ input_tokens: 300, output_tokens: 30 }, iterations: [turn('message', FABLE, 100, 10)] }),
    { model: FABLE, standing: 'partial', cost: 300 * 10_000 + 30 * 50_000, gaps: 'iterations' },
    ITERATIONS,
  ],
  [
    'a stream cut before it said whose the answer is counts what had come, at least',
    {
      ...stream(FABLE, { input_tokens: 2, output_tokens: 1, ...cached }, {}),
      answer: String(stream(FABLE, { input_tokens: 2, output_tokens: 1, ...cached }, {}).answer).split(
        'event: message_delta',
      )[0],
      end: left,
    },
    { model: FABLE, standing: 'partial', cost: 2 * 10_000 + 50_000 + 560_186 * 1000 },
    ITERATIONS,
  ],
];

const usage = { input_tokens: 1000, output_tokens: 100 };
const solCost = 1000 * 2000 + 100 * 10_000;
const miniCost = 1000 * 750 + 100 * 4500;
const search = { type: 'search', query: 'x' };

const HOSTED: readonly Fact[] = [
  [
    'web searches by their counter',
    response('gpt-6-sol', usage, { tool_usage: { web_search: { num_requests: 3 } } }),
    { standing: 'partial', cost: solCost, list: solCost + 3 * 1e7, missing: 'web_search', usage: { webSearches: 3 } },
    TOOLS,
  ],
  [
    'the counter counts, whatever is seen',
    response('gpt-6-sol', usage, {
      tool_usage: { web_search: { num_requests: 0 } },
      output: [call('web_search_call', { action: search })],
    }),
    { standing: 'measured', cost: solCost },
    TOOLS,
  ],
  [
    'web searches seen, pages opened are free',
    response('gpt-6-sol', usage, {
      output: [
        call('web_search_call', { action: search }),
        call('web_search_call', { action: { type: 'open_page', url: 'x' } }),
        call('web_search_call', { action: search }),
      ],
    }),
    { standing: 'partial', cost: solCost, list: solCost + 2 * 1e7, missing: 'web_search', usage: { webSearches: 2 } },
    TOOLS,
  ],
  [
    'the same in a stream',
    responseStream('gpt-6-sol', usage, {
      output: [call('web_search_call', { action: search }), call('file_search_call')],
    }),
    {
      ...{ standing: 'partial', cost: solCost, list: solCost + 1e7 + 2_500_000 },
      ...{ missing: 'web_search file_search', usage: { webSearches: 1, fileSearches: 1 } },
    },
    TOOLS,
  ],
  [
    'the same in an answer too large to be kept',
    response('gpt-6-sol', usage, big([call('web_search_call', { action: search }), call('file_search_call')])),
    {
      ...{ standing: 'partial', cost: solCost, list: solCost + 1e7 + 2_500_000 },
      ...{ missing: 'web_search file_search', usage: { webSearches: 1, fileSearches: 1 } },
    },
    TOOLS,
  ],
  [
    'code that ran has no fee in the list',
    response('gpt-5.4-mini', usage, { output: [call('code_interpreter_call'), call('code_interpreter_call')] }),
    { standing: 'partial', cost: miniCost, missing: 'code_execution', usage: { codeExecutions: 2 } },
    TOOLS,
  ],
  [
    'images that a tool made',
    response('gpt-5.4-mini', usage, {
      output: [call('image_generation_call', { result: 'AA' })],
      tool_usage: { image_gen: { input_tokens: 5, output_tokens: 2, total_tokens: 7 } },
    }),
    { standing: 'partial', cost: miniCost, missing: 'image_generation other_model' },
    TOOLS,
  ],
  [
    'what clients run themselves is free',
    response('gpt-5.4-mini', usage, {
      output: [
        call('function_call', { name: 'web_search_call' }),
        call('custom_tool_call', { name: 'x' }),
        call('local_shell_call', { action: { type: 'exec' } }),
        call('mcp_call', { name: 'web_search' }),
        { type: 'message', content: [{ type: 'output_text', text: '{"type":"web_search_call"}' }] },
      ],
    }),
    { standing: 'measured', cost: miniCost },
    TOOLS,
  ],
  [
    'a model that searches for each answer',
    chat('gpt-4o-mini-search-preview-2025-03-11', { prompt_tokens: 1000, completion_tokens: 100 }),
    {
      ...{ standing: 'partial', cost: 1000 * 150 + 100 * 600, list: 1000 * 150 + 100 * 600 + 1e7 },
      missing: 'web_search',
    },
    TOOLS,
  ],
  [
    'Anthropic’s searches by their counter',
    message(FABLE, { ...usage, server_tool_use: { web_search_requests: 2, web_fetch_requests: 9 } }),
    { standing: 'partial', cost: 15_000_000, list: 15_000_000 + 2 * 1e7, missing: 'web_search' },
    TOOLS,
  ],
  [
    'Anthropic’s searches seen in the answer',
    message(FABLE, usage, {
      content: [
        { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'x' } },
        { type: 'server_tool_use', id: 's', name: 'web_fetch', input: {} },
        { type: 'tool_use', id: 't', name: 'web_search', input: {} },
      ],
    }),
    { standing: 'partial', cost: 15_000_000, missing: 'web_search', usage: { webSearches: 1 } },
    TOOLS,
  ],
  [
    'Anthropic’s code, each run of it in a whole answer',
    message(FABLE, usage, {
      container: { id: 'container_1', expires_at: 'x' },
      content: [
        { type: 'server_tool_use', id: 's', name: 'bash_code_execution', input: {} },
        { type: 'server_tool_use', id: 's', name: 'text_editor_code_execution', input: {} },
      ],
    }),
    { standing: 'partial', cost: 15_000_000, missing: 'code_execution', usage: { codeExecutions: 2 } },
    TOOLS,
  ],
  [
    'Anthropic’s code in a stream, which says where it ran',
    stream(FABLE, { input_tokens: 1000, output_tokens: 1 }, usage, { container: { id: 'container_1' } as never }),
    { standing: 'partial', cost: 15_000_000, missing: 'code_execution', usage: { codeExecutions: 1 } },
    TOOLS,
  ],
  [
    'a tool that Meshbar has not heard of',
    message(FABLE, { ...usage, server_tool_use: { web_search_requests: 0, moon_requests: 2 } }),
    { standing: 'partial', cost: 15_000_000, missing: 'other_tool', usage: { otherToolCalls: 2 } },
    TOOLS,
  ],
];

const goodPart = (cost: number): Right => ({ standing: 'partial', cost, gaps: 'bad_count' });

const BAD_COUNTS: readonly Fact[] = [
  ['a negative count', response('gpt-6-sol', { input_tokens: -1, output_tokens: 100 }), goodPart(1_000_000), COUNTS],
  ['an absurd one', response('gpt-6-sol', { input_tokens: 1e12, output_tokens: 100 }), goodPart(1_000_000), COUNTS],
  ['a text', response('gpt-6-sol', { input_tokens: '10', output_tokens: 100 }), goodPart(1_000_000), COUNTS],
  ['a flag', response('gpt-6-sol', { input_tokens: true, output_tokens: 100 }), goodPart(1_000_000), COUNTS],
  ['half a token', response('gpt-6-sol', { input_tokens: 10.5, output_tokens: 100 }), goodPart(1_022_000), COUNTS],
  [
    'a detail',
    response('gpt-6-sol', { ...usage, input_tokens_details: { cached_tokens: -5 } }),
    goodPart(solCost),
    COUNTS,
  ],
  [
    'in one event of a stream',
    stream(FABLE, { input_tokens: 1000, output_tokens: 1 }, { input_tokens: -3, output_tokens: 100 }),
    goodPart(15_000_000),
    COUNTS,
  ],
  [
    'in a turn of a model',
    message(FABLE, { ...usage, iterations: [turn('message', FABLE, 1000, 100, { cache_read_input_tokens: -1 })] }),
    goodPart(15_000_000),
    COUNTS,
  ],
  [
    'no other count at all',
    response('gpt-6-sol', { input_tokens: -1 }),
    { standing: 'unmetered', gaps: 'bad_count' },
    COUNTS,
  ],
  [
    'what only says something is no count',
    response('gpt-6-sol', { ...usage, cost_in_usd_ticks: 5e12, service_tier: 'x', input_tokens_details: null }),
    { standing: 'measured', cost: solCost },
    COUNTS,
  ],
];

const realtime = (input: object, output: object) => ({
  path: '/v1/audio/transcriptions',
  request: { model: 'gpt-realtime' },
  answer: { text: 'x', model: 'gpt-realtime', usage: { ...input, ...output } },
});

const SPLITS: readonly Fact[] = [
  [
    'input that is neither text nor audio',
    realtime(
      { input_tokens: 1000, input_token_details: { text_tokens: 100, audio_tokens: 600 } },
      { output_tokens: 0 },
    ),
    { standing: 'partial', cost: 400 * 4000 + 600 * 32_000, missing: 'split', gaps: 'split_input' },
    SPLIT,
  ],
  [
    'where no text is counted, it is the rest',
    realtime({ input_tokens: 1000, input_token_details: { audio_tokens: 600 } }, { output_tokens: 0 }),
    { standing: 'measured', cost: 400 * 4000 + 600 * 32_000 },
    SPLIT,
  ],
  [
    'cached input of which nobody says what it was: the dearest, at least',
    realtime(
      { input_tokens: 1000, input_token_details: { text_tokens: 400, audio_tokens: 600, cached_tokens: 300 } },
      { output_tokens: 0 },
    ),
    { standing: 'partial', cost: 400 * 4000 + 300 * 32_000 + 300 * 400, missing: 'split', gaps: 'split_cached' },
    SPLIT,
  ],
  [
    'output that is neither text nor audio',
    realtime(
      { input_tokens: 0 },
      { output_tokens: 100, output_token_details: { text_tokens: 10, audio_tokens: 60, reasoning_tokens: 0 } },
    ),
    { standing: 'partial', cost: 40 * 16_000 + 60 * 64_000, missing: 'split', gaps: 'split_output' },
    SPLIT,
  ],
  [
    'reasoning beside split output is part of the total',
    realtime(
      { input_tokens: 0 },
      { output_tokens: 100, output_token_details: { text_tokens: 10, audio_tokens: 60, reasoning_tokens: 30 } },
    ),
    { standing: 'measured', cost: 40 * 16_000 + 60 * 64_000 },
    SPLIT,
  ],
  [
    'writes of which an earlier event said how long they last',
    stream(
      'claude-opus-4-1',
      {
        ...{ input_tokens: 10, output_tokens: 1, cache_creation_input_tokens: 500 },
        cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 400 },
      },
      { input_tokens: 10, output_tokens: 20, cache_creation_input_tokens: 500 },
    ),
    { standing: 'measured', cost: 10 * 15_000 + 100 * 18_750 + 400 * 30_000 + 20 * 75_000 },
    SPLIT,
  ],
  [
    'writes of which a part lasts nobody says how long: five minutes, at least',
    stream(
      'claude-opus-4-1',
      {
        ...{ input_tokens: 10, output_tokens: 1, cache_creation_input_tokens: 500 },
        cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 400 },
      },
      { input_tokens: 10, output_tokens: 20, cache_creation_input_tokens: 800 },
    ),
    {
      ...{ standing: 'partial', missing: 'split', gaps: 'split_written' },
      cost: 10 * 15_000 + 400 * 18_750 + 400 * 30_000 + 20 * 75_000,
    },
    SPLIT,
  ],
  [
    'which makes no difference where MeshAgent bills both alike',
    message(FABLE, {
      ...{ input_tokens: 10, output_tokens: 20, cache_creation_input_tokens: 800 },
      cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 400 },
    }),
    { standing: 'measured', cost: 10 * 10_000 + 800 * 12_500 + 20 * 50_000, gaps: 'split_written' },
    SPLIT,
  ],
];

const imageCost = (input: number, output: number) => input * 5000 + output * 32_000;

const MEDIA: readonly Fact[] = [
  [
    'each image of a stream',
    images({ stream: true, n: 2 }, sse([image(painted(50, 1000)), image(painted(50, 1200))])),
    { standing: 'measured', cost: imageCost(100, 2200), usage: { inputTokens: 100, outputTokens: 2200, images: 2 } },
    IMAGES,
  ],
  [
    'a stream that was cut between two images counts the first',
    images({ stream: true, n: 2 }, sse([image(painted(50, 1000))]), left),
    { standing: 'partial', cost: imageCost(50, 1000) },
    IMAGES,
  ],
  [
    'a client that hangs up on the last image has all',
    images({ stream: true, n: 2 }, sse([image(painted(50, 1000)), image(painted(50, 1000))]), left),
    { standing: 'measured', cost: imageCost(100, 2000) },
    IMAGES,
  ],
  [
    'images that were refused bill nothing',
    { ...images({}, { error: { code: 'moderation_blocked', message: 'No.' } }), status: 400 },
    { standing: 'none' },
    IMAGES,
  ],
  [
    'images that were refused in a stream bill nothing',
    images({ stream: true }, sse([{ event: 'error', data: { type: 'error', error: { code: 'moderation_blocked' } } }])),
    { standing: 'none' },
    IMAGES,
  ],
  [
    'images that were cut are unmetered',
    images({}, '{"created":1,"data":[{"b64_json":"AAAA', left),
    { standing: 'unmetered' },
    IMAGES,
  ],
  [
    'speech that was refused bills nothing',
    { path: '/v1/audio/speech', request: { model: 'tts-1', input: 'Hello' }, status: 400, answer: { error: {} } },
    { standing: 'none' },
    IMAGES,
  ],
  [
    'speech that was cut is unmetered',
    {
      path: '/v1/audio/speech',
      request: { model: 'tts-1', input: 'Hello' },
      headers: { 'content-type': 'audio/mpeg' },
      answer: Buffer.alloc(100),
      end: left,
    },
    { standing: 'unmetered' },
    IMAGES,
  ],
  [
    'speech that came whole is used, at a price that nobody knows',
    {
      path: '/v1/audio/speech',
      request: { model: 'tts-1', input: 'Hello' },
      headers: { 'content-type': 'audio/mpeg' },
      answer: Buffer.alloc(100),
    },
    { standing: 'unpriced', usage: { inputCharacters: 5 } },
    IMAGES,
  ],
  [
    'a call over WebRTC begins something that costs',
    {
      path: '/v1/realtime/calls',
      request: 'v=0',
      status: 201,
      headers: { 'content-type': 'application/sdp' },
      answer: Buffer.from('v=0'),
    },
    { standing: 'unmetered' },
    'OpenAI: Realtime over WebRTC',
  ],
  [
    'so does a key for one',
    { path: '/v1/realtime/client_secrets', request: {}, answer: { value: 'ek' } },
    { standing: 'unmetered' },
    'OpenAI: client secrets',
  ],
  [
    'accepting a call too',
    { path: '/v1/realtime/calls/rtc_1/accept', request: {}, answer: {} },
    { standing: 'unmetered' },
    'OpenAI: SIP',
  ],
  [
    'hanging up costs nothing',
    { path: '/v1/realtime/calls/rtc_1/hangup', request: {}, answer: {} },
    { standing: 'none' },
    'OpenAI: SIP',
  ],
  [
    'nor does rejecting',
    { path: '/v1/realtime/calls/rtc_1/reject', request: {}, answer: {} },
    { standing: 'none' },
    'OpenAI: SIP',
  ],
];

const inPiecesOf = (size: number) => (bytes: Buffer) =>
  cut(
    bytes,
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => i * size),
  );

describe.each([
  ['refusals', REFUSALS],
  ['several models in one answer', FALLBACKS],
  ['hosted tools', HOSTED],
  ['counts that are none', BAD_COUNTS],
  ['totals and their parts', SPLITS],
  ['images, speech and calls', MEDIA],
] as const)('%s', (_, facts) => {
  it.each(facts)('%s', async (_shows, exchange, right) => {
    for (const split of [undefined, inPiecesOf(7), inPiecesOf(1000)]) {
      const record = { ...(await meterExchange({ ...exchange, split })), startedAt: AUTUMN_2026 };
      const { standing, cost, possibleNanoUsd } = pricingOf(record);
      expect({
        standing,
        cost: cost?.costNanoUsd,
        possible: possibleNanoUsd,
        missing: cost?.missingPrices,
        gaps: record.usageGaps,
      }).toEqual({
        standing: right.standing,
        cost: right.cost,
        possible: right.possible,
        missing: right.missing,
        gaps: right.gaps,
      });
      if (right.list !== undefined) expect(cost?.listNanoUsd).toBe(right.list);
      if (right.model !== undefined) expect(record.responseModel).toBe(right.model);
      if (right.usage !== undefined) expect(record.usage).toMatchObject(right.usage);
    }
  });
});
