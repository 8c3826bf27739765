import type { SimulatedProvider } from '../provider.js';
import { OPENAI_ERRORS } from './errors.js';
import { OPENAI_PRICES } from './prices.js';
import { createRealtimeTalk } from './realtime.js';
import { createResponsesTalk } from './responses-talk.js';
import { answerOpenai } from './routes.js';
import { OPENAI_SCENES } from './scenes.js';

export const simulatedOpenai: SimulatedProvider = {
  name: 'openai',
  answer: answerOpenai,
  errorsAt: () => OPENAI_ERRORS,
  ordinaryHeaders: { 'openai-version': '2020-10-01', 'openai-processing-ms': '12' },
  openSocket({ path, model, transcribes, plan, service }) {
    if (path === '/v1/responses') return createResponsesTalk(service);
    if (path !== '/v1/realtime') return undefined;
    if (transcribes) return createRealtimeTalk(model, 'transcription', plan);
    if (model === '') return { refusedParam: 'model', message: 'You must provide a model parameter.' };
    return createRealtimeTalk(model, 'realtime', plan);
  },
  keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
  prices: OPENAI_PRICES,
  scenes: OPENAI_SCENES,
};
