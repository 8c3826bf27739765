import { z } from 'zod';
import type { Call } from '../call.js';
import { errorReply } from '../error-reply.js';
import { splitModel } from '../plan.js';
import { estimateTokens, textDeltas, wholeText } from '../prose.js';
import { bytesReply, jsonReply, type Reply, type ReplyBill, sse, streamReply } from '../reply.js';
import { OPENAI_ERRORS } from './errors.js';

/** Audio of a recording is taken to be 16 kB a second, whatever its format. */
const BYTES_PER_SECOND = 16_000;
const AUDIO_TOKENS_PER_SECOND = 10;

const SPEECH = z.looseObject({
  model: z.string(),
  input: z.string(),
  voice: z.unknown(),
  response_format: z.enum(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']).optional(),
  stream_format: z.enum(['sse', 'audio']).optional(),
});

const SPEECH_TYPES = {
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
} as const;

/** POST /v1/audio/speech: noise, as long as the text asks for. Throws ZodError for a body that is none. */
export function createSpeech(call: Call): Reply {
  const request = SPEECH.parse(call.body.json);
  const { model } = splitModel(request.model);
  const input = estimateTokens(request.input);
  const output = call.plan.output ?? Math.ceil(request.input.length * 1.25);
  const byTokens = model.startsWith('gpt-');
  const raw = { input_tokens: input, output_tokens: output, total_tokens: input + output };
  const billed: Record<string, number> = byTokens
    ? { input_tokens: input, audio_output_tokens: output }
    : { input_characters: request.input.length };
  const bill: ReplyBill = { model, usage: { raw: byTokens ? raw : undefined, billed } };
  if (request.stream_format === 'sse')
    return streamReply(speechEvents(request.input, raw), { bill, errorEvent: OPENAI_ERRORS.streamEvent });
  const pieces = request.input.match(/[\s\S]{1,40}/g)?.map(noise) ?? [];
  const headers = { 'content-type': SPEECH_TYPES[request.response_format ?? 'mp3'] };
  return { status: 200, headers, pieces, streaming: true, bill };
}

function* speechEvents(text: string, usage: object): Generator<string> {
  for (const part of text.match(/[\s\S]{1,40}/g) ?? []) {
    yield sse({ type: 'speech.audio.delta', audio: noise(part).toString('base64') });
  }
  yield sse({ type: 'speech.audio.done', usage });
}

/** Bytes of every value, 100 for each character. */
function noise(text: string): Buffer {
  return Buffer.from(Uint8Array.from({ length: text.length * 100 }, (_, i) => (i * 31 + text.length) & 0xff));
}

const TRANSCRIPTION = z.looseObject({
  model: z.string(),
  response_format: z.enum(['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json']).optional(),
  stream: z.union([z.boolean(), z.stringbool()]).optional(),
});

/** POST /v1/audio/transcriptions and /translations, multipart. Throws ZodError for a form that does not fit. */
export function transcribe(call: Call): Reply {
  const request = TRANSCRIPTION.parse(call.body.json);
  const file = call.body.files.find(({ name }) => name === 'file');
  if (!file) {
    return errorReply(OPENAI_ERRORS, 400, { message: 'file is required', param: 'file', requestId: call.requestId });
  }
  const { model } = splitModel(request.model);
  const text = wholeText(call.plan).trim();
  const seconds = Math.max(1, Math.ceil(file.bytes / BYTES_PER_SECOND));
  const bill = transcriptionBill(call, model, seconds, text);
  const usage = bill.usage.raw;
  if (request.stream && model !== 'whisper-1') {
    return streamReply(transcriptEvents(call, text, usage), { bill, errorEvent: OPENAI_ERRORS.streamEvent });
  }
  switch (request.response_format) {
    case 'text':
      return bytesReply(Buffer.from(`${text}\n`), 'text/plain; charset=utf-8', { bill });
    case 'srt':
      return bytesReply(Buffer.from(`1\n00:00:00,000 --> 00:00:01,000\n${text}\n`), 'text/plain; charset=utf-8', {
        bill,
      });
    case 'vtt':
      return bytesReply(Buffer.from(`WEBVTT\n\n00:00.000 --> 00:01.000\n${text}\n`), 'text/vtt; charset=utf-8', {
        bill,
      });
    case 'verbose_json': {
      const segments = [{ id: 0, seek: 0, start: 0, end: seconds, text, tokens: [1, 2], ...SEGMENT_FIGURES }];
      return jsonReply({ task: taskOf(call), language: 'english', duration: seconds, text, segments, usage }, { bill });
    }
    default:
      // Translations report no usage.
      return jsonReply(taskOf(call) === 'translate' ? { text } : { text, usage }, { bill });
  }
}

const SEGMENT_FIGURES = { temperature: 0, avg_logprob: -0.2, compression_ratio: 1.1, no_speech_prob: 0.01 };

function taskOf(call: Call): 'transcribe' | 'translate' {
  return call.path.endsWith('translations') ? 'translate' : 'transcribe';
}

/** Whisper is billed by the length of the recording, the others by tokens. */
export function transcriptionBill(call: Pick<Call, 'plan'>, model: string, seconds: number, text: string): ReplyBill {
  if (model.startsWith('whisper')) {
    const usage = { raw: { type: 'duration', seconds }, billed: { audio_minutes: seconds / 60 } };
    return { model, usage };
  }
  const audio = call.plan.input ?? seconds * AUDIO_TOKENS_PER_SECOND;
  const output = call.plan.output ?? estimateTokens(text);
  const raw = {
    type: 'tokens',
    input_tokens: audio,
    input_token_details: { text_tokens: 0, audio_tokens: audio },
    output_tokens: output,
    total_tokens: audio + output,
  };
  return {
    model,
    usage: { raw, billed: { audio_input_tokens: audio, output_tokens: output } },
  };
}

function* transcriptEvents(call: Call, text: string, usage: unknown): Generator<string> {
  const event = (data: { type: string }) => sse(data, data.type);
  for (const delta of textDeltas(call.plan)) yield event({ type: 'transcript.text.delta', ...{ delta } });
  yield event({ type: 'transcript.text.done', ...{ text, usage } });
}
