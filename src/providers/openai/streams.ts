import type { StreamForm } from '../provider.js';

/** Usage comes last: a chat stream that reported it lacks nothing, whether "[DONE]" follows or not. */
export const CHAT_STREAM: StreamForm = {
  marks: ['usage":{', 'usage": {', 'error"', '[DONE]'].map((mark) => Buffer.from(mark)),
  isEnd: (_eventType, data, reportsUsage) => data === '[DONE]' || reportsUsage,
};

/** Of everything later than chat: each event says its type. */
export const EVENT_STREAM: StreamForm = {
  marks: [
    'response.completed',
    'response.incomplete',
    'response.failed',
    '.completed"',
    '.done"',
    'error"',
    '[DONE]',
  ].map((mark) => Buffer.from(mark)),
  isEnd: (eventType, data) => data === '[DONE]' || FINAL_EVENTS.has(eventType),
  // One for each image of a stream.
  addsUp: new Set(['image_generation.completed', 'image_edit.completed']),
};

const FINAL_EVENTS = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.done',
  'speech.audio.done',
  'transcript.text.done',
  'image_generation.completed',
  'image_edit.completed',
]);
