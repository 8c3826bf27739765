import type { SimulatedProvider } from '../provider.js';
import { ANTHROPIC_ERRORS } from './errors.js';
import { ANTHROPIC_PRICES } from './prices.js';
import { answerAnthropic } from './routes.js';
import { ANTHROPIC_SCENES } from './scenes.js';

export const simulatedAnthropic: SimulatedProvider = {
  name: 'anthropic',
  answer: answerAnthropic,
  errorsAt: () => ANTHROPIC_ERRORS,
  ordinaryHeaders: { 'anthropic-organization-id': 'org_simulated' },
  keyHeaders: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  prices: ANTHROPIC_PRICES,
  scenes: ANTHROPIC_SCENES,
};
