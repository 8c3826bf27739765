import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/meter/meter.js';
import type { ExchangeEnd } from '../../src/shared/exchange.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { errorAnswer, response, responseUsage } from '../fixtures/openai.js';
import { exchangeHead } from '../helpers/meter-exchange.js';

type ServerEvent = OpenAI.Realtime.RealtimeServerEvent;
type ResponsesEvent = OpenAI.Responses.ResponsesServerEvent;

/** A WebSocket of which only the meter is real. */
function socket(path: '/v1/realtime' | '/v1/responses') {
  const records: ExchangeRecord[] = [];
  const { observe } = createMeter({ onRecord: (record) => records.push(record) });
  const observer = observe(exchangeHead({ path, method: 'GET', transport: 'websocket' }));
  const send = (from: 'client' | 'upstream', event: object | Buffer) => {
    const data = Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event));
    observer.onMessage(from, data, Buffer.isBuffer(event));
    data.fill(0x20);
  };
  return {
    records,
    observer,
    client: (event: object | Buffer) => send('client', event),
    realtime: (event: ServerEvent) => send('upstream', event),
    responses: (event: ResponsesEvent) => send('upstream', event),
    upstream: (event: object | Buffer) => send('upstream', event),
    end: (fields: Partial<ExchangeEnd> = {}) =>
      observer.onEnd({
        outcome: 'complete',
        status: 101,
        durationMs: 5,
        requestBytes: 10,
        responseBytes: 20,
        ...fields,
      }),
  };
}

