import type { Call } from '../call.js';
import type { Reply } from '../reply.js';
import { createSpeech, transcribe } from './audio.js';
import { chatCompletion } from './chat.js';
import { decide } from './decisions.js';
import { createEmbeddings } from './embeddings.js';
import { createImages } from './images.js';
import { openaiModels } from './models.js';
import { realtimeCall } from './realtime-calls.js';
import { createClientSecret, createRealtimeSession } from './realtime-session.js';
import { compactResponse, countInputTokens, createResponse } from './responses.js';

const POSTS: Readonly<Record<string, (call: Call) => Reply>> = {
  '/v1/chat/completions': chatCompletion,
  '/v1/responses': createResponse,
  '/v1/responses/compact': compactResponse,
  '/v1/responses/input_tokens': countInputTokens,
  '/v1/decisions': decide,
  '/v1/embeddings': createEmbeddings,
  '/v1/audio/speech': createSpeech,
  '/v1/audio/transcriptions': transcribe,
  '/v1/audio/translations': transcribe,
  '/v1/images/generations': createImages,
  '/v1/images/edits': createImages,
  '/v1/images/variations': createImages,
  '/v1/realtime/client_secrets': createClientSecret,
  '/v1/realtime/sessions': createRealtimeSession,
  '/v1/realtime/transcription_sessions': createRealtimeSession,
};

/** The answer of OpenAI's endpoints; undefined where there is none. Throws ZodError for a body that does not fit. */
export function answerOpenai(call: Call): Reply | undefined {
  if (call.method === 'POST') return Object.hasOwn(POSTS, call.path) ? POSTS[call.path]?.(call) : realtimeCall(call);
  const models = call.path === '/v1/models' || call.path.startsWith('/v1/models/');
  return call.method === 'GET' && models ? openaiModels(call) : undefined;
}
