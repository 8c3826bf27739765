import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUsageFilter } from '../../../src/providers/openai/usage-filter.js';
import { chatStream, chatStreamWithUsage } from '../../fixtures/openai.js';
import { anyCharacter } from '../../helpers/any-character.js';
import { anyCuts, cut } from '../../helpers/splits.js';

/** What the client sees of a stream, as the filter gives it piece by piece. */
function filtered(stream: string, cuts: readonly number[] | 'every byte' = []): string {
  const filter = createUsageFilter();
  const out = cut(Buffer.from(stream), cuts).map((piece) => {
    const lent = Buffer.from(piece);
    // What is handed on is written before the next piece comes; after that the bytes may be used again.
    const given = Buffer.from(filter.push(lent));
    lent.fill(0x3f);
    return given;
  });
  return Buffer.concat([...out, filter.flush()]).toString('utf8');
}

/** One chunk as it is on its data line, without usage and with what asking for it adds. */
interface Chunk {
  readonly plain: string;
  readonly asked: string;
}

const anyText = fc.oneof(
  fc.constantFrom(
    '"usage":null',
    ',"usage":null}',
    '"choices":[]',
    '\n\ndata: {"choices":[],"usage":{}}\n\n',
    'Grüße 🙂',
    '\\',
    '',
  ),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
);
const anyChoice = fc.record({
  index: fc.nat(3),
  delta: fc.oneof(
    fc.record({ content: anyText }),
    // Nothing inside a choice is the chunk's own.
    fc.record({ content: anyText, usage: fc.constant(null) }),
    fc.record({ tool_calls: fc.tuple(fc.record({ function: fc.record({ arguments: anyText }) })) }),
  ),
  finish_reason: fc.constantFrom(null, 'stop'),
});
const anyMembers = fc.record(
  {
    id: fc.constant('chatcmpl-1'),
    choices: fc.array(anyChoice, { minLength: 1, maxLength: 3 }),
    service_tier: fc.constant('default'),
    prompt_filter_results: fc.array(fc.record({ prompt_index: fc.nat(3) })),
    obfuscation: fc.string({ maxLength: 12 }),
  },
  { requiredKeys: ['choices'] },
);

/** An ordinary chunk; `usage: null` may stand at any place in it, written in any way. */
const anyChunk: fc.Arbitrary<Chunk> = fc
  .tuple(anyMembers, fc.nat(5), fc.constantFrom(['', ''], ['', ' '], [' ', '  ']), fc.boolean())
  .map(([members, place, [before, after], emptyChoices]) => {
    // A first chunk of a filtered chat has no choices and no usage.
    const entries = Object.entries(emptyChoices ? { ...members, choices: [] } : members);
    const texts = entries.map(([key, value]) => `${JSON.stringify(key)}${before}:${after}${JSON.stringify(value)}`);
    const asked = [...texts];
    asked.splice(Math.min(place, asked.length), 0, `"usage"${before}:${after}null`);
    const join = (parts: readonly string[]) => `{${parts.join(`,${after}`)}}`;
    return { plain: join(texts), asked: join(asked) };
  });

const anyStream = fc
  .record({
    chunks: fc.array(anyChunk, { maxLength: 8 }),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    mixedEnd: fc.constantFrom('\n', '\r\n', '\r'),
    space: fc.constantFrom('', ' '),
    extra: fc.constantFrom('', ': ping ,"usage":null}', 'id: 7', 'event: message'),
    reported: fc.boolean(),
    doneIsLast: fc.boolean(),
  })
  .map(({ chunks, lineEnd, mixedEnd, space, extra, reported, doneIsLast }) => {
    // CR and LF side by side would be one line end, not two.
    const blank = lineEnd === '\r' && mixedEnd === '\n' ? '\r' : mixedEnd;
    const event = (data: string) => `${extra === '' ? '' : extra + lineEnd}data:${space}${data}${lineEnd}${blank}`;
    const usage = event('{"id":"x","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7}}');
    const done = doneIsLast ? event('[DONE]') : '';
    return {
      plain: chunks.map(({ plain }) => event(plain)).join('') + done,
      asked: chunks.map(({ asked }) => event(asked)).join('') + (reported ? usage : '') + done,
    };
  });

describe('the stream of a client that did not ask for usage', () => {
  it('is the one it would have got, however upstream’s bytes are cut', () => {
    fc.assert(
      fc.property(anyStream, anyCuts, ({ plain, asked }, cuts) => {
        expect(filtered(asked, cuts)).toBe(plain);
      }),
      { numRuns: 1500 },
    );
  });

  it('is untouched where upstream adds nothing', () => {
    fc.assert(
      fc.property(anyStream, anyCuts, ({ plain }, cuts) => {
        expect(filtered(plain, cuts)).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });

  it('is OpenAI’s, to the byte', () => {
    expect(filtered(chatStreamWithUsage)).toBe(chatStream);
  });

  it('passes any bytes that are no chat stream', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), anyCuts, (text, cuts) => {
        expect(filtered(text, cuts)).toBe(Buffer.from(text).toString('utf8'));
      }),
    );
  });
});

describe('an event', () => {
  it.each([
    ['usage that came with choices', 'data: {"choices":[{"index":0}],"usage":{"prompt_tokens":1}}\n\n'],
    ['an error', 'data: {"error":{"message":"usage","type":"x"},"usage":{"a":1}}\n\n'],
    ['usage of no known shape', 'data: {"choices":[],"usage":"none"}\n\n'],
    ['data over several lines', 'data: {"choices":[1],\ndata: "usage":null,"x":1}\n\n'],
    ['a key with escapes', 'data: {"a":"\\"usage\\"","\\u0075sage":null,"choices":[1],"b":["usage"]}\n\n'],
    ['broken JSON', 'data: {"choices":[],"usage":{"a":1}\n\n'],
    ['blank lines', '\n\n\n\r\n\r\r'],
  ])('passes as it came: %s', (_, text) => {
    for (const cuts of [[], 'every byte'] as const) expect(filtered(text, cuts)).toBe(text);
  });

  it('is handed on at once when it is whole, and held until then', () => {
    const filter = createUsageFilter();
    const event = 'data: {"choices":[{"index":0}],"usage":null}\n\n';
    expect(filter.push(Buffer.from(event.slice(0, -1))).toString()).toBe('');
    expect(filter.push(Buffer.from(event.slice(-1))).toString()).toBe('data: {"choices":[{"index":0}]}\n\n');
    // The very buffer, where nothing is to be taken out.
    const plain = Buffer.from('data: {"choices":[{"index":0}]}\n\n');
    expect(filter.push(plain)).toBe(plain);
  });

  it('that is too large to hold passes as it comes, and the next one is filtered again', () => {
    const large = `data: {"choices":[{"delta":"${'x'.repeat(1_500_000)}"}],"usage":null}\n\n`;
    const next = 'data: {"choices":[],"usage":{"a":1}}\n\n';
    const bytes = Buffer.from(large + next + large);
    for (const size of [bytes.length, 700_000, 65_536, 65_537]) {
      const cuts = Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => (i + 1) * size);
      expect(filtered(large + next + large, cuts)).toBe(large + large);
    }
  });

  it('cut off in the middle is not made up', () => {
    expect(filtered('data: {"choices":[{"a":1}],"usage":nu')).toBe('data: {"choices":[{"a":1}],"usage":nu');
    expect(filtered('data: {"choices":[],"usage":{"a":1}}')).toBe('');
  });
});