const session: ServerEvent = {
  type: 'session.created',
  event_id: 'event_1',
  session: {
    type: 'realtime',
    model: 'gpt-realtime',
    audio: { input: { transcription: { model: 'gpt-4o-mini-transcribe' } } },
  },
};
const begun = (id: string): ServerEvent => ({
  type: 'response.created',
  event_id: 'event_2',
  response: { object: 'realtime.response', id, status: 'in_progress', output: [] },
});
const audio = (id: string, delta = 'AAAA'): ServerEvent => ({
  type: 'response.output_audio.delta',
  event_id: 'event_3',
  response_id: id,
  item_id: 'item_1',
  output_index: 0,
  content_index: 0,
  delta,
});
const realtimeUsage: OpenAI.Realtime.RealtimeResponseUsage = {
  total_tokens: 253,
  input_tokens: 132,
  output_tokens: 121,
  input_token_details: {
    text_tokens: 119,
    audio_tokens: 13,
    image_tokens: 0,
    cached_tokens: 64,
    cached_tokens_details: { text_tokens: 56, audio_tokens: 8, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 30, audio_tokens: 91 },
};
const done = (
  id: string,
  status: OpenAI.Realtime.RealtimeResponse['status'] = 'completed',
  fields: Partial<OpenAI.Realtime.RealtimeResponse> = {},
): ServerEvent => ({
  type: 'response.done',
  event_id: 'event_4',
  response: { object: 'realtime.response', id, status, output: [], usage: realtimeUsage, ...fields },
});
const normalised = {
  inputTokens: 132,
  cacheReadInputTokens: 64,
  outputTokens: 121,
  audioInputTokens: 13,
  cacheReadAudioInputTokens: 8,
  imageInputTokens: 0,
  cacheReadImageInputTokens: 0,
  audioOutputTokens: 91,
};

describe('a realtime session', () => {
  it('gives one record for each response, once for each id', () => {
    const ws = socket('/v1/realtime');
    ws.observer.onResponseStart(101, {});
    ws.realtime(session);
    for (const id of ['resp_1', 'resp_2']) {
      ws.client({ type: 'input_audio_buffer.append', audio: 'AAAA' });
      ws.client({ type: 'response.create' });
      ws.realtime(begun(id));
      ws.realtime(audio(id));
      ws.realtime(done(id));
      ws.realtime(done(id));
    }
    ws.end();
    expect(ws.records).toHaveLength(2);
    expect(ws.records.map(({ id }) => id)).toEqual(['ex_1', 'ex_1.2']);
    for (const record of ws.records) {
      expect(record).toMatchObject({
        transport: 'websocket',
        streaming: true,
        status: 101,
        outcome: 'complete',
        usageStanding: 'measured',
        responseModel: 'gpt-realtime',
        usage: normalised,
        timeToFirstChunkMs: expect.any(Number),
      });
      expect(record.requestBytes).toBeGreaterThan(60);
      expect(record.responseBytes).toBeGreaterThan(200);
    }
  });

  it('without a response gives one record for the connection', () => {
    const ws = socket('/v1/realtime');
    ws.observer.onResponseStart(101, {});
    ws.realtime(session);
    ws.end();
    expect(ws.records).toMatchObject([
      { outcome: 'complete', usageStanding: 'none', status: 101, durationMs: 5, requestBytes: 10, responseBytes: 20 },
    ]);
    expect(ws.records[0]?.errorType).toBeUndefined();
  });

  it('prices what was said by the model that wrote it down', () => {
    const ws = socket('/v1/realtime');
    ws.realtime(session);
    const transcribed: ServerEvent = {
      type: 'conversation.item.input_audio_transcription.completed',
      event_id: 'event_5',
      item_id: 'item_1',
      content_index: 0,
      transcript: 'hello',
      usage: {
        type: 'tokens',
        total_tokens: 48,
        input_tokens: 38,
        input_token_details: { text_tokens: 10, audio_tokens: 28 },
        output_tokens: 10,
      },
    };
    ws.realtime(transcribed);
    ws.realtime(transcribed);
    ws.realtime({ ...transcribed, item_id: 'item_2', usage: { type: 'duration', seconds: 3 } });
    ws.end();
    expect(ws.records).toMatchObject([
      {
        responseModel: 'gpt-4o-mini-transcribe',
        usage: { inputTokens: 38, audioInputTokens: 28, outputTokens: 10 },
        usageStanding: 'measured',
      },
      { responseModel: 'gpt-4o-mini-transcribe', usage: { audioSeconds: 3 } },
    ]);
    expect(ws.records[0]?.requestModel).toBeUndefined();
  });

  it.each([
    [
      'cancelled',
      { type: 'cancelled', reason: 'client_cancelled' },
      'interrupted',
      'response_cancelled',
      'The client cancelled the response.',
    ],
    [
      'cancelled',
      { type: 'cancelled', reason: 'turn_detected' },
      'interrupted',
      'response_cancelled',
      'The speaker began again.',
    ],
    ['incomplete', { type: 'incomplete', reason: 'max_output_tokens' }, 'complete', undefined, undefined],
    [
      'failed',
      { type: 'failed', error: { type: 'server_error', code: 'boom', message: 'It broke.' } },
      'failed',
      'boom',
      'It broke.',
    ],
    ['failed', { type: 'failed' }, 'failed', 'response_failed', undefined],
  ] as const)('knows a response that is %s (%j)', (status, details, outcome, errorType, errorReason) => {
    const ws = socket('/v1/realtime');
    ws.realtime(begun('resp_1'));
    ws.realtime(done('resp_1', status, { status_details: details }));
    ws.end();
    expect(ws.records).toMatchObject([{ outcome, usage: normalised, usageStanding: 'measured' }]);
    expect(ws.records[0]?.errorType).toBe(errorType);
    expect(ws.records[0]?.errorReason).toBe(errorReason);
  });

  it('keeps two responses apart that overlap', () => {
    const ws = socket('/v1/realtime');
    ws.client({ type: 'response.create', event_id: 'a', response: { conversation: 'none' } });
    ws.client({ type: 'response.create', event_id: 'b', response: { conversation: 'none' } });
    ws.realtime(begun('resp_1'));
    ws.realtime(begun('resp_2'));
    ws.realtime(audio('resp_2', 'x'.repeat(5000)));
    ws.realtime(audio('resp_1', 'x'.repeat(100)));
    ws.realtime(done('resp_2', 'completed', { usage: { input_tokens: 2, output_tokens: 22 } }));
    ws.realtime(done('resp_1', 'completed', { usage: { input_tokens: 1, output_tokens: 11 } }));
    ws.end();
    expect(ws.records).toMatchObject([
      { usage: { inputTokens: 2, outputTokens: 22 } },
      { usage: { inputTokens: 1, outputTokens: 11 } },
    ]);
    expect(ws.records[0]?.responseBytes).toBeGreaterThan(5000);
    expect(ws.records[1]?.responseBytes).toBeLessThan(2000);
  });

  it('is interrupted where it closes in mid-response', () => {
    const ws = socket('/v1/realtime');
    ws.realtime(session);
    ws.realtime(begun('resp_1'));
    ws.realtime(audio('resp_1'));
    ws.end({ outcome: 'interrupted', errorType: 'upstream_closed', errorReason: 'Gone.' });
    expect(ws.records).toMatchObject([
      { outcome: 'interrupted', usageStanding: 'unmetered', errorType: 'upstream_closed', errorReason: 'Gone.' },
    ]);
  });

  it('goes on after an error, which refuses what was asked for last', () => {
    const ws = socket('/v1/realtime');
    const error = (about: string | null): ServerEvent => ({
      type: 'error',
      event_id: 'event_9',
      error: {
        type: 'invalid_request_error',
        code: 'conversation_already_has_active_response',
        message: 'Busy.',
        event_id: about,
      },
    });
    ws.client({ type: 'response.create', event_id: 'a' });
    ws.realtime(begun('resp_1'));
    ws.client({ type: 'response.create', event_id: 'b' });
    ws.realtime(error('z'));
    expect(ws.records).toEqual([]);
    ws.realtime(error('b'));
    expect(ws.records).toMatchObject([
      { outcome: 'failed', usageStanding: 'none', errorType: 'conversation_already_has_active_response' },
    ]);
    ws.realtime(done('resp_1'));
    ws.end();
    expect(ws.records).toMatchObject([{ outcome: 'failed' }, { outcome: 'complete', usage: normalised }]);
  });

  it('reads a message whose type is not where it usually is', () => {
    const ws = socket('/v1/realtime');
    ws.upstream({ item: { type: 'response.done' }, response: { id: 'x', usage: { input_tokens: 99 } }, type: 'other' });
    ws.upstream({
      response: { id: 'resp_1', output: [{ type: 'message' }], usage: realtimeUsage },
      type: 'response.done',
    });
    ws.end();
    expect(ws.records).toMatchObject([{ usage: normalised }]);
  });

  it('passes over binary messages and what is not JSON', () => {
    const ws = socket('/v1/realtime');
    ws.upstream(Buffer.from(JSON.stringify(done('resp_1'))));
    ws.observer.onMessage('upstream', Buffer.from('{"type":"response.done"'), false);
    ws.observer.onMessage('upstream', Buffer.from('not json'), false);
    ws.end();
    expect(ws.records).toMatchObject([{ usageStanding: 'unmetered' }]);
    expect(ws.records).toHaveLength(1);
  });
});

describe('a responses socket', () => {
  const created = (id: string, lane?: string): ResponsesEvent => ({
    type: 'response.created',
    response: { ...response, id, status: 'in_progress', usage: undefined },
    sequence_number: 0,
    ...(lane ? { stream_id: lane } : {}),
  });
  const completed = (id: string, lane?: string): ResponsesEvent => ({
    type: 'response.completed',
    response: { ...response, id },
    sequence_number: 9,
    ...(lane ? { stream_id: lane } : {}),
  });
  const usage = {
    inputTokens: responseUsage.input_tokens,
    cacheReadInputTokens: 2048,
    cacheCreationInputTokens: 512,
    outputTokens: 977,
    reasoningOutputTokens: 640,
  };

  it('gives one record for each response, with model and tier', () => {
    const ws = socket('/v1/responses');
    ws.client({ type: 'response.create', model: 'gpt-5.6-sol', input: '"type":"response.completed"' });
    ws.responses(created('resp_1'));
    ws.responses(completed('resp_1'));
    ws.end();
    expect(ws.records).toMatchObject([
      {
        outcome: 'complete',
        requestModel: 'gpt-5.6-sol',
        responseModel: 'gpt-5.6-sol-2026-07-09',
        serviceTier: 'flex',
        usage,
        usageStanding: 'measured',
      },
    ]);
  });

  it('keeps lanes apart', () => {
    const ws = socket('/v1/responses');
    ws.client({ type: 'response.create', stream_id: 'one', model: 'gpt-5.4' });
    ws.client({ type: 'response.create', stream_id: 'two', model: 'gpt-5.5' });
    ws.responses(created('resp_2', 'two'));
    ws.responses(created('resp_1', 'one'));
    ws.responses({
      type: 'error',
      stream_id: 'one',
      error: { type: 'server_error', code: null, message: 'No.', param: null },
    });
    ws.responses(completed('resp_2', 'two'));
    ws.end();
    expect(ws.records).toMatchObject([
      { requestModel: 'gpt-5.4', outcome: 'failed', errorType: 'server_error', usageStanding: 'unmetered' },
      { requestModel: 'gpt-5.5', outcome: 'complete', usage },
    ]);
  });

  it('costs nothing where the response was refused', () => {
    const ws = socket('/v1/responses');
    ws.client({ type: 'response.create', model: 'gpt-5.4', previous_response_id: 'resp_0' });
    ws.responses({
      type: 'error',
      status: 400,
      error: { type: 'invalid_request_error', code: 'previous_response_not_found', message: 'Not found.', param: null },
    });
    ws.end();
    expect(ws.records).toMatchObject([
      { outcome: 'failed', usageStanding: 'none', errorType: 'previous_response_not_found', requestModel: 'gpt-5.4' },
    ]);
  });

  it('counts a successor that steering began by itself', () => {
    const ws = socket('/v1/responses');
    ws.client({ type: 'response.create', model: 'gpt-5.6-sol' });
    ws.responses(created('resp_1'));
    ws.responses({
      type: 'response.incomplete',
      response: { ...response, id: 'resp_1', status: 'incomplete', incomplete_details: { reason: 'steered' } },
      sequence_number: 5,
    });
    ws.responses(created('resp_2'));
    ws.responses(completed('resp_2'));
    ws.end();
    expect(ws.records).toMatchObject([
      { outcome: 'complete', usage },
      { outcome: 'complete', usage },
    ]);
  });
});

describe('a refused handshake', () => {
  it('says why', () => {
    const ws = socket('/v1/realtime');
    ws.observer.onResponseStart(403, { 'content-type': 'application/json' });
    ws.observer.onResponseData(Buffer.from(JSON.stringify(errorAnswer)));
    ws.end({ outcome: 'failed', status: 403 });
    expect(ws.records).toMatchObject([
      { outcome: 'failed', status: 403, usageStanding: 'none', errorType: 'invalid_value' },
    ]);
  });

  it('says its status where that is all that is known', () => {
    const ws = socket('/v1/realtime');
    ws.observer.onResponseStart(403, {});
    ws.end({ outcome: 'failed', status: 403 });
    expect(ws.records).toMatchObject([{ outcome: 'failed', errorType: 'http_403' }]);
  });
});

it.each([
  ['client', 'client_abort'],
  ['upstream', 'connection_closed'],
  [undefined, 'connection_closed'],
] as const)('a response that was under way when the %s closed says so', (closedBy, errorType) => {
  const { records, realtime, end } = socket('/v1/realtime');
  realtime(session);
  realtime(begun('resp_1'));
  end({ closedBy });
  expect(records).toMatchObject([{ outcome: 'interrupted', errorType, usageStanding: 'unmetered' }]);
});
