import type { WebSocketForm } from '../provider.js';

const EVENTS = {
  ends: new Set(['response.done', 'response.completed', 'response.incomplete', 'response.failed']),
  transcribed: 'conversation.item.input_audio_transcription.completed',
} as const;

/** https://platform.openai.com/docs/guides/realtime */
export const REALTIME_SOCKET: WebSocketForm = { ...EVENTS, errorEndsResponse: false };

/** https://developers.openai.com/api/docs/guides/websocket-mode */
export const RESPONSES_SOCKET: WebSocketForm = { ...EVENTS, errorEndsResponse: true };
