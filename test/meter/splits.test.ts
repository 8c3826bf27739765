import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANTHROPIC_EXCHANGES, OPENAI_EXCHANGES } from '../fixtures/exchanges.js';
import { sse } from '../fixtures/sse.js';
import { bytesOf, meterExchange, timeless } from '../helpers/meter-exchange.js';
import { anyCuts, cut } from '../helpers/splits.js';

/** However the bytes come, the record is the same. */

const exchanges = [...OPENAI_EXCHANGES, ...ANTHROPIC_EXCHANGES].map(({ exchange }) => exchange);
const streams = exchanges.filter(({ answer }) => typeof answer === 'string' && /^(?:data|event):/.test(answer));
const ignoreSize = { responseBytes: 0, requestBytes: 0 };

describe('the record of an exchange', () => {
  it('does not depend on where the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...exchanges), anyCuts, async (exchange, cuts) => {
        const whole = await meterExchange(exchange);
        const pieces = await meterExchange({ ...exchange, split: (bytes) => cut(bytes, cuts) });
        expect(timeless(pieces)).toEqual(timeless(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on how the events are written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...streams), anyCuts, anyStyle, async (exchange, cuts, style) => {
        const plain = await meterExchange({ ...exchange, end: ignoreSize });
        const answer = bytesOf(rewrite(exchange.answer as string, style));
        const other = await meterExchange({
          ...exchange,
          answer,
          end: ignoreSize,
          split: (bytes) => cut(bytes, cuts),
          headers: { 'content-type': 'text/event-stream' },
        });
        expect(timeless(other)).toEqual(timeless(plain));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is passed over unread', () => {
  const chunk = (fields: object) => ({ data: { id: 'x', object: 'chat.completion.chunk', choices: [], ...fields } });
  const stream = sse([
    chunk({ model: 'first', service_tier: 'auto' }),
    chunk({ model: 'second', service_tier: 'flex' }),
    chunk({ model: 'third', usage: null }),
    chunk({ model: 'last', service_tier: 'default', usage: { prompt_tokens: 3, completion_tokens: 4 } }),
    { data: '[DONE]' },
  ]);

  it('does not count, wherever the bytes are cut: an event counts for what it is', async () => {
    const exchange = { path: '/v1/chat/completions', answer: stream.replace(/data: .*"last".*\n\n/, '') };
    await fc.assert(
      fc.asyncProperty(anyCuts, async (cuts) => {
        const record = await meterExchange({ ...exchange, split: (bytes) => cut(bytes, cuts) });
        expect(record).toMatchObject({ responseModel: 'first', serviceTier: 'auto' });
        const whole = await meterExchange({ ...exchange, answer: stream, split: (bytes) => cut(bytes, cuts) });
        expect(whole).toMatchObject({ responseModel: 'last', serviceTier: 'default', usage: { inputTokens: 3 } });
      }),
    );
  });

  it('is nothing where a stream is written in an unusual way', async () => {
    const styles = ['spaced', 'indented', 'escaped'] as const;
    for (const json of styles) {
      const plain = { byteOrderMark: false, comments: false, otherFields: false, typeLast: false };
      const style: Style = { lineEnd: '\n', space: ' ', json, ...plain };
      const answer = rewrite(stream, style);
      // One event in each piece, so that each could be passed over by itself.
      const split = (bytes: Buffer) =>
        bytes
          .toString('utf8')
          .split(/(?<=\n\n)/)
          .map((event) => Buffer.from(event));
      const record = await meterExchange({ path: '/v1/chat/completions', answer, split });
      expect(record).toMatchObject({ responseModel: 'last', usage: { inputTokens: 3, outputTokens: 4 } });
    }
  });
});

/** Ways to write the same events that the standard allows (WHATWG HTML, section 9.2.6). */
const anyStyle = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  byteOrderMark: fc.boolean(),
  space: fc.constantFrom('', ' '),
  comments: fc.boolean(),
  otherFields: fc.boolean(),
  typeLast: fc.boolean(),
  /** How the JSON is written: as providers do, spaced, over several lines, or with its keys escaped. */
  json: fc.constantFrom('as it is', 'spaced', 'indented', 'escaped'),
});
type Style = typeof anyStyle extends fc.Arbitrary<infer T> ? T : never;

function rewrite(text: string, style: Style): string {
  const events = text.split('\n\n').slice(0, -1);
  const out = events.map((event) => {
    const lines = event.split('\n');
    const name = lines.find((line) => line.startsWith('event: '))?.slice(7);
    const data = lines.find((line) => line.startsWith('data: '))?.slice(6) as string;
    const fields = jsonAs(data, style.json)
      .split('\n')
      .map((line) => `data:${line.startsWith(' ') ? ' ' : style.space}${line}`);
    if (name !== undefined) fields.splice(style.typeLast ? fields.length : 0, 0, `event:${style.space}${name}`);
    if (style.comments) fields.splice(1, 0, ': keep-alive "usage":{"input_tokens":1}', ':');
    if (style.otherFields) fields.unshift('id: 7', 'retry: 10', 'unknown', 'data-like: x');
    return fields.map((field) => field + style.lineEnd).join('') + style.lineEnd;
  });
  return (
    (style.byteOrderMark ? '\ufeff' : '') + out.join(style.comments ? `: ping${style.lineEnd}${style.lineEnd}` : '')
  );
}

function jsonAs(data: string, style: Style['json']): string {
  if (!data.startsWith('{') || style === 'as it is') return data;
  if (style === 'indented') return JSON.stringify(JSON.parse(data), null, 1);
  if (style === 'spaced') return spaced(JSON.parse(data));
  return data.replace(/"(usage|model|type|error|response|message|input_tokens)":/g, (_, key: string) => {
    const first = key.charCodeAt(0).toString(16).padStart(4, '0');
    return `"\\u${first}${key.slice(1)}" :`;
  });
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(spaced).join(' , ')} ]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}\t:  ${spaced(entry)}`);
  return `{ ${members.join(' , ')} }`;
}
