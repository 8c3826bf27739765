import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/meter/meter.js';
import { message, messageStream } from '../fixtures/anthropic.js';
import { chatStreamWithUsage, responseStreamCompleted } from '../fixtures/openai.js';
import { sse } from '../fixtures/sse.js';
import { anyCharacter } from '../helpers/any-character.js';
import { exchangeHead, meterExchange, timeless } from '../helpers/meter-exchange.js';
import { anyCuts, cut } from '../helpers/splits.js';

/**
 * Prompts, tool inputs and answers are other people's text: whatever they look like, they are never counted. And what
 * is broken is never counted as if it were whole.
 */

const anyText = fc.oneof(
  fc.constantFrom(
    '"usage":{"input_tokens":1,"output_tokens":2}',
    '{"type":"message_delta","usage":{"output_tokens":77}}',
    '\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n',
    'data: [DONE]\r\n\r\n',
    '\\"usage\\":{\\"input_tokens\\":1}',
    '","usage":{"output_tokens":1},"x":"',
    '\\',
    '}\u0000{',
  ),
  fc.string({ unit: anyCharacter }),
);

describe('text that looks like figures', () => {
  it('never counts in a message stream', async () => {
    const whole = timeless(
      await meterExchange({ providerName: 'anthropic', path: '/v1/messages', answer: messageStream }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), anyCuts, async (texts, cuts) => {
        const deltas = sse(
          texts.flatMap((text) => [
            {
              event: 'content_block_delta',
              data: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
            },
            {
              event: 'content_block_delta',
              data: {
                type: 'content_block_delta',
                index: 1,
                delta: { type: 'input_json_delta', partial_json: text },
                // A field the provider may add one day, at a place where nothing counts.
                extra: { usage: { output_tokens: 1e6 }, model: text, error: { type: text } },
              },
            },
          ]),
        );
        const at = messageStream.indexOf('event: message_delta');
        const answer = messageStream.slice(0, at) + deltas + messageStream.slice(at);
        const got = await meterExchange({
          providerName: 'anthropic',
          path: '/v1/messages',
          answer,
          end: { responseBytes: whole.responseBytes },
          split: (bytes) => cut(bytes, cuts),
        });
        expect(timeless(got)).toEqual(whole);
      }),
    );
  });

  it('never counts in a message or a request', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.dictionary(anyText, anyText), anyCuts, async (text, input, cuts) => {
        const record = await meterExchange({
          providerName: 'anthropic',
          path: '/v1/messages',
          request: {
            messages: [{ role: 'user', content: [{ text, model: 'x', input }] }],
            metadata: { model: 'y' },
            model: 'claude-opus-4-6',
          },
          answer: {
            ...message,
            content: [{ type: 'tool_use', input: { ...input, usage: { output_tokens: 9 } } }, { text }],
          },
          split: (bytes) => cut(bytes, cuts),
        });
        expect(record.requestModel).toBe('claude-opus-4-6');
        expect(record.responseModel).toBe('claude-sonnet-4-5-20250929');
        expect(record.usage?.outputTokens).toBe(305);
        expect(record.outcome).toBe('complete');
      }),
    );
  });
});

describe('broken answers', () => {
  it('cut anywhere give no figure that was not there', async () => {
    const whole = await meterExchange({ path: '/v1/responses', answer: responseStreamCompleted });
    await fc.assert(
      fc.asyncProperty(fc.nat(responseStreamCompleted.length), async (length) => {
        const answer = responseStreamCompleted.slice(0, length);
        const record = await meterExchange({
          path: '/v1/responses',
          answer,
          headers: { 'content-type': 'text/event-stream' },
        });
        expect([undefined, whole.usage]).toContainEqual(record.usage);
        expect([undefined, whole.responseModel]).toContain(record.responseModel);
        if (record.usage === undefined) expect(record.usageStanding).toBe('unmetered');
      }),
    );
  });

  it.each(['text/event-stream', 'application/json'])(
    'that are garbage leave an unmetered record (%s)',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), anyCuts, async (bytes, cuts) => {
          const record = await meterExchange({
            path: '/v1/responses',
            answer: Buffer.from(bytes),
            headers: { 'content-type': type },
            split: (all) => cut(all, cuts),
          });
          expect(record.usageStanding).toBe('unmetered');
          expect(record.usage).toBeUndefined();
        }),
      );
    },
  );

  it('count only whole, finite numbers that are not negative', async () => {
    const answer =
      '{"model":"gpt-5.4","usage":{"prompt_tokens":-5,"completion_tokens":1e999,"total_tokens":"7","prompt_tokens_details":{"cached_tokens":null,"audio_tokens":3}}}';
    const record = await meterExchange({ path: '/v1/chat/completions', answer });
    expect(record.usage).toEqual({ audioInputTokens: 3 });
    expect(record.rawUsage).toEqual({ prompt_tokens_details: { audio_tokens: 3 } });
  });

  it('of the wrong type are not read as an event stream', async () => {
    const record = await meterExchange({
      path: '/v1/chat/completions',
      answer: chatStreamWithUsage,
      headers: { 'content-type': 'text/plain' },
    });
    expect(record).toMatchObject({ streaming: false, usageStanding: 'unmetered', outcome: 'complete' });
  });

  it('take the last of two usage objects at one place, as every parser does', async () => {
    const answer =
      '{"usage":{"prompt_tokens":9,"completion_tokens":9},"usage":{"prompt_tokens":1,"completion_tokens":2}}';
    const record = await meterExchange({ path: '/v1/chat/completions', answer });
    expect(record.usage).toEqual({ inputTokens: 1, outputTokens: 2 });
  });

  it('with an empty model name have none (the first chunk of a filtered chat)', async () => {
    const first = sse([
      { data: { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [] } },
    ]);
    const record = await meterExchange({ path: '/v1/chat/completions', answer: first + chatStreamWithUsage });
    expect(record).toMatchObject({ responseModel: 'gpt-5.4-2026-03-05', usage: { inputTokens: 58 } });
  });
});

describe('memory', () => {
  it('stays flat with events and answers of many megabytes', async () => {
    const records: unknown[] = [];
    const observer = createMeter({ onRecord: (record) => records.push(record) }).observe(
      exchangeHead({ path: '/v1/responses' }),
    );
    const filler = Buffer.alloc(64 * 1024, 'abcdefgh"\\"'.replace('"', ''));
    observer.onResponseStart(200, { 'content-type': 'text/event-stream' });
    observer.onResponseData(
      Buffer.from(responseStreamCompleted.slice(0, responseStreamCompleted.indexOf('event: response.in_progress'))),
    );
    globalThis.gc?.();
    const before = process.memoryUsage();
    observer.onResponseData(Buffer.from('data: {"type":"response.output_item.done","item":{"result":"'));
    for (let i = 0; i < 160 * 8; i += 1) observer.onResponseData(filler);
    const after = process.memoryUsage();
    observer.onResponseData(Buffer.from('"}}\n\n'));
    observer.onResponseData(Buffer.from(responseStreamCompleted));
    observer.onEnd({ outcome: 'complete', status: 200, durationMs: 1, requestBytes: 0, responseBytes: 0 });
    // 80 MiB passed; what is kept of them is nothing.
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(8 * 1024 * 1024);
    expect(records).toMatchObject([{ usage: { inputTokens: 3104 }, outcome: 'complete' }]);
  });
});
