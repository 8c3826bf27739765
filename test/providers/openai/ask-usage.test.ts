import type { IncomingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askForUsage } from '../../../src/providers/registry.js';
import type { BodyRewrite, ByteFilter, ExchangeHead } from '../../../src/shared/exchange.js';
import { chatStream, chatStreamWithUsage } from '../../fixtures/openai.js';
import { anyCharacter } from '../../helpers/any-character.js';
import { exchangeHead } from '../../helpers/meter-exchange.js';
import { anyCuts, cut } from '../../helpers/splits.js';

const OPTION = '"stream_options":{"include_usage":true}';
const json: IncomingHttpHeaders = { 'content-type': 'application/json' };
const stream: IncomingHttpHeaders = { 'content-type': 'text/event-stream; charset=utf-8' };

function rewrite(fields: Partial<ExchangeHead> = {}): BodyRewrite | undefined {
  return askForUsage(exchangeHead({ headers: json, ...fields }));
}

function edited(body: string): string | undefined {
  return rewrite()?.request(Buffer.from(body))?.toString('utf8');
}

function editedInPieces(body: string, cuts: readonly number[] | 'every byte' = []): { text: string; filters: boolean } {
  const exchange = rewrite() as BodyRewrite;
  const edit = exchange.requestStream() as ByteFilter;
  const pieces = cut(Buffer.from(body), cuts).map((piece) => Buffer.from(edit.push(piece)));
  const text = Buffer.concat([...pieces, edit.flush()]).toString('utf8');
  return { text, filters: exchange.response(200, stream) !== undefined };
}

describe('which exchanges may be rewritten', () => {
  it.each<[string, Partial<ExchangeHead>, boolean]>([
    ['a chat', {}, true],
    ['a chat with a charset', { headers: { 'content-type': 'application/json; charset=utf-8' } }, true],
    ['responses', { path: '/v1/responses' }, false],
    ['another provider', { providerName: 'anthropic', path: '/v1/chat/completions' }, false],
    ['another method', { method: 'GET' }, false],
    ['a form', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, false],
    ['a compressed body', { headers: { ...json, 'content-encoding': 'zstd' } }, false],
    ['no content type', { headers: {} }, false],
  ])('%s', (_, fields, may) => {
    expect(rewrite(fields) !== undefined).toBe(may);
  });
});

describe('a request', () => {
  it.each([
    ['{"model":"x","stream":true}', `{${OPTION},"model":"x","stream":true}`],
    ['\ufeff { "stream" : true }\n', `\ufeff {${OPTION}, "stream" : true }\n`],
    ['{"stream":true,"stream_options":null}', `{"stream":true,${OPTION}}`],
    ['{"stream":true,"stream_options":{}}', `{"stream":true,${OPTION}}`],
    ['{"stream":true,"stream_options":{"include_usage":false}}', `{"stream":true,${OPTION}}`],
    [
      '{"stream":true,"stream_options": {"include_obfuscation":false} }',
      '{"stream":true,"stream_options": {"include_obfuscation":false,"include_usage":true} }',
    ],
    ['{"stream":false,"stream":true}', `{${OPTION},"stream":false,"stream":true}`],
  ])('is asked for usage: %s', (body, expected) => {
    expect(edited(body)).toBe(expected);
    expect(JSON.parse(expected.replace('\ufeff', '')).stream_options.include_usage).toBe(true);
  });

  it.each([
    ['{"model":"x"}'],
    ['{"stream":false}'],
    ['{"stream":null}'],
    ['{"stream":"true"}'],
    ['{"stream":true,"stream":false}'],
    ['{"stream":true,"stream_options":{"include_usage":true}}'],
    ['{"stream":true,"stream_options":[]}'],
    ['{"stream":true,"stream_options":7}'],
    ['{"messages":[{"content":"\\"stream\\":true"}]}'],
    ['{"metadata":{"stream":true}}'],
    ['[{"stream":true}]'],
    ['{"stream":true'],
    ['"stream":true'],
    [''],
  ])('passes as it came: %s', (body) => {
    expect(edited(body)).toBeUndefined();
  });

  const anyBody = fc
    .record(
      {
        model: fc.constantFrom('gpt-5.4', 'x"stream":true'),
        messages: fc.array(fc.record({ role: fc.constant('user'), content: fc.string({ unit: anyCharacter }) })),
        stream: fc.constantFrom<unknown>(true, true, false, null, 'true'),
        stream_options: fc.constantFrom<unknown>(
          null,
          {},
          { include_usage: false },
          { include_usage: true },
          { include_obfuscation: true },
        ),
        tools: fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 2 }),
        n: fc.nat(4),
      },
      { requiredKeys: [] },
    )
    .chain((body) => fc.constantFrom(JSON.stringify(body), JSON.stringify(body, null, 2)));

  it('means what it meant, and its other bytes are as they were', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const before = JSON.parse(body);
        const text = edited(body);
        const asks = before.stream === true && before.stream_options?.include_usage !== true;
        expect(text !== undefined).toBe(asks);
        if (text === undefined) return;
        expect(JSON.parse(text)).toEqual({
          ...before,
          stream_options: { ...before.stream_options, include_usage: true },
        });
        if (before.stream_options === undefined) expect(text.replace(`${OPTION},`, '')).toBe(body);
      }),
      { numRuns: 500 },
    );
  });

  it('too large to hold is asked for usage as it passes, however it is cut', () => {
    fc.assert(
      fc.property(anyBody, anyCuts, (body, cuts) => {
        const before = JSON.parse(body);
        const { text, filters } = editedInPieces(body, cuts);
        const asks = before.stream === true && before.stream_options === undefined;
        expect(filters).toBe(asks);
        expect(asks ? text.replace(`,${OPTION}`, '') : text).toBe(body);
        expect(JSON.parse(text)).toEqual(asks ? { ...before, stream_options: { include_usage: true } } : before);
      }),
      { numRuns: 500 },
    );
  });

  it.each([['[1,{"stream":true}]'], ['{"stream":true'], ['{"stream":true}trailing {"stream":true}'], ['']])(
    'too large to hold, and odd, keeps its bytes: %s',
    (body) => {
      expect(editedInPieces(body, 'every byte').text.replace(`,${OPTION}`, '')).toBe(body);
    },
  );
});

describe('an answer', () => {
  function asked(): BodyRewrite {
    const exchange = rewrite() as BodyRewrite;
    exchange.request(Buffer.from('{"stream":true}'));
    return exchange;
  }

  it('is filtered where usage was asked for', () => {
    const filter = asked().response(200, stream);
    const text = Buffer.concat([filter?.push(Buffer.from(chatStreamWithUsage)) as Buffer, filter?.flush() as Buffer]);
    expect(text.toString('utf8')).toBe(chatStream);
  });

  it.each<[string, number, IncomingHttpHeaders]>([
    ['an error', 400, stream],
    ['no stream', 200, json],
    ['compressed', 200, { ...stream, 'content-encoding': 'gzip' }],
  ])('passes as it came: %s', (_, status, headers) => {
    expect(asked().response(status, headers)).toBeUndefined();
  });

  it('passes as it came where the client asked itself, or the second try of a request did not ask', () => {
    const exchange = asked();
    exchange.request(Buffer.from(`{"stream":true,${OPTION}}`));
    expect(exchange.response(200, stream)).toBeUndefined();
  });
});
