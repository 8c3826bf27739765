import type { Scene } from '../demo/scene.js';
import { CODEX, CURL, LANGCHAIN, OPENAI_JS, OPENAI_PYTHON } from '../demo/tools.js';

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

export const OPENAI_SCENES: readonly Scene[] = [
  {
    path: '/v1/responses',
    tool: CODEX,
    weight: 20,
    promptChars: 60_000,
    events: 60,
    interval: 40,
    firstMs: 900,
    body: response('gpt-5.4', { reasoning: { summary: 'auto' } }),
  },
  {
    path: '/v1/responses',
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
    path: '/v1/chat/completions',
    tool: OPENAI_PYTHON,
    weight: 9,
    promptChars: 6_000,
    events: 40,
    interval: 30,
    firstMs: 500,
    body: chat('gpt-5.4-mini', { stream: true, stream_options: { include_usage: true } }),
  },
  {
    path: '/v1/chat/completions',
    tool: OPENAI_JS,
    weight: 6,
    promptChars: 4_000,
    events: 40,
    interval: 0,
    firstMs: 900,
    body: chat('gpt-5.4-mini'),
  },
  {
    path: '/v1/chat/completions',
    tool: LANGCHAIN,
    weight: 6,
    promptChars: 9_000,
    events: 50,
    interval: 35,
    firstMs: 700,
    body: chat('gpt-5.4', { stream: true }),
  },
  {
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
    path: '/v1/chat/completions',
    tool: CURL,
    weight: 3,
    promptChars: 400,
    events: 20,
    interval: 0,
    firstMs: 500,
    body: chat('gpt-5.4-mini'),
  },
  {
    path: '/v1/responses',
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
