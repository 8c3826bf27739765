import { z } from 'zod';
import { newId } from '../ids.js';
import type { Plan } from '../plan.js';
import { promptOf, promptTokens } from '../prompt.js';
import { outputTokens, textDeltas, wholeText } from '../prose.js';
import type { ReplyBill } from '../reply.js';
import type { SocketAnswer, SocketTalk } from '../socket-talk.js';
import { transcriptionBill } from './audio.js';
import { sessionObject } from './realtime-session.js';
import { type RealtimeCounts, realtimeUsage } from './realtime-usage.js';

/** 16 bits at 24 kHz; ten tokens a second (https://platform.openai.com/docs/guides/realtime-costs). */
const PCM_BYTES_PER_SECOND = 48_000;
const TOKENS_PER_SECOND = 10;

const CLIENT_EVENT = z.looseObject({
  type: z.string(),
  event_id: z.string().optional(),
  session: z.looseObject({}).optional(),
  item: z.looseObject({ id: z.string().optional(), type: z.string().optional() }).optional(),
  audio: z.string().optional(),
  response: z.looseObject({ output_modalities: z.array(z.string()).optional() }).optional(),
});

const TRANSCRIPTION = z.looseObject({
  audio: z.looseObject({ input: z.looseObject({ transcription: z.looseObject({ model: z.string() }) }) }),
});

/** One realtime session: what the client's events are answered with. `model` comes from the address. */
export function createRealtimeTalk(model: string, type: 'realtime' | 'transcription', plan: Plan): SocketTalk {
  const session = sessionObject(model, { type });
  /** Tokens of the conversation so far, and how many of them the last response has read. */
  const held = { text: 0, audio: 0 };
  const read = { text: 0, audio: 0 };
  let bufferedBytes = 0;
  const event = (type: string, more: object) => ({ type, event_id: newId('event_'), ...more });
  const say = (...events: object[]): SocketAnswer => ({ events, isResponse: false });

  function commit(): SocketAnswer {
    const item = { id: newId('item_'), object: 'realtime.item', type: 'message', status: 'completed', role: 'user' };
    const seconds = bufferedBytes / PCM_BYTES_PER_SECOND;
    bufferedBytes = 0;
    held.audio += Math.ceil(seconds * TOKENS_PER_SECOND);
    const content = [{ type: 'input_audio', transcript: null }];
    const events = [
      event('input_audio_buffer.committed', { item_id: item.id, previous_item_id: null }),
      event('conversation.item.added', { item: { ...item, content }, previous_item_id: null }),
      event('conversation.item.done', { item: { ...item, content }, previous_item_id: null }),
    ];
    const transcription = TRANSCRIPTION.safeParse(session);
    if (!transcription.success) return say(...events);
    const transcript = wholeText({ events: 4 }).trim();
    const name = transcription.data.audio.input.transcription.model;
    const bill = transcriptionBill({ plan: {} }, name, seconds, transcript);
    const about = { item_id: item.id, content_index: 0 };
    const type = 'conversation.item.input_audio_transcription';
    events.push(event(`${type}.delta`, { ...about, delta: transcript }));
    events.push(event(`${type}.completed`, { ...about, transcript, usage: bill.usage.raw }));
    return { events, isResponse: false, bill };
  }

  function respond(asked: string[] | undefined): SocketAnswer {
    const modalities = asked ?? (session.output_modalities as string[]);
    const spoken = modalities.includes('audio');
    const counts = countTurn(plan, held, read, spoken);
    const usage = realtimeUsage(counts);
    read.text = held.text;
    read.audio = held.audio;
    held.text += counts.outputText;
    held.audio += counts.outputAudio;
    const bill: ReplyBill = { model, usage };
    return { events: turnEvents(plan, modalities, spoken, usage.raw, event), isResponse: true, bill };
  }

  return {
    opening: [event('session.created', { session })],
    errorEvent: () => event('error', { error: { type: 'server_error', code: 'server_error', message: 'Broken.' } }),
    answer(message) {
      const parsed = CLIENT_EVENT.safeParse(message);
      if (!parsed.success)
        return say(event('error', { error: { type: 'invalid_request_error', message: 'No event.' } }));
      const { type, item, audio, response, session: given } = parsed.data;
      switch (type) {
        case 'session.update':
          Object.assign(session, sessionObject(model, { ...session, ...given }));
          return say(event('session.updated', { session }));
        case 'conversation.item.create': {
          held.text += promptTokens(promptOf(item));
          const added = { object: 'realtime.item', status: 'completed', ...item, id: item?.id ?? newId('item_') };
          const about = { item: added, previous_item_id: null };
          return say(event('conversation.item.added', about), event('conversation.item.done', about));
        }
        case 'input_audio_buffer.append':
          bufferedBytes += Buffer.byteLength(audio ?? '', 'base64');
          return say();
        case 'input_audio_buffer.clear':
          bufferedBytes = 0;
          return say(event('input_audio_buffer.cleared', {}));
        case 'input_audio_buffer.commit':
          return commit();
        case 'response.create':
          return respond(response?.output_modalities);
        default: {
          const error = { type: 'invalid_request_error', code: 'unknown_event', message: `Unknown event: ${type}.` };
          return say(event('error', { error: { ...error, event_id: parsed.data.event_id ?? null } }));
        }
      }
    },
  };
}

