import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/meter/meter.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { messageStream, messageStreamCut } from '../fixtures/anthropic.js';
import { chatStream, chatStreamWithUsage } from '../fixtures/openai.js';
import { exchangeHead, meterExchange } from '../helpers/meter-exchange.js';

const chat = { path: '/v1/chat/completions', request: { model: 'gpt-5.4', stream: true } };
const messages = { providerName: 'anthropic', path: '/v1/messages', request: { model: 'claude-opus-4-6' } } as const;
const clientLeft = { outcome: 'interrupted', errorType: 'client_abort', errorReason: 'The client left.' } as const;

describe('an interrupted exchange', () => {
  it('keeps what an Anthropic stream had counted, as partial', async () => {
    const record = await meterExchange({ ...messages, answer: messageStreamCut, end: clientLeft });
    expect(record).toMatchObject({
      ...clientLeft,
      usageStanding: 'partial',
      usage: { inputTokens: 4817, outputTokens: 3 },
    });
  });

  it('is unmetered, not free, where a chat stream had not reported yet', async () => {
    const answer = chatStreamWithUsage.slice(0, chatStreamWithUsage.indexOf('"choices":[]') - 100);
    const record = await meterExchange({ ...chat, answer, end: clientLeft });
    expect(record).toMatchObject({ ...clientLeft, usageStanding: 'unmetered', responseModel: 'gpt-5.4-2026-03-05' });
    expect(record.usage).toBeUndefined();
  });

  it('is measured where usage had come before the cut', async () => {
    const answer = chatStreamWithUsage.replace('data: [DONE]\n\n', '');
    const end = { outcome: 'interrupted', errorType: 'upstream_closed', errorReason: 'Cut.' } as const;
    const record = await meterExchange({ ...chat, answer, end });
    expect(record).toMatchObject({ ...end, usageStanding: 'measured', usage: { outputTokens: 31 } });
  });

  it('is partial where it was sent twice, and never free', async () => {
    const end = { outcome: 'complete', sentTwice: true } as const;
    const answered = await meterExchange({ ...chat, answer: chatStreamWithUsage, end });
    expect(answered).toMatchObject({ ...end, usageStanding: 'partial', usage: { outputTokens: 31 } });
    const refused = await meterExchange({ ...chat, status: 429, answer: { error: { code: 'slow_down' } }, end });
    expect(refused).toMatchObject({ outcome: 'failed', usageStanding: 'unmetered', sentTwice: true });
    const listed = await meterExchange({ method: 'GET', path: '/v1/models', answer: { data: [] }, end });
    expect(listed.usageStanding).toBe('none');
  });

  it('is complete where the client hung up on the last event', async () => {
    const record = await meterExchange({ ...messages, answer: messageStream, end: clientLeft });
    expect(record).toMatchObject({ outcome: 'complete', usageStanding: 'measured', usage: { outputTokens: 512 } });
    expect(record.errorType).toBeUndefined();
  });

  it('may have cost something where the client left before the answer', async () => {
    const record = await meterExchange({ ...chat, status: null, end: clientLeft });
    expect(record).toMatchObject({ ...clientLeft, usageStanding: 'unmetered', requestModel: 'gpt-5.4' });
    expect(record.status).toBeUndefined();
  });

  it('keeps the last words of a stream whose final blank line is missing', async () => {
    const record = await meterExchange({ ...chat, answer: chatStream.replace(/\n+$/, '') });
    expect(record).toMatchObject({ outcome: 'complete', usageStanding: 'unmetered' });
    const counted = await meterExchange({
      ...messages,
      answer: messageStream.replace(/\n\nevent: message_stop[\s\S]*$/, ''),
    });
    expect(counted).toMatchObject({ outcome: 'interrupted', usageStanding: 'partial', usage: { outputTokens: 512 } });
  });
});

describe('a failed exchange', () => {
  it('costs nothing where upstream was never reached', async () => {
    const end = { outcome: 'failed', errorType: 'upstream_refused', errorReason: 'Refused.' } as const;
    expect(await meterExchange({ ...chat, status: null, end })).toMatchObject({ ...end, usageStanding: 'none' });
  });

  it("says the proxy's own reason for an answer the proxy made", async () => {
    const end = { outcome: 'failed', errorType: 'upstream_timeout', errorReason: 'Too slow.' } as const;
    expect(await meterExchange({ ...chat, status: 504, end })).toMatchObject({ ...end, usageStanding: 'none' });
  });

  it.each([
    [{ detail: 'The project has no balance left.' }, 'http_402', 'The project has no balance left.'],
    [{ message: 'Not allowed.' }, 'http_402', 'Not allowed.'],
    [{ error: 'Out of money' }, 'error', 'Out of money'],
    [{ error: { type: 'billing_error', message: '' } }, 'billing_error', undefined],
    [{ unknown: true }, 'http_402', undefined],
    ['<html>', 'http_402', undefined],
  ])('says what an answer of any shape says: %j', async (answer, errorType, errorReason) => {
    const record = await meterExchange({
      ...chat,
      status: 402,
      answer,
      headers: { 'content-type': 'application/json' },
    });
    expect(record).toMatchObject({ outcome: 'failed', usageStanding: 'none', errorType });
    expect(record.errorReason).toBe(errorReason);
  });

  it('costs nothing where a stream began with an error', async () => {
    const answer = 'data: {"error":{"message":"No.","type":"server_error"}}\n\n';
    const record = await meterExchange({ ...chat, answer });
    expect(record).toMatchObject({ outcome: 'failed', usageStanding: 'none', errorType: 'server_error' });
  });

  it('is failed, not interrupted, where an error came before the cut', async () => {
    const answer = `${messageStreamCut}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n`;
    const end = { outcome: 'interrupted', errorType: 'upstream_closed' } as const;
    const record = await meterExchange({ ...messages, answer, end });
    expect(record).toMatchObject({ outcome: 'failed', errorType: 'overloaded_error', usageStanding: 'partial' });
  });
});

describe('times and progress', () => {
  it('are told as they become known, and the record is made once', () => {
    const records: ExchangeRecord[] = [];
    const progress: object[] = [];
    const { observe } = createMeter({ onRecord: (record) => records.push(record) });
    const observer = observe(exchangeHead({ headers: { 'content-type': 'application/json' } }), {
      onModel: (model) => progress.push({ model }),
    });
    observer.onRequestData(Buffer.from('{"model":"gpt-5.4"'));
    observer.onRequestData(Buffer.from(',"stream":true}'));
    observer.onResponseStart(200, { 'content-type': 'text/event-stream' });
    observer.onResponseData(Buffer.from(chatStreamWithUsage.slice(0, 10)));
    observer.onResponseData(Buffer.from(chatStreamWithUsage.slice(10)));
    observer.onEnd({
      outcome: 'complete',
      status: 200,
      durationMs: 50,
      timeToFirstChunkMs: 20,
      requestBytes: 33,
      responseBytes: 7,
    });
    expect(progress).toEqual([{ model: 'gpt-5.4' }, { model: 'gpt-5.4-2026-03-05' }]);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ requestBytes: 33, responseBytes: 7, durationMs: 50, timeToFirstChunkMs: 20 });
  });
});
