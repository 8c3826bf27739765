import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SseReader } from '../../src/meter/sse.js';
import { anyCharacter } from '../helpers/any-character.js';
import { anyCuts, cut } from '../helpers/splits.js';

/** The reader against eventsource-parser, on streams made of the pieces that trip readers up. */

interface Event {
  readonly name: string;
  readonly data: string;
}

function readWithOurs(pieces: readonly Buffer[], marks: readonly string[] = []): Event[] {
  const events: Event[] = [];
  let data: Buffer[] = [];
  const reader = new SseReader(
    marks.map((mark) => Buffer.from(mark)),
    {
      onData: (bytes) => data.push(Buffer.from(bytes)),
      onEvent(name) {
        events.push({ name, data: Buffer.concat(data).toString('utf8') });
        data = [];
      },
    },
  );
  if (marks.length > 0) reader.skipUnmarked();
  for (const piece of pieces) reader.push(piece);
  return events;
}

function readWithParser(text: string): Event[] {
  const events: Event[] = [];
  createParser({ onEvent: ({ event, data }) => events.push({ name: event ?? '', data }) }).feed(text);
  return events;
}

const anyLine = fc.oneof(
  fc.constantFrom('data: {"a":1}', 'data:x', 'data:  two spaces', 'data: Grüße 🙂', 'data', 'data:', 'data: '),
  fc.constantFrom('event: ping', 'event:message_delta', 'event', ': comment', ':', 'id: 1', 'retry: 5', 'datax: y'),
  fc.constantFrom('', '', '', ''),
  fc.string({ unit: anyCharacter, maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
);
const anyStream = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(anyLine, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 40 }))
  .map(([mark, lines]) => (mark ? '\ufeff' : '') + lines.map(([line, end]) => line + end).join(''));

describe('SseReader', () => {
  it('reads what eventsource-parser reads, however the bytes are cut', () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (text, cuts) => {
        // A lone CR at the end may be half of a CRLF: the parser waits there, and so the stream goes on.
        const stream = `${text}\n\n`;
        expect(readWithOurs(cut(Buffer.from(stream), cuts))).toEqual(readWithParser(stream));
      }),
      { numRuns: 800 },
    );
  });

  it('never passes over an event with a mark in it', () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (text, cuts) => {
        const stream = `${text}\n\n`;
        const marked = (events: Event[]) => events.filter(({ name, data }) => /ping|"a"/.test(`${name}\n${data}`));
        const read = readWithOurs(cut(Buffer.from(stream), cuts), ['ping', '"a"']);
        expect(marked(read)).toEqual(marked(readWithParser(stream)));
      }),
      { numRuns: 800 },
    );
  });
});
