import { CLAUDE_CODE, CODEX, CURL, type DemoTool, LANGCHAIN, OPENAI_JS, OPENAI_PYTHON } from './tools.js';

/** One kind of call in a developer's day. */
export interface Scene {
  readonly tool: DemoTool;
  /** How often it comes, compared to the others. */
  readonly weight: number;
  readonly provider: 'openai' | 'anthropic';
  readonly path: string;
  readonly transport?: 'websocket';
  /** Mean length of the prompt, in characters. The beginning is the same each time: that is what is cached. */
  readonly promptChars: number;
  /** Mean number of streamed events. */
  readonly events: number;
  /** Milliseconds between two of them. */
  readonly interval: number;
  /** Mean time to the first event, or to the whole answer, in milliseconds. */
  readonly firstMs: number;
  /** What the simulator is asked for besides. */
  readonly plan?: string;
  /** The client leaves after about this share of the answer. */
  readonly leavesAfter?: number;
  body(prompt: string): object;
}

/** The system prompt is marked for the cache, as Claude Code does. */
const message =
  (model: string, more: object = {}) =>
  (prompt: string) => ({
    model,
    max_tokens: 8192,
    stream: true,
    system: [{ type: 'text', text: prompt, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: 'Go on.' }],
    ...more,
  });

const chat =
  (model: string, more: object = {}) =>
  (prompt: string) => ({
    model,
    messages: [{ role: 'user', content: prompt }],
    ...more,
  });

const response =
  (model: string, more: object = {}) =>
  (prompt: string) => ({
    model,
    instructions: prompt,
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go on.' }] }],
    stream: true,
    ...more,
  });

const messages = { provider: 'anthropic', path: '/v1/messages' } as const;
const chats = { provider: 'openai', path: '/v1/chat/completions' } as const;
const responses = { provider: 'openai', path: '/v1/responses' } as const;

const SCENES: readonly Scene[] = [
  {
    ...messages,
    tool: CLAUDE_CODE,
    weight: 30,
    promptChars: 90_000,
    events: 70,
    interval: 45,
    firstMs: 1100,
    body: message('claude-sonnet-4-6', { thinking: { type: 'adaptive' } }),
  },
  {
    ...messages,
    tool: CLAUDE_CODE,
    weight: 14,
    promptChars: 3_000,
    events: 12,
    interval: 25,
    firstMs: 350,
    body: message('claude-haiku-4-5'),
  },
  {
    ...messages,
    tool: CLAUDE_CODE,
    weight: 3,
    promptChars: 90_000,
    events: 60,
    interval: 45,
    firstMs: 1100,
    leavesAfter: 0.4,
    body: message('claude-sonnet-4-6'),
  },
  {
    ...responses,
    tool: CODEX,
    weight: 20,
    promptChars: 60_000,
    events: 60,
    interval: 40,
    firstMs: 900,
    body: response('gpt-5.4', { reasoning: { summary: 'auto' } }),
  },
  {
    ...responses,
    tool: CODEX,
    transport: 'websocket',
    weight: 6,
    promptChars: 40_000,
    events: 40,
    interval: 40,
    firstMs: 900,
    body: (prompt) => ({ type: 'response.create', ...response('gpt-5.4')(prompt) }),
  },
  {
    ...chats,
    tool: OPENAI_PYTHON,
    weight: 9,
    promptChars: 6_000,
    events: 40,
    interval: 30,
    firstMs: 500,
    body: chat('gpt-5.4-mini', { stream: true, stream_options: { include_usage: true } }),
  },
  {
    ...chats,
    tool: OPENAI_JS,
    weight: 6,
    promptChars: 4_000,
    events: 40,
    interval: 0,
    firstMs: 900,
    body: chat('gpt-5.4-mini'),
  },
  {
    ...chats,
    tool: LANGCHAIN,
    weight: 6,
    promptChars: 9_000,
    events: 50,
    interval: 35,
    firstMs: 700,
    body: chat('gpt-5.4', { stream: true }),
  },
  {
    provider: 'openai',
    path: '/v1/embeddings',
    tool: OPENAI_PYTHON,
    weight: 8,
    promptChars: 12_000,
    events: 1,
    interval: 0,
    firstMs: 120,
    body: (prompt) => ({ model: 'text-embedding-3-small', input: prompt, encoding_format: 'base64' }),
  },
  {
    ...chats,
    tool: CURL,
    weight: 3,
    promptChars: 400,
    events: 20,
    interval: 0,
    firstMs: 500,
    body: chat('gpt-5.4-mini'),
  },
  {
    ...messages,
    tool: CLAUDE_CODE,
    weight: 2,
    promptChars: 60_000,
    events: 1,
    interval: 0,
    firstMs: 40,
    plan: 'status=429; retry-after=3',
    body: message('claude-sonnet-4-6'),
  },
  {
    ...responses,
    tool: CODEX,
    weight: 1,
    promptChars: 30_000,
    events: 40,
    interval: 40,
    firstMs: 900,
    plan: 'fault=reset',
    body: response('gpt-5.4'),
  },
];

export function pickScene(): Scene {
  const whole = SCENES.reduce((sum, scene) => sum + scene.weight, 0);
  let at = Math.random() * whole;
  for (const scene of SCENES) {
    at -= scene.weight;
    if (at < 0) return scene;
  }
  return SCENES[0] as Scene;
}
