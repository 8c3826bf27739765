import type { Scene } from '../demo/scene.js';
import { CLAUDE_CODE } from '../demo/tools.js';

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

export const ANTHROPIC_SCENES: readonly Scene[] = [
  {
    path: '/v1/messages',
    tool: CLAUDE_CODE,
    weight: 30,
    promptChars: 90_000,
    events: 70,
    interval: 45,
    firstMs: 1100,
    body: message('claude-sonnet-4-6', { thinking: { type: 'adaptive' } }),
  },
  {
    path: '/v1/messages',
    tool: CLAUDE_CODE,
    weight: 14,
    promptChars: 3_000,
    events: 12,
    interval: 25,
    firstMs: 350,
    body: message('claude-haiku-4-5'),
  },
  {
    path: '/v1/messages',
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
    path: '/v1/messages',
    tool: CLAUDE_CODE,
    weight: 2,
    promptChars: 60_000,
    events: 1,
    interval: 0,
    firstMs: 40,
    plan: 'status=429; retry-after=3',
    body: message('claude-sonnet-4-6'),
  },
];
