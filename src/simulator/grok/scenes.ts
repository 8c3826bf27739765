import type { Scene } from '../demo/scene.js';
import { OPENAI_PYTHON } from '../demo/tools.js';

export const GROK_SCENES: readonly Scene[] = [
  {
    path: '/v1/responses',
    tool: OPENAI_PYTHON,
    weight: 4,
    promptChars: 8_000,
    events: 40,
    interval: 30,
    firstMs: 600,
    body: (prompt) => ({ model: 'grok-4.3', instructions: prompt, input: 'Go on.', stream: true }),
  },
];