function countTurn(
  plan: Plan,
  held: { text: number; audio: number },
  read: { text: number; audio: number },
  spoken: boolean,
): RealtimeCounts {
  const output = outputTokens(plan);
  const cachedText = plan.cached ?? read.text;
  return {
    inputText: Math.max(plan.input ?? held.text, cachedText),
    inputAudio: held.audio,
    cachedText,
    cachedAudio: read.audio,
    outputText: output,
    outputAudio: spoken ? output * 4 : 0,
  };
}

function* turnEvents(
  plan: Plan,
  modalities: string[],
  spoken: boolean,
  usage: unknown,
  event: (type: string, more: object) => object,
): Generator<object> {
  const response = {
    object: 'realtime.response',
    id: newId('resp_'),
    status_details: null,
    conversation_id: newId('conv_'),
    output_modalities: modalities,
    max_output_tokens: 'inf',
    metadata: null,
  };
  const item = { id: newId('item_'), object: 'realtime.item', type: 'message', role: 'assistant' };
  const about = { response_id: response.id, item_id: item.id, output_index: 0, content_index: 0 };
  const output = { response_id: response.id, output_index: 0 };
  const partOf = (text: string) =>
    spoken ? { type: 'output_audio', transcript: text } : { type: 'output_text', text };
  yield event('response.created', { response: { ...response, status: 'in_progress', output: [], usage: null } });
  const begun = { ...item, status: 'in_progress', content: [] };
  yield event('response.output_item.added', { ...output, item: begun });
  yield event('conversation.item.added', { item: begun, previous_item_id: null });
  yield event('response.content_part.added', { ...about, part: partOf('') });
  let text = '';
  for (const delta of textDeltas(plan)) {
    text += delta;
    if (!spoken) yield event('response.output_text.delta', { ...about, delta });
    else {
      yield event('response.output_audio_transcript.delta', { ...about, delta });
      yield event('response.output_audio.delta', { ...about, delta: SOUND });
    }
  }
  if (!spoken) yield event('response.output_text.done', { ...about, text });
  else {
    yield event('response.output_audio.done', about);
    yield event('response.output_audio_transcript.done', { ...about, transcript: text });
  }
  yield event('response.content_part.done', { ...about, part: partOf(text) });
  const done = { ...item, status: 'completed', content: [partOf(text)] };
  yield event('response.output_item.done', { ...output, item: done });
  yield event('conversation.item.done', { item: done, previous_item_id: null });
  yield event('response.done', { response: { ...response, status: 'completed', output: [done], usage } });
  const limits = [{ name: 'tokens', limit: 40_000, remaining: 39_000, reset_seconds: 1.5 }];
  yield event('rate_limits.updated', { rate_limits: limits });
}

/** A tenth of a second of silence. */
const SOUND = Buffer.alloc(PCM_BYTES_PER_SECOND / 10).toString('base64');
