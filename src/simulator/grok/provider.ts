import { ANTHROPIC_ERRORS } from '../anthropic/errors.js';
import { OPENAI_ERRORS } from '../openai/errors.js';
import type { SimulatedProvider } from '../provider.js';
import { GROK_PRICES } from './prices.js';
import { answerGrok } from './routes.js';
import { GROK_SCENES } from './scenes.js';

export const simulatedGrok: SimulatedProvider = {
  name: 'grok',
  answer: answerGrok,
  errorsAt: (path) => (path === '/v1/messages' ? ANTHROPIC_ERRORS : OPENAI_ERRORS),
  ordinaryHeaders: { 'x-zero-data-retention': 'false' },
  keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
  prices: GROK_PRICES,
  scenes: GROK_SCENES,
};
