import { z } from 'zod';
import type { Call } from '../call.js';
import { newId } from '../ids.js';
import { jsonReply, type Reply } from '../reply.js';

const PCM = { type: 'audio/pcm', rate: 24_000 };

/** A session as the service describes it; `given` is what the client set. */
export function sessionObject(model: string, given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'realtime',
    object: 'realtime.session',
    id: newId('sess_'),
    model,
    output_modalities: ['audio'],
    instructions: 'Be of help.',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    truncation: 'auto',
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    ...given,
    audio: audioOf(given.audio),
  };
}

function audioOf(given: unknown): object {
  const { input, output } = z
    .looseObject({ input: z.looseObject({}).optional(), output: z.looseObject({}).optional() })
    .catch({})
    .parse(given);
  return {
    input: { format: PCM, transcription: null, noise_reduction: null, turn_detection: null, ...input },
    output: { format: PCM, voice: 'marin', speed: 1, ...output },
  };
}

const SECRET_REQUEST = z.looseObject({ session: z.looseObject({ model: z.string().optional() }).optional() });

/** POST /v1/realtime/client_secrets. */
export function createClientSecret(call: Call): Reply {
  const { session } = SECRET_REQUEST.parse(call.body.json ?? {});
  const value = newId('ek_');
  return jsonReply({
    value,
    expires_at: Math.floor(Date.now() / 1000) + 600,
    session: { ...sessionObject(session?.model ?? 'gpt-realtime', session), client_secret: { value } },
  });
}

/** POST /v1/realtime/sessions, the older way to the same. */
export function createRealtimeSession(call: Call): Reply {
  const given = z.looseObject({ model: z.string().optional() }).parse(call.body.json ?? {});
  const secret = { value: newId('ek_'), expires_at: Math.floor(Date.now() / 1000) + 60 };
  return jsonReply({ ...sessionObject(given.model ?? 'gpt-realtime', given), client_secret: secret });
}
