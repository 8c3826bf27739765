import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from '../../src/shared/json.js';
import { anyCharacter } from '../helpers/any-character.js';
import { anyCuts, cut } from '../helpers/splits.js';

const WANTED: WantedKeys = { usage: true, model: true, message: { usage: true, id: true }, list: true };

function scan(pieces: readonly Buffer[], wanted: WantedKeys = WANTED, onItem?: (path: string) => void) {
  const values: CapturedValue[] = [];
  const scanner = new JsonScanner(wanted, { onValue: (value) => values.push(value), onItem });
  for (const piece of pieces) {
    const lent = Buffer.from(piece);
    scanner.push(lent);
    lent.fill(0x22);
  }
  return { scanner, values };
}

/** What JSON.parse has at the wanted places: a looked-into key counts when it is an object or a string. */
function parsed(document: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key of ['usage', 'model', 'list']) if (Object.hasOwn(document, key)) out[key] = document[key];
  const { message } = document;
  if (typeof message === 'string') out.message = message;
  if (typeof message === 'object' && message !== null && !Array.isArray(message)) {
    for (const key of ['usage', 'id']) {
      if (Object.hasOwn(message, key)) out[`message.${key}`] = (message as Record<string, unknown>)[key];
    }
  }
  return out;
}

const anyKey = fc.oneof(
  fc.constantFrom('usage', 'model', 'message', 'list', 'id', 'other', '"usage"', 'a\\', '{"usage":1}'),
  fc.string({ unit: anyCharacter, maxLength: 6 }),
);
const anyDocument = fc.dictionary(
  anyKey,
  fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.dictionary(anyKey, fc.jsonValue({ maxDepth: 2 }))),
  { maxKeys: 8 },
);

describe('JsonScanner', () => {
  it('finds what JSON.parse has at the wanted places, however the bytes are cut', () => {
    fc.assert(
      fc.property(anyDocument, fc.constantFrom(0, 2), anyCuts, (document, indent, cuts) => {
        const bytes = Buffer.from(`\ufeff ${JSON.stringify(document, null, indent)}\n`);
        const { scanner, values } = scan(cut(bytes, cuts));
        expect(scanner.finished).toBe(true);
        const found = Object.fromEntries(values.map(({ path, text }) => [path, parseCaptured(text)]));
        expect(found).toEqual(parsed(JSON.parse(JSON.stringify(document))));
        for (const { text, start, end } of values) expect(bytes.toString('utf8', start, end).trim()).toBe(text);
        expect(bytes[scanner.openedAt]).toBe(0x7b);
        expect(bytes.toString('utf8', scanner.closedAt)).toBe('}\n');
      }),
      { numRuns: 300 },
    );
  });

  it('looks into each object of a wanted list, however the bytes are cut', () => {
    const wanted: WantedKeys = { output: [{ type: true, action: { type: true } }], last: true };
    const anyItem = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.record({ type: fc.string({ maxLength: 3 }), action: fc.jsonValue({ maxDepth: 2 }) }, { requiredKeys: [] }),
    );
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 6 }), fc.constantFrom(0, 2), anyCuts, (output, indent, cuts) => {
        let items = 0;
        const bytes = Buffer.from(JSON.stringify({ first: [output], output, last: 1 }, null, indent));
        const { scanner, values } = scan(cut(bytes, cuts), wanted, () => {
          items += 1;
        });
        expect(scanner.finished).toBe(true);
        const expected = JSON.parse(JSON.stringify(output)).flatMap((item: unknown) => {
          if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
          const { type, action } = item as Record<string, unknown>;
          if (typeof action === 'string') return [[type, action]];
          const inner = typeof action === 'object' && action !== null && !Array.isArray(action) ? action : {};
          return [[type, (inner as Record<string, unknown>).type]];
        });
        expect(items).toBe(expected.length);
        const texts = values.filter(({ path }) => path !== 'last').map(({ text }) => parseCaptured(text));
        expect(texts).toEqual(expected.flat().filter((value: unknown) => value !== undefined));
        expect(values.at(-1)?.path).toBe('last');
      }),
      { numRuns: 500 },
    );
  });

  it('takes a list that was meant to be something else for what it is', () => {
    const { values } = scan([Buffer.from('{"output":"text","message":[{"id":1}],"usage":2}')], {
      output: [{ type: true }],
      message: { id: true },
      usage: true,
    });
    expect(values.map(({ path, text }) => [path, text])).toEqual([['usage', '2']]);
  });

  it('takes any bytes at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          anyGarbage.map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(() => scan([Buffer.from(bytes)])).not.toThrow();
          expect(() => scan([Buffer.from(bytes)], { usage: [{ model: true }], model: true })).not.toThrow();
        },
      ),
      { numRuns: 800 },
    );
  });

  it('knows a key with escaped letters', () => {
    const { values } = scan([Buffer.from('{"\\u0075sage":1,"m\\u006fdel":"x","\\u006D\\u0065ssage":{"\\u0069d":2}}')]);
    expect(values.map(({ path, text }) => [path, text])).toEqual([
      ['usage', '1'],
      ['model', '"x"'],
      ['message.id', '2'],
    ]);
  });

  it('gives a key that stands twice twice, in order', () => {
    const { values } = scan([Buffer.from('{"usage":1,"x":{"usage":9},"usage":{"a":[{"usage":2}]}}')]);
    expect(values.map(({ text }) => text)).toEqual(['1', '{"a":[{"usage":2}]}']);
  });

  it('gives what a cut document held up to there, and nothing that was cut itself', () => {
    const text = '{"model":"x","usage":{"a":1},"list":[1,2';
    for (let length = 0; length <= text.length; length += 1) {
      const { scanner, values } = scan([Buffer.from(text.slice(0, length))]);
      expect(scanner.finished).toBe(false);
      for (const { text: captured } of values) expect(parseCaptured(captured)).toBeDefined();
      expect(values).toHaveLength(length >= 28 ? 2 : length >= 12 ? 1 : 0);
    }
  });

  it('passes over a list at the top', () => {
    expect(scan([Buffer.from('[{"usage":1}]')]).values).toEqual([]);
  });

  it('does not keep a value that is too long', () => {
    const { values } = scan([Buffer.from(`{"usage":"${'x'.repeat(70_000)}","model":1}`)]);
    expect(values.map(({ path, text }) => [path, text])).toEqual([
      ['usage', undefined],
      ['model', '1'],
    ]);
  });
});

const anyGarbage = fc
  .array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '"usage"', '1', ' ', 'null', '"model":{', '\u0000'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
