import type { Transform } from 'node:stream';
import type { StreamForm } from '../providers/provider.js';
import type { BodyFields } from '../shared/exchange.js';
import { createDecoder } from './decoder.js';
import { FindingReader } from './finding-reader.js';
import { SseReader } from './sse.js';
import type { Tally } from './tally.js';

/** Reads an HTTP answer's body into a tally, whatever its form. */
export interface AnswerReader {
  push(chunk: Buffer): void;
  /** Calls back once everything pushed has been read: at once, unless the body was compressed. */
  end(done: () => void): void;
  /** Whether an event stream has said that it is at its proper end; undefined where nobody can tell. */
  readonly sawEnd: boolean | undefined;
}

const IGNORED: AnswerReader = { push() {}, end: (done) => done(), sawEnd: undefined };
/** Decoding that lags behind by more than this is given up: the exchange goes unmetered rather than slower. */
const DECODER_BACKLOG_BYTES = 8 * 1024 * 1024;
const DATA_START_BYTES = 16;

/** `form` is that of a stream there; `onModel` is called when the model becomes known. */
export function createAnswerReader(
  form: StreamForm,
  fields: BodyFields,
  tally: Tally,
  onModel: () => void,
): AnswerReader {
  const type = fields['content-type'] ?? '';
  const streaming = isEventStream(fields);
  if (!streaming && !/\bjson\b/i.test(type)) return IGNORED;
  const plain = streaming ? streamReader(form, tally, onModel) : new DocumentReader(tally);
  const encoding = (fields['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity' || encoding === '') return plain;
  const decoder = createDecoder(encoding);
  return decoder ? decodingReader(decoder, plain) : IGNORED;
}

export function isEventStream(fields: BodyFields): boolean {
  return /^text\/event-stream\b/i.test(fields['content-type'] ?? '');
}

/** Where most answers go: a class, since closures for each are work for the collector. */
class DocumentReader implements AnswerReader {
  readonly sawEnd = undefined;
  private readonly reader = new FindingReader();

  constructor(private readonly tally: Tally) {}

  push(chunk: Buffer): void {
    this.reader.push(chunk);
  }

  end(done: () => void): void {
    this.tally.add(this.reader.end());
    done();
  }
}

/** How the usual serializers write a key and a string. Marks are only trusted in a stream that is written so. */
const USUAL_SPELLINGS = [Buffer.from('"model":"'), Buffer.from('"model": "')];

function streamReader(form: StreamForm, tally: Tally, onModel: () => void): AnswerReader {
  const document = new FindingReader();
  let dataStart = '';
  let usual = false;
  let sawEnd = false;
  const sse = new SseReader(form.marks, {
    onData(bytes) {
      if (dataStart.length < DATA_START_BYTES)
        dataStart += bytes.toString('latin1', 0, DATA_START_BYTES - dataStart.length);
      if (tally.model === undefined) usual ||= USUAL_SPELLINGS.some((spelling) => bytes.indexOf(spelling) !== -1);
      document.push(bytes);
    },
    onEvent: take,
  });

  function take(name: string): void {
    const finding = document.end();
    const isEnd = form.isEnd(finding.type || name, dataStart, finding.usage !== undefined);
    dataStart = '';
    sawEnd ||= isEnd;
    if (tally.model === undefined) {
      tally.add(finding);
      if (tally.model === undefined) return;
      if (usual) sse.skipUnmarked();
      onModel();
      // Whether an event without a mark is passed over or read depends on how the bytes were split: it must not count.
    } else if (isEnd || finding.usage !== undefined || finding.error !== undefined) tally.add(finding);
  }

  return {
    push: (chunk) => sse.push(chunk),
    end(done) {
      // A stream cut in an event, or whose last blank line is missing, still said what came until then.
      take('');
      done();
    },
    get sawEnd() {
      return sawEnd;
    },
  };
}

/**
 * Decodes a copy for the meter alone; the client gets the bytes as they came. What is decoded comes back later, outside
 * of what guards the meter's calls: nothing thrown may leave here.
 */
function decodingReader(decoder: Transform, plain: AnswerReader): AnswerReader {
  /** ended: what was decoded counts; givenUp: nobody knows what is missing. */
  let state: 'decoding' | 'ended' | 'givenUp' = 'decoding';
  let onDone: (() => void) | undefined;

  function finish(next: 'ended' | 'givenUp'): void {
    if (state !== 'decoding') return;
    state = next;
    decoder.destroy();
    const done = onDone;
    onDone = undefined;
    if (done) endPlain(done);
  }

  function endPlain(done: () => void): void {
    try {
      plain.end(() => {});
    } catch {
      state = 'givenUp';
    }
    try {
      done();
    } catch {
      // A record less.
    }
  }

  decoder.on('data', (chunk: Buffer) => {
    try {
      plain.push(chunk);
    } catch {
      finish('givenUp');
    }
  });
  decoder.on('end', () => finish('ended'));
  // A body cut in mid-stream ends here too: what was decoded so far counts.
  decoder.on('error', () => finish('ended'));
  return {
    push(chunk) {
      if (state !== 'decoding') return;
      if (decoder.writableLength > DECODER_BACKLOG_BYTES) finish('givenUp');
      // The decoder works in a thread of its own, later: the chunk may have been used again by then.
      else decoder.write(Buffer.from(chunk));
    },
    end(done) {
      if (state === 'decoding') {
        onDone = done;
        decoder.end();
      } else endPlain(done);
    },
    get sawEnd() {
      return state === 'givenUp' ? undefined : plain.sawEnd;
    },
  };
}
