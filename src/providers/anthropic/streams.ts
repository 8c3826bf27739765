import type { StreamForm } from '../provider.js';

/** https://docs.anthropic.com/en/api/messages-streaming */
export const MESSAGE_STREAM: StreamForm = {
  marks: ['message_start', 'message_delta', 'message_stop', 'error'].map((mark) => Buffer.from(mark)),
  isEnd: (eventType) => eventType === 'message_stop',
};
