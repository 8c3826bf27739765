import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRequestReader } from '../../src/meter/request-reader.js';
import type { Endpoint } from '../../src/providers/endpoints.js';
import { endpointOf } from '../../src/providers/registry.js';
import { form } from '../fixtures/exchanges.js';
import { anyCharacter } from '../helpers/any-character.js';
import { anyCuts, cut } from '../helpers/splits.js';

const json = { 'content-type': 'application/json' };

function read(
  path: string,
  body: Buffer | string,
  headers: Record<string, string> = json,
  cuts: readonly number[] | 'every byte' = [],
) {
  const reader = createRequestReader(headers, endpointOf('openai', path) as Endpoint, undefined);
  for (const piece of cut(Buffer.from(body), cuts)) {
    const lent = Buffer.from(piece);
    reader.push(lent);
    lent.fill(0x22);
  }
  const { model, inputCharacters, images } = reader;
  return { model, inputCharacters, images };
}

function tierOf(path: string, body: string, cuts: readonly number[] | 'every byte' = []): string | undefined {
  const reader = createRequestReader(json, endpointOf('openai', path) as Endpoint, undefined);
  for (const piece of cut(Buffer.from(body), cuts)) reader.push(piece);
  return reader.serviceTier;
}

describe('a JSON request', () => {
  it('tells its model wherever it stands, however large it is and however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 6000 }), fc.boolean(), anyCuts, (text, first, cuts) => {
        const prompt = { messages: [{ content: text, model: 'wrong' }], metadata: { model: 'wrong', text } };
        const body = JSON.stringify(first ? { model: 'gpt-5.4', ...prompt } : { ...prompt, model: 'gpt-5.4' });
        expect(read('/v1/chat/completions', body, json, cuts).model).toBe('gpt-5.4');
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['{"model":7}', undefined],
    ['{"model":null}', undefined],
    ['{"model":"a\\u0062c"}', 'abc'],
    [`{"model":"${'x'.repeat(500)}"}`, 'x'.repeat(200)],
    ['not json "model":"x"', undefined],
    ['', undefined],
  ])('%s', (body, model) => {
    expect(read('/v1/responses', body).model).toBe(model);
  });

  it('tells the tier that it asks for, or that it asks for none', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 6000 }), fc.boolean(), anyCuts, (text, first, cuts) => {
        const prompt = { input: [{ content: text, service_tier: 'wrong' }], metadata: { service_tier: 'wrong' } };
        const body = first ? { service_tier: 'flex', ...prompt } : { ...prompt, model: 'm', service_tier: 'flex' };
        expect(tierOf('/v1/responses', JSON.stringify(body), cuts)).toBe('flex');
        expect(tierOf('/v1/responses', JSON.stringify(prompt), cuts)).toBe('default');
      }),
      { numRuns: 200 },
    );
    expect(tierOf('/v1/chat/completions', '{"model":"m","service_tier":null}')).toBe('default');
    // What was cut may have asked for one.
    expect(tierOf('/v1/chat/completions', '{"model":"m","messages":[')).toBeUndefined();
    expect(tierOf('/v1/embeddings', '{"model":"m","service_tier":"flex"}')).toBeUndefined();
  });

  it('tells the model of the session that it begins', () => {
    const body = '{"session":{"type":"realtime","model":"gpt-realtime"},"expires_after":{}}';
    expect(read('/v1/realtime/client_secrets', body).model).toBe('gpt-realtime');
    expect(read('/v1/responses', body).model).toBeUndefined();
  });

  it('tells the characters to be spoken, as a person counts them', () => {
    expect(read('/v1/audio/speech', '{"model":"tts-1","input":"Grüße 🙂"}')).toEqual({
      model: 'tts-1',
      inputCharacters: 7,
      images: undefined,
    });
    expect(read('/v1/audio/speech', `{"input":"${'x'.repeat(70_000)}"}`).inputCharacters).toBeUndefined();
  });

  it.each([
    ['{"model":"m"}', 1],
    ['{"n":3,"model":"m"}', 3],
    ['{"n":"3"}', 1],
    ['{"n":-3}', 1],
  ])('tells how many images it asks for: %s', (body, images) => {
    expect(read('/v1/images/generations', body).images).toBe(images);
  });
});

describe('a form', () => {
  const headers = (boundary: string) => ({ 'content-type': `multipart/form-data; boundary=${boundary}` });

  it('tells its model, and takes nothing in a file for it', () => {
    const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
    fc.assert(
      fc.property(fc.nat(5000), fc.boolean(), anyCuts, (size, first, cuts) => {
        const fake = 'Content-Disposition: form-data; name="model"\r\n\r\nwrong\r\n';
        const file = ['file', 'x'.repeat(size) + fake + 'y'.repeat(size), 'name="model".wav'] as const;
        const model = ['model', 'whisper-1'] as const;
        const body = form(boundary, [['language', 'en'], ...(first ? [model, file] : [file, model]), ['n', '1']]);
        expect(read('/v1/audio/transcriptions', body, headers(boundary), cuts).model).toBe('whisper-1');
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['no model', form('b', [['file', 'x', 'a.wav']]), headers('b'), undefined],
    ['a boundary of odd characters', form("a+b'(c)_.,/:=?", [['model', 'm']]), headers('"a+b\'(c)_.,/:=?"'), 'm'],
    ['no boundary', form('b', [['model', 'm']]), { 'content-type': 'multipart/form-data' }, undefined],
    ['another boundary', form('b', [['model', 'm']]), headers('c'), undefined],
  ])('with %s', (_, body, fields, model) => {
    expect(read('/v1/images/edits', body, fields).model).toBe(model);
  });
});
